"""Which gaps are asked for: declared once, for the page, its download and the API."""

from typing import Any, Final, cast

from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Hub
from katalysator.core.filters import ChoiceFilter
from katalysator.engine.matching import GOOD, POSSIBLE
from katalysator.listings.filters import ListingFilter
from katalysator.listings.models import Kind
from katalysator.listings.queries import ListingQuerySet
from katalysator.matches.place import Place

NEEDS, OFFERS, CELLS = "needs", "offers", "cells"
WHAT: Final = (
    (NEEDS, _("Needs without a good offer")),
    (OFFERS, _("Offers that nobody needs")),
    (CELLS, _("Cells in which something is missing")),
)


class GapFilter(ListingFilter):
    """Narrow down what lacks; of cells the market says nothing."""

    what = ChoiceFilter(
        label=_("What is missing"),
        choices=list(WHAT),
        empty_label=None,
        default=NEEDS,
        narrows=False,
        method="_lacking",
        description="Needs if empty.",
    )
    q = kind = subject = show = state = sort = None  # type: ignore[assignment]

    @property
    def asked(self) -> str:
        """Which of the three is looked at."""
        self.form.is_valid()
        return self.form.cleaned_data.get("what") or NEEDS

    @property
    def place(self) -> Place:
        """The region and the hub that are looked at."""
        self.form.is_valid()
        slug = self.form.cleaned_data.get("hub")
        hub = Hub.objects.filter(slug=slug).first() if slug else None
        return Place(self.form.cleaned_data.get("region") or "", hub)

    def said(self, name: str) -> str:
        """What was chosen of one question; nothing for all."""
        self.form.is_valid()
        return self.form.cleaned_data.get(name) or ""

    def _lacking(self, found: ListingQuerySet, _name: str, what: str) -> ListingQuerySet:
        return lacking(found, what, inside=self.inside)


class NeedGapFilter(GapFilter):
    """The same, of needs alone."""

    what = None  # type: ignore[assignment]

    def filter_queryset(self, queryset: Any) -> Any:
        """The needs without a good offer among what is asked."""
        found = cast("ListingQuerySet", super().filter_queryset(queryset))
        return lacking(found, NEEDS, inside=self.inside)


def lacking(found: ListingQuerySet, what: str, *, inside: bool) -> ListingQuerySet:
    """The open needs without a good offer, or the open offers that nobody needs."""
    best = "best_inside" if inside else "best"
    kind, below = (Kind.OFFER, POSSIBLE) if what == OFFERS else (Kind.NEED, GOOD)
    return found.open().of_kind(kind).filter(**{f"{best}__lt": below})
