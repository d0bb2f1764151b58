"""Forms: what an organisation promises, and what it brought."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.commitments.models import COUNTED, MEANT, Commitment
from katalysator.commitments.verbs import Promise
from katalysator.core.forms import DayInput, PlainLine

_NOTE = "_note"


class PromisesForm(forms.Form):
    """A question for each kind of commitment; how much, where it is counted."""

    use_required_attribute = False  # our own sentences say what is missing

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for kind in MEANT:
            self.fields[kind.value] = forms.BooleanField(label=kind.label, required=False)
        for kind in COUNTED:
            self.fields[kind.value] = forms.IntegerField(
                label=_("How much?"),
                required=False,
                min_value=1,
                max_value=2_000_000_000,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
            self.fields[kind.value + _NOTE] = PlainLine(
                label=_("About it"),
                required=False,
                max_length=Commitment._meta.get_field("note").max_length,
            )

    @property
    def meant(self) -> list[forms.BoundField]:
        """The questions to which yes is enough."""
        return [self[kind.value] for kind in MEANT]

    @property
    def counted(self) -> list[tuple[Any, forms.BoundField, forms.BoundField]]:
        """What can be counted: what it is, the question for the number, and room for a few words."""
        return [(kind.label, self[kind.value], self[kind.value + _NOTE]) for kind in COUNTED]

    @property
    def counts_something(self) -> bool:
        """Whether a number is given, or something is wrong there, so that it must be seen."""
        asked = [each for _label, *both in self.counted for each in both]
        return any(each.value() or each.errors for each in asked)

    def promises(self) -> dict[str, Promise]:
        """What was promised, by kind."""
        given = self.cleaned_data
        said = {kind.value: Promise() for kind in MEANT if given.get(kind.value)}
        for kind in COUNTED:
            if given.get(kind.value):
                said[kind.value] = Promise(given[kind.value], given.get(kind.value + _NOTE, ""))
        return said


def initial_of(promises: dict[str, Promise]) -> dict[str, Any]:
    """What the form shows of promises that were made."""
    shown: dict[str, Any] = {}
    for kind, said in promises.items():
        shown[kind] = True if said.amount is None else said.amount
        shown[kind + _NOTE] = said.note
    return shown


class ContributionForm(forms.Form):
    """What was brought of a commitment; how much is asked only where it is counted."""

    use_required_attribute = False

    what = PlainLine(label=_("What was it?"), max_length=300)
    amount = forms.IntegerField(label=_("How much?"), min_value=1, max_value=2_000_000_000)
    on = forms.DateField(label=_("When?"), widget=DayInput())

    def __init__(self, *args: Any, commitment: Commitment, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["on"].initial = timezone.localdate()
        if commitment.kind not in COUNTED:
            del self.fields["amount"]
