"""One's own needs and offers in rounds that ask for an order, and whom each could meet: without an order, and without a score."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from katalysator.coalition.models import Person
from katalysator.engine.matching import Strength
from katalysator.listings.models import Listing
from katalysator.matches import wording
from katalysator.matches.candidates import candidates
from katalysator.matches.cards import MarketNames
from katalysator.rounds.models import MatchingRound, RoundCandidate, RoundOrder


@dataclass(frozen=True, slots=True)
class OwnSide:
    """A need or an offer of one's own in a round that asks for an order: whom it could meet, and what was said of it."""

    round: MatchingRound
    listing: Listing
    others: Sequence[Listing]
    said: RoundOrder | None


@dataclass(frozen=True, slots=True)
class ShownCandidate:
    """Somebody to be put in order, with the reasons why it fits; of a person no name is told."""

    listing: Listing
    owner: str
    fits: str
    missing: str


def own_sides(person: Person, found: MatchingRound | None = None) -> list[OwnSide]:
    """All of them, or those in one round; those that close first come first. Cost: three queries."""
    rows = RoundCandidate.objects.visible_to(person).select_related(
        "round",
        "need__organisation",
        "need__membership",
        "offer__organisation",
        "offer__membership",
    )
    if found is not None:
        rows = rows.filter(round=found)
    sides: dict[tuple[int, int], tuple[MatchingRound, Listing, list[Listing]]] = {}
    for each in rows.order_by("round__ordered_until", "round", "pk"):
        for mine, other in ((each.need, each.offer), (each.offer, each.need)):
            if mine.is_of(person):
                sides.setdefault((each.round_id, mine.pk), (each.round, mine, []))[2].append(other)
    said = RoundOrder.objects.visible_to(person).filter(round__state="ordering")
    orders = {(each.round_id, each.listing_id): each for each in said} if sides else {}
    return [
        OwnSide(round_, mine, _shuffled(round_, mine, others), orders.get(key))
        for key, (round_, mine, others) in sides.items()
    ]


def shown(side: OwnSide, person: Person) -> list[ShownCandidate]:
    """Whom a side could meet, and why. Cost: what `candidates` costs."""
    numbers = {each.pk for each in side.others}
    found = candidates(side.listing, seen_by=person, also=numbers)
    facts = {each.listing.pk: each.explanation for each in found.items} if found else {}
    names, half = MarketNames.of(side.listing), side.listing.half
    return [
        ShownCandidate(
            each,
            "" if each.owner.is_person else each.owner.name,
            wording.fits(replace(facts[each.pk], strength=Strength.WEAK), names, reader=half)
            if each.pk in facts
            else "",
            wording.missing(facts[each.pk], reader=half) if each.pk in facts else "",
        )
        for each in side.others
    ]


def _shuffled(found: MatchingRound, mine: Listing, others: Iterable[Listing]) -> list[Listing]:
    """In an order that tells nothing, and is the same on each visit."""
    return sorted(
        others,
        key=lambda each: hashlib.sha256(f"{found.pk} {mine.pk} {each.pk}".encode()).digest(),
    )
