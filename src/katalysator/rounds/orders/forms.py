"""The forms of a round by own order: until when both sides are asked, and what one side says."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from katalysator.core.forms import DayInput
from katalysator.rounds.models import RoundOrder
from katalysator.rounds.orders.sides import ShownCandidate
from katalysator.rounds.orders.verbs import SaidOrder


class OrdersUntilForm(forms.Form):
    """Until when both sides can say their order."""

    use_required_attribute = False

    until = forms.DateField(
        label=_("Last day"),
        widget=DayInput(),
        help_text=_("Both sides get a letter now, and can say and change their order until then."),
    )


class OrderForm(forms.Form):
    """Whom one side would meet first, second and so on, and whom it would not."""

    use_required_attribute = False

    rest_by_score = forms.BooleanField(
        label=_("Let the software put those without a place after them"),
        required=False,
        help_text=_(
            "If you do not choose this, you are brought together with nobody to whom you gave no place."
        ),
    )

    def __init__(
        self,
        *args: Any,
        shown: Sequence[ShownCandidate],
        said: RoundOrder | None = None,
        **named: Any,
    ) -> None:
        super().__init__(*args, **named)
        self.shown = shown
        order = list(said.order) if said else []
        refused = set(said.refused) if said else set()
        self.initial.setdefault("rest_by_score", bool(said and said.rest_by_score))
        for each in shown:
            number = each.listing.pk
            self.fields[_place(number)] = forms.IntegerField(
                label=_("Place in your order"),
                required=False,
                min_value=1,
                max_value=len(shown),
                initial=order.index(number) + 1 if number in order else None,
            )
            self.fields[_never(number)] = forms.BooleanField(
                label=_("Not this one"), required=False, initial=number in refused
            )

    def rows(self) -> Iterator[tuple[ShownCandidate, forms.BoundField, forms.BoundField]]:
        """Each candidate with its two fields."""
        for each in self.shown:
            yield each, self[_place(each.listing.pk)], self[_never(each.listing.pk)]

    def clean(self) -> dict[str, Any]:
        """Each place once, and none for whom one does not want to meet."""
        said = super().clean() or self.cleaned_data
        taken: dict[int, str] = {}
        for each in self.shown:
            name = _place(each.listing.pk)
            place = said.get(name)
            if place is None:
                continue
            if place in taken:
                fault = gettext("Two have place %(place)s. Give each a place of its own.")
                self.add_error(name, fault % {"place": place})
            if said.get(_never(each.listing.pk)):
                self.add_error(name, gettext("Either a place, or not this one."))
            taken[place] = name
        return said

    def said(self) -> SaidOrder:
        """What was said, as the verb takes it."""
        places = {
            each.listing.pk: self.cleaned_data.get(_place(each.listing.pk)) for each in self.shown
        }
        placed = [number for number, place in places.items() if place is not None]
        return SaidOrder(
            order=sorted(placed, key=lambda number: places[number] or 0),
            refused=[
                each.listing.pk
                for each in self.shown
                if self.cleaned_data.get(_never(each.listing.pk))
            ],
            rest_by_score=self.cleaned_data["rest_by_score"],
        )


def _place(number: int) -> str:
    return f"place_{number}"


def _never(number: int) -> str:
    return f"never_{number}"
