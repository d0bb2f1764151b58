"""Pages of a long list of listings."""

from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator

from katalysator.exchange.models import Listing
from katalysator.exchange.queries import ListingQuerySet

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
