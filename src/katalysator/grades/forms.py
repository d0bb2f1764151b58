"""What is typed about pairs."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.core.forms import PlainLine
from katalysator.grades.models import Grade
from katalysator.listings.market import markets

MARKS: Sequence[tuple[int, object]] = (
    (0, _("0: no")),
    (1, _("1: hardly")),
    (2, _("2: yes")),
    (3, _("3: surely")),
)
"""The grades, in the words of the grading page."""


class ReasonForm(forms.Form):
    """Why a match is not useful; all of it may be left out."""

    reason = forms.ChoiceField(
        label=_("Why not?"),
        choices=[("", _("No reason given")), *Grade.Reason.choices],
        required=False,
    )
    remark = PlainLine(label=_("In your words, for the bureau"), max_length=200, required=False)


class MarkForm(forms.Form):
    """The grade of one pair."""

    value = forms.TypedChoiceField(
        label=_("Would you introduce these two?"),
        choices=MARKS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a grade, or skip this pair.")},
    )


class SheetForm(forms.Form):
    """What to grade: pairs of all markets, or of one."""

    market = forms.ChoiceField(label=_("Market"), required=False)

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        choices = [(each.slug, str(each.label)) for each in markets()]
        self.fields["market"].choices = [("", _("All markets")), *choices]  # type: ignore[attr-defined]
