"""Form: what the coalition is, as the bureau changes it."""

from collections.abc import Iterator
from typing import Any

from django import forms

from katalysator.coalition.founding.facts import CoalitionFacts, KnownCoalition
from katalysator.coalition.founding.models import Coalition
from katalysator.coalition.founding.questions import QUESTIONS, FoundingQuestion, answers_of, read
from katalysator.core.forms import PlainText, add_fault
from katalysator.core.language import lazy
from katalysator.faults import Refused

_LONGEST = 10_000


class CoalitionForm(forms.Form):
    """The questions of `questions.py`."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, known: KnownCoalition, **named: Any) -> None:
        super().__init__(*args, **named)
        self.known = known
        for question in QUESTIONS:
            self.fields[question.name] = _field(question)
        self.initial = {**self.initial, **answers_of(known)}

    @property
    def asked(self) -> Iterator[forms.BoundField]:
        """The questions in their order."""
        return (self[question.name] for question in QUESTIONS)

    def facts(self) -> CoalitionFacts | None:
        """What was said; None where something is wrong, which is said at its question."""
        try:
            return read(self.cleaned_data, self.known)
        except Refused as refusal:
            for each in refusal.problems:
                add_fault(self, each)
            return None


def _field(question: FoundingQuestion) -> forms.CharField:
    words = {
        "label": lazy(question.label),
        "help_text": lazy(question.help),
        "required": question.required,
    }
    if question.name == "accessibility":
        return forms.ChoiceField(**words, choices=Coalition.Accessibility.choices)  # type: ignore[arg-type,return-value]
    if question.in_lines:
        rows = forms.Textarea(attrs={"rows": 6})
        return PlainText(**words, max_length=_LONGEST, widget=rows)  # type: ignore[arg-type]
    return PlainText(**words, max_length=200, widget=forms.TextInput)  # type: ignore[arg-type]
