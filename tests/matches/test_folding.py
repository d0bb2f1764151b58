"""The matches of a listing as its page lays them out: what fits in front, the weak ones folded."""

from dataclasses import replace

import pytest

from katalysator.engine.matching import Strength
from katalysator.listings.models import Kind, Listing
from katalysator.matches.candidates import candidates
from katalysator.matches.cards import NEAREST, MatchCard, folded, match_cards
from katalysator.matches.entries import enter
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def card() -> MatchCard:
    """A real card, to give any strength."""
    need = builders.listing(builders.organisation())
    builders.listing(builders.organisation(), Kind.OFFER)
    enter(list(Listing.objects.all()))
    found = candidates(need, seen_by=None)
    assert found is not None
    (made,) = match_cards(need, found, inside=True)
    return made


def cards(card: MatchCard, strengths: str) -> list[MatchCard]:
    """Cards in this order: s for strong, g for good, w for weak."""
    steps = {step.value[0]: step.value for step in Strength}
    return [
        replace(card, rank=rank, strength=steps[letter]) for rank, letter in enumerate(strengths, 1)
    ]


def ranks(part: object) -> list[int]:
    return [each.rank for each in part]  # type: ignore[attr-defined]


def test_weak_matches_are_folded_behind_those_that_fit(card: MatchCard) -> None:
    laid = folded(cards(card, "ssgww"))
    assert (ranks(laid.fitting), ranks(laid.nearest), ranks(laid.folded)) == ([1, 2, 3], [], [4, 5])
    assert (laid.strong, laid.good) == (2, 1)


def test_where_nothing_fits_the_nearest_stand_in_the_open(card: MatchCard) -> None:
    laid = folded(cards(card, "wwwww"))
    assert ranks(laid.fitting) == []
    assert ranks(laid.nearest) == [1, 2, 3] == list(range(1, NEAREST + 1))
    assert ranks(laid.folded) == [4, 5]
    assert (laid.strong, laid.good) == (0, 0)


@pytest.mark.parametrize("strengths", ["", "s", "g", "w", "sg", "gw"])
def test_every_match_is_somewhere_once(card: MatchCard, strengths: str) -> None:
    given = cards(card, strengths)
    laid = folded(given)
    assert [*laid.fitting, *laid.nearest, *laid.folded] == given
