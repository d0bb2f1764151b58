"""Entries as they are read: for whom they are, and that no reader takes anything from the next."""

import pytest

from katalysator.listings.models import Kind, Listing
from katalysator.matches.candidates import candidates
from katalysator.matches.reading import read_entries
from tests import builders
from tests.matches.steps import NEED, OFFER
from tests.matches.test_candidates import listing

pytestmark = pytest.mark.django_db


def test_what_was_not_read_or_stands_elsewhere_has_none() -> None:
    read, unread = listing(**NEED), builders.listing(builders.organisation())
    assert read_entries(read.market, [read.pk, unread.pk]).keys() == {read.pk}
    assert read_entries("pilot", [read.pk]) == {}


def test_what_a_stranger_is_not_told_stays_for_others() -> None:
    """How wanted an offer is: it is left out for one reader, and not taken from the next."""
    need, offer = listing(**NEED), listing(Kind.OFFER, **OFFER)
    Listing.objects.filter(pk=offer.pk).update(price=0.4, pressure=0.9)
    stranger, all_of_it = builders.person(), None
    busy = [
        candidates(need, seen_by=each).items[0].explanation.busy  # type: ignore[union-attr]
        for each in (all_of_it, stranger, all_of_it)
    ]
    assert busy == ["crowded", "quiet", "crowded"]
