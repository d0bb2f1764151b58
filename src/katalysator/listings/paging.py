"""Pages of a long list of listings, as cards."""

from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator

from katalysator.listings.cards import Card, cards
from katalysator.listings.models import Listing
from katalysator.listings.queries import ListingQuerySet

PAGE = 25

if TYPE_CHECKING:
    _Paginator = Paginator[Listing]
else:
    _Paginator = Paginator


class ListingPaginator(_Paginator):
    """Counts in the index, and reads the rows of one page only, however deep it is."""

    object_list: ListingQuerySet

    def page(self, number: int | str) -> "Page[Listing]":
        """One page, with the names of the organisations."""
        valid = self.validate_number(number)
        first = (valid - 1) * self.per_page
        return Page(self.object_list.between(first, first + self.per_page), valid, self)


def card_page(listings: ListingQuerySet, number: str | None, *, inside: bool) -> "Page[Card]":
    """One page of cards; a number that is none, or out of reach, gives the nearest page."""
    page = ListingPaginator(listings, PAGE).get_page(number)
    return Page(cards(page.object_list, inside=inside), page.number, page.paginator)  # type: ignore[arg-type]
