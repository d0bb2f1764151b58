"""What came of a round, as it is kept and as it is told."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Self

import numpy as np

from katalysator.engine.arrays import BoolArray
from katalysator.engine.matching import RoundOutcome
from katalysator.rounds.matching.candidates import RoundCandidates

_OUTCOME: Final = tuple(each.name for each in fields(RoundOutcome))


@dataclass(frozen=True, slots=True)
class ServedKind:
    """How the needs of one kind of organisation fare: how many there are, and how many get something."""

    kind: str
    needs: int
    served: int

    @property
    def share(self) -> float:
        """Part that gets something, from 0 to 1."""
        return self.served / self.needs if self.needs else 0.0


@dataclass(frozen=True, slots=True)
class RegionFigures:
    """A region with a least number: how many needs it gets, and how many it lacks in any choice that gives regions most."""

    region: str
    least: int
    needs: int
    short: int


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """All figures of a round.

    Parameters
    ----------
    stamp
        Names what they follow from.
    needs, offers, pairs
        How many there were to choose from.
    organisations
        How many organisations get an introduction.
    kinds
        How each kind of organisation fares.
    loads
        How many offers get so many introductions, by number.
    outcomes
        What each way of choosing gives, by its name.
    checked
        By own order: in how many pairs it was sought whether both would rather have each other; None otherwise.
    received
        How many needs got what they put from one place to another, where that tells nobody's order.
    regions
        The regions with a least number.
    kept
        How many needs fill a region and would rather be elsewhere; None where it is fewer than ten.

    """

    stamp: str
    needs: int
    offers: int
    pairs: int
    organisations: int
    kinds: Sequence[ServedKind]
    loads: Mapping[int, int]
    outcomes: Mapping[str, RoundOutcome]
    checked: int | None = None
    received: Sequence[tuple[int, int, int]] = ()
    regions: Sequence[RegionFigures] = ()
    kept: int | None = None

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self | None:
        """As they were kept; None where there are none yet."""
        if not kept:
            return None
        return cls(
            **{name: kept[name] for name in ("stamp", "needs", "offers", "pairs", "organisations")},
            kinds=[ServedKind(**each) for each in kept["kinds"]],
            checked=kept.get("checked"),
            received=[(first, last, count) for first, last, count in kept.get("received", ())],
            regions=[RegionFigures(**each) for each in kept.get("regions", ())],
            kept=kept.get("kept"),
            loads={int(load): count for load, count in kept["loads"].items()},
            outcomes={
                name: RoundOutcome(**{field: each.get(field) for field in _OUTCOME})
                for name, each in kept["outcomes"].items()
            },
        )


def kept_figures(stamp: str, candidates: RoundCandidates) -> dict[str, Any]:
    """What is kept of a round before anything was chosen."""
    return {
        "stamp": stamp,
        "needs": candidates.needs.numbers.size,
        "offers": candidates.offers.numbers.size,
        "pairs": candidates.score.size,
        "organisations": 0,
        "kinds": [],
        "loads": {},
        "outcomes": {},
    }


def kept_outcome(outcome: RoundOutcome) -> dict[str, Any]:
    """What is kept of one way of choosing."""
    return asdict(outcome)


def who_is_served(candidates: RoundCandidates, taken: BoolArray) -> dict[str, Any]:
    """What is kept of who gets something: organisations, kinds of them, and how busy offers get."""
    need, offer = candidates.need[taken], candidates.offer[taken]
    needs, offers = candidates.needs, candidates.offers
    served = set(np.unique(need).tolist())
    all_of, of = Counter(needs.kinds), Counter(needs.kinds[row] for row in served)
    loads = Counter(np.bincount(offer, minlength=offers.numbers.size).tolist())
    owners = {needs.owners[row][0] for row in need.tolist()}
    owners |= {offers.owners[row][0] for row in offer.tolist()}
    return {
        "organisations": len(owners),
        "kinds": [
            asdict(ServedKind(kind, count, of[kind])) for kind, count in sorted(all_of.items())
        ],
        "loads": {str(load): loads[load] for load in sorted(loads)},
    }
