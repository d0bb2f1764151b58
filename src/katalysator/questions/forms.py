"""Forms: ask, say more, answer, and say no."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.blocks import Block
from katalysator.coalition.filters import area_choices
from katalysator.core.filters import Choices
from katalysator.core.forms import PlainLine, PlainText
from katalysator.faults import InvalidInput
from katalysator.questions.handling.receivers import receiver_of
from katalysator.questions.models import Question
from katalysator.questions.verbs import QuestionContent

_TITLE, _TEXT, _REPLY, _REASON = 160, 4_000, 8_000, 1_000


def _areas() -> Choices:
    return [("", _("None in particular")), *area_choices()]


class QuestionForm(forms.Form):
    """What somebody asks; who has no account gives an address too."""

    use_required_attribute = False  # our own sentences say what is missing

    title = PlainLine(
        label=_("Your question"),
        max_length=_TITLE,
        help_text=_("In one sentence, as you would ask somebody you meet."),
    )
    text = PlainText(
        label=_("More about it"),
        required=False,
        max_length=_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What is it for, and what do you know already? Leave out names of people."),
    )
    area = forms.ChoiceField(label=_("Area"), required=False, choices=_areas)
    block = forms.ChoiceField(
        label=_("Building block"),
        required=False,
        choices=[("", _("None in particular")), *Block.choices],
    )
    in_public = forms.BooleanField(
        label=_("Everybody may read the question and its answer"),
        required=False,
        initial=True,
        help_text=_("Others learn from it. Who asked is never shown."),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We send a link to it, and then the answer. Nobody sees it, and we forget it."),
    )
    looked = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, with_address: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        if not with_address:
            del self.fields["email"]

    def content(self) -> QuestionContent:
        """What was asked, for the verb."""
        given = self.cleaned_data
        names = ("title", "text", "area", "block", "in_public")
        return QuestionContent(**{name: given[name] for name in names})

    @property
    def has_looked(self) -> bool:
        """Whether what is there already was shown before."""
        return bool(self.cleaned_data.get("looked"))


class MoreForm(forms.Form):
    """What who asked still wants to know."""

    use_required_attribute = False

    text = PlainText(
        label=_("What do you still want to know?"),
        max_length=_REPLY,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(forms.Form):
    """An answer; in public only where who asked agreed to that. `seen` is the newest reply that was there."""

    use_required_attribute = False

    text = PlainText(
        label=_("Your answer"),
        max_length=_REPLY,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("You may use Markdown: lists, links, headings."),
    )
    in_public = forms.BooleanField(
        label=_("Everybody may read question and answer"),
        required=False,
        initial=True,
        help_text=_("Is there a name of a person in it? Then leave this out."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, may_be_public: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        if not may_be_public:
            del self.fields["in_public"]


class WhyNotForm(forms.Form):
    """Why not."""

    use_required_attribute = False

    reason = PlainText(
        label=_("Why not?"), max_length=_REASON, widget=forms.Textarea(attrs={"rows": 2})
    )


class RouteForm(forms.Form):
    """Who gets a question: one that was proposed, by `receiver`, or any by its `name`. `seen` is who had it."""

    use_required_attribute = False

    receiver = PlainLine(
        required=False,
        max_length=40,
        validators=[RegexValidator(r"^(organisation|group)-[0-9]{1,18}$")],
        widget=forms.HiddenInput,
    )
    name = PlainLine(
        label=_("Somebody else"),
        required=False,
        max_length=160,
        help_text=_("The name of a participant or a working group, or a part of it."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, question: Question, **named: Any) -> None:
        super().__init__(*args, **named)
        self.question = question
        self.initial["seen"] = question.routing_id or 0

    def clean(self) -> dict[str, Any]:
        """Who it is."""
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        try:
            data["who"] = receiver_of(self.question, data.get("receiver", ""), data.get("name", ""))
        except InvalidInput as error:
            self.add_error("name", error.sentence)
        return data


def typed(form: forms.Form, **otherwise: str) -> dict[str, Any]:
    """What was typed, with some of it otherwise."""
    return {**{name: form.data.get(name) for name in form.data}, **otherwise}
