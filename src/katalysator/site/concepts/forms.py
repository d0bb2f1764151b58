"""What is typed of a concept: its labels, one a line, and the names of broader ones."""

from collections.abc import Sequence
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from katalysator.core.forms import LinesField
from katalysator.core.language import active_language
from katalysator.engine.concepts import MOST_LABELS, Concept, Thesaurus
from katalysator.readings.verbs import ConceptContent


class ConceptForm(forms.Form):
    """A concept; what is wrong with its labels, the verb says."""

    use_required_attribute = False

    nl = LinesField(
        label=_("Called in Dutch"),
        required=False,
        help_text=_("One name a line, the usual one first. Other forms of a word are found too."),
    )
    en = LinesField(
        label=_("Called in English"),
        required=False,
        help_text=_("One name a line. Write at most %(most)d in each language.")
        % {"most": MOST_LABELS},
    )
    broader = LinesField(
        label=_("Broader concepts"),
        required=False,
        help_text=_("Names of wider concepts, one a line: who asks for those finds this too."),
    )

    def __init__(self, *args: Any, thesaurus: Thesaurus, **named: Any) -> None:
        super().__init__(*args, **named)
        self.thesaurus = thesaurus

    @classmethod
    def of(cls, concept: Concept, thesaurus: Thesaurus) -> Self:
        """The form filled with a concept."""
        names = [
            thesaurus[key].label(active_language()) if key in thesaurus.row else key
            for key in concept.broader
        ]
        labels = {name: list(concept.labels.get(name, ())) for name in ("nl", "en")}
        return cls(thesaurus=thesaurus, initial={**labels, "broader": names})

    def clean_broader(self) -> list[str]:
        """The keys of what is named."""
        return [self._key(name) for name in self.cleaned_data["broader"]]

    def content(self) -> ConceptContent:
        """What was typed, for the verbs."""
        return ConceptContent(**self.cleaned_data)

    def _key(self, name: str) -> str:
        if name in self.thesaurus.row:
            return name
        known = self._named(name.casefold())
        if len(known) == 1:
            return known[0]
        if known:
            raise ValidationError(
                _("“%(name)s” is a name of more than one concept. Write one of: %(keys)s."),
                params={"name": name, "keys": ", ".join(known)},
            )
        raise ValidationError(
            _("There is no concept called “%(name)s”. Look it up in the list, or add it first."),
            params={"name": name},
        )

    def _named(self, name: str) -> Sequence[str]:
        """The keys of the concepts that are shown by this name; of those with it among others, if none is."""
        labels = [(each.key, list(each.labels.values())) for each in self.thesaurus.concepts]
        first = [key for key, some in labels if any(name == each[0].casefold() for each in some)]
        return first or [
            key
            for key, some in labels
            if any(name == label.casefold() for each in some for label in each)
        ]
