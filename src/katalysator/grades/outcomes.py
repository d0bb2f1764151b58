"""What an introduction says of the pair that met: a yes, a no with a reason that teaches, a result."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from katalysator.coalition.models import Person
from katalysator.grades.models import LARGEST, USEFUL, Grade
from katalysator.introductions.models import Introduction, Party
from katalysator.introductions.reasons import WhyNot
from katalysator.listings.models import Listing

_NO, _HARDLY = 0, 1
_TEACHES: Final[Mapping[str, tuple[int, Grade.Reason]]] = {
    WhyNot.SUBJECT: (_NO, Grade.Reason.SUBJECT),
    WhyNot.DIRECTION: (_NO, Grade.Reason.DIRECTION),
    WhyNot.PLACE: (_HARDLY, Grade.Reason.PLACE),
    WhyNot.SIZE: (_HARDLY, Grade.Reason.SIZE),
}
"""Reasons that say that the pair was no match; the others say something of the moment, or of who met."""


class PairOutcome(NamedTuple):
    """What somebody of one side said of the pair by what they did."""

    need: Listing
    offer: Listing
    person: Person
    value: int
    reason: str


def outcomes_of(introduction: Introduction) -> Iterator[PairOutcome]:
    """What its parties said of the need and the offer that they met about; nothing where these are no pair.

    Who met outside of the coalition says nothing of what we proposed. Cost: one query.
    """
    if introduction.met_outside:
        return
    parties = list(introduction.parties.with_all_shown().filter(listing__isnull=False))
    halves = {each.listing.kind: each.listing for each in parties if each.listing}
    need, offer = halves.get("need"), halves.get("offer")
    if need is None or offer is None or need.market != offer.market or len(parties) != len(halves):
        return
    for each in parties:
        said = _said(each, introduction)
        if said is not None and each.contact is not None:
            yield PairOutcome(need, offer, each.contact, *said)


def _said(party: Party, introduction: Introduction) -> tuple[int, str] | None:
    if party.is_in:
        return (LARGEST if introduction.state == "result" else USEFUL), ""
    return _TEACHES.get(party.reason) if party.is_gone else None
