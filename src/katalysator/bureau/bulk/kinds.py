"""Of which records many can be chosen at once: where their list is, and which of them it finds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import ngettext

from katalysator.admission.models import Application
from katalysator.bureau.bulk.deed import BulkDeed
from katalysator.bureau.bulk.deeds import BULK_DEEDS
from katalysator.bureau.filters import WorkbenchFilter
from katalysator.coalition.models import Organisation, PersonRequest
from katalysator.core.language import translate
from katalysator.faults import gettext_noop as _
from katalysator.listings.filters import ListingFilter
from katalysator.listings.models import Listing


@dataclass(frozen=True, slots=True)
class BulkKind:
    """One kind of records.

    Parameters
    ----------
    about
        Its name in deeds and lines.
    msgid
        What they are called, in English.
    back
        The page with their list.
    seen
        Those that somebody may see, in the order of the list.
    found
        Those that the list finds, as it is asked for in the address.
    said
        So many of them, in words.

    """

    about: str
    msgid: str
    back: str
    seen: Callable[[PersonRequest], QuerySet[Any]]
    found: Callable[[PersonRequest], QuerySet[Any]]
    said: Callable[[int], str]

    @property
    def label(self) -> str:
        """What they are called, in the active language."""
        return translate(self.msgid)

    @property
    def deeds(self) -> Sequence[BulkDeed]:
        """What can be done with many of them."""
        return [each for each in BULK_DEEDS if each.about == self.about]


def organisations_found(request: PersonRequest) -> WorkbenchFilter:
    """The list of organisations as it is asked for in the address."""
    seen = Organisation.objects.visible_to(request.user)
    return WorkbenchFilter(request.GET, seen, request=request)


def listings_found(request: PersonRequest) -> ListingFilter:
    """The list of needs and offers as it is asked for in the address."""
    seen = Listing.objects.visible_to(request.user)
    return ListingFilter(request.GET, seen, request=request)


def _organisations_seen(request: PersonRequest) -> QuerySet[Any]:
    return Organisation.objects.visible_to(request.user).order_by("sort_name", "pk")


def _applications_seen(request: PersonRequest) -> QuerySet[Any]:
    return Application.objects.visible_to(request.user).in_state("")


def _applications_found(request: PersonRequest) -> QuerySet[Any]:
    asked = request.GET.get("state", "")
    return Application.objects.visible_to(request.user).in_state(asked)


def _listings_seen(request: PersonRequest) -> QuerySet[Any]:
    return Listing.objects.visible_to(request.user).order_by("title", "pk")


def _organisations_said(n: int) -> str:
    return ngettext("%(n)s organisation", "%(n)s organisations", n) % {"n": n}


def _applications_said(n: int) -> str:
    return ngettext("%(n)s application", "%(n)s applications", n) % {"n": n}


def _listings_said(n: int) -> str:
    return ngettext("%(n)s need or offer", "%(n)s needs and offers", n) % {"n": n}


KINDS: Final[Mapping[str, BulkKind]] = MappingProxyType({
    "participants": BulkKind(
        "organisation", _("Organisations"), "workbench", _organisations_seen,
        lambda request: organisations_found(request).qs, _organisations_said,
    ),
    "applications": BulkKind(
        "application", _("Applications"), "application-list", _applications_seen,
        _applications_found, _applications_said,
    ),
    "listings": BulkKind(
        "listing", _("Needs and offers"), "bureau-listings", _listings_seen,
        lambda request: listings_found(request).qs, _listings_said,
    ),
})  # fmt: skip
"""All kinds, by their names in addresses."""


def address_of(kind: BulkKind) -> str:
    """The name of a kind in addresses."""
    return next(name for name, each in KINDS.items() if each is kind)


def kind_of(about: str) -> BulkKind:
    """The kind that a deed is about."""
    return next(each for each in KINDS.values() if each.about == about)
