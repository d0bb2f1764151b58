"""Which pairs a broker is asked to grade: where a grade teaches most, and how each was chosen.

Needs are drawn by lot. Of each come the best few by several ways of ranking, so that no way is judged by
its own choice only; beside them pairs near a threshold, and pairs by lot.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest
from types import MappingProxyType
from typing import Final

import numpy as np

from katalysator.coalition.models import Person
from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching import GOOD, POSSIBLE, STRONG, Part
from katalysator.grades.models import Grade
from katalysator.listings.models import Kind, Listing
from katalysator.listings.queries import ListingQuerySet
from katalysator.matches.candidates import SCORED, candidates
from katalysator.matches.constraints import hard
from katalysator.matches.models import Match
from katalysator.matches.pairs import ListingPair, scored_pairs

SHEET = 20
_OTHERS = 2  # of a sheet, at least: pools are of whole needs, and none is cut in two
_DEPTHS: Final[Mapping[Grade.Chosen, int]] = MappingProxyType(
    {
        Grade.Chosen.SCORE: 5,
        Grade.Chosen.QUICK: 5,
        Grade.Chosen.CONCEPTS: 2,
        Grade.Chosen.WORDS: 2,
    }
)
"""How many of the best of each ranking; who is in several counts as chosen by the first."""
_BY_LOT = 40  # offers of a need that are ranked beside those that lie nearest
_NEAR = 0.05  # a threshold
_TRIES = 12  # needs that are looked at for one sheet


@dataclass(frozen=True, slots=True)
class Chosen:
    """A pair to grade, and how it was chosen."""

    need: int
    offer: int
    chosen: str

    @property
    def pair(self) -> ListingPair:
        """The numbers of both."""
        return self.need, self.offer


def choose(person: Person, *, market: str = "", seed: int, size: int = SHEET) -> list[Chosen]:
    """Pairs that this person has not graded as they read now; fewer than `size` where there are no more.

    Cost: some ten queries and two hundred scores for each of a few needs.
    """
    return _Sheet(person, market, np.random.default_rng(seed), size).filled()


@dataclass(slots=True)
class _Sheet:
    """A sheet while it is filled."""

    person: Person
    market: str
    lot: np.random.Generator
    size: int
    known: set[ListingPair] = field(init=False)

    def __post_init__(self) -> None:
        self.known = Grade.objects.by(self.person).of_texts_now().pairs()

    def filled(self) -> list[Chosen]:
        """Pools of whole needs, then what is uncertain, then what falls by lot."""
        needs = self._needs()
        groups = list(self._pools(needs))
        pooled = sum(map(len, groups))
        uncertain = self._take(self._fresh(self._uncertain((self.size - pooled + 1) // 2)))
        left = self.size - pooled - len(uncertain)
        groups += [[each] for each in (*uncertain, *self._random(needs, left))]
        order = self.lot.permutation(len(groups)).tolist()
        return [each for place in order for each in groups[place]][: self.size]

    def _needs(self) -> list[Listing]:
        """Open needs that were read, a few of them by lot."""
        numbers = list(self._open(Kind.NEED).order_by("pk").values_list("pk", flat=True))
        drawn = self.lot.permutation(numbers)[:_TRIES].tolist() if numbers else []
        found = Listing.objects.with_owner().in_bulk(drawn)
        return [found[number] for number in drawn]

    def _open(self, kind: Kind) -> ListingQuerySet:
        listings: ListingQuerySet = Listing.objects.visible_to(self.person).open()
        asked = {"market": self.market} if self.market else {}
        return listings.of_kind(kind).filter(marketentry__isnull=False, **asked)

    def _pools(self, needs: Sequence[Listing]) -> Iterator[list[Chosen]]:
        left = self.size - _OTHERS
        for need in needs:
            pool = self._fresh(self._pool(need)) if left > 0 else []
            if 0 < len(pool) <= left:
                left -= len(pool)
                self._take(pool)
                yield [pool[place] for place in self.lot.permutation(len(pool)).tolist()]

    def _fresh(self, found: Sequence[Chosen]) -> list[Chosen]:
        """Those that were not graded or taken before, each by the first way that chose it."""
        first = {each.pair: each for each in reversed(found)}
        return [each for pair, each in reversed(first.items()) if pair not in self.known]

    def _take(self, found: Sequence[Chosen]) -> Sequence[Chosen]:
        self.known.update(each.pair for each in found)
        return found

    def _pool(self, need: Listing) -> list[Chosen]:
        """The best of a need by each way of ranking."""
        found = candidates(need, seen_by=self.person, limit=SCORED, also=self._drawn(need))
        offers = [item.listing.pk for item in found.items] if found else []
        if not offers:
            return []
        return [
            Chosen(need.pk, offers[row], chosen)
            for chosen, worth in _rankings([(need.pk, offer) for offer in offers]).items()
            for row in np.argsort(-worth, kind="stable")[: _DEPTHS[chosen]].tolist()
            if worth[row] > 0.0
        ]

    def _allowed(self, need: Listing) -> list[int]:
        """The offers that keep to the hard constraints."""
        offers = Listing.objects.visible_to(self.person).open().of_kind(Kind.OFFER)
        meant = offers.filter(*hard(need).values(), market=need.market, marketentry__isnull=False)
        return list(meant.order_by("pk").values_list("pk", flat=True))

    def _drawn(self, need: Listing) -> Collection[int]:
        return self.lot.permutation(self._allowed(need))[:_BY_LOT].tolist()  # type: ignore[no-any-return]

    def _uncertain(self, count: int) -> list[Chosen]:
        """Kept matches near the thresholds, as many near each."""
        found = []
        for place, least in enumerate((POSSIBLE, GOOD, STRONG)):
            near = self._near(least)
            some = (count + 2 - place) // 3
            found += [near[row] for row in self.lot.permutation(len(near))[:some].tolist()]
        return found

    def _near(self, score: float) -> list[Chosen]:
        matches = Match.objects.visible_to(self.person).filter(
            score__range=(score - _NEAR, score + _NEAR),
            need__in=self._open(Kind.NEED).values("pk"),
            offer__in=self._open(Kind.OFFER).values("pk"),
        )
        pairs = matches.order_by("pk").values_list("need_id", "offer_id")
        return [
            Chosen(*pair, Grade.Chosen.UNCERTAIN)
            for pair in pairs.iterator()
            if pair not in self.known
        ]

    def _random(self, needs: Sequence[Listing], count: int) -> list[Chosen]:
        """Any offers that the constraints allow, of needs in turn."""
        drawn = [[(need.pk, offer) for offer in self._drawn(need)] for need in needs]
        turns = chain.from_iterable(zip_longest(*drawn)) if count > 0 else ()
        fresh = (pair for pair in turns if pair and pair not in self.known)
        return [
            Chosen(need, offer, Grade.Chosen.RANDOM) for need, offer in islice(fresh, max(0, count))
        ]


def _rankings(pairs: Sequence[ListingPair]) -> dict[Grade.Chosen, FloatArray]:
    """What each way of ranking orders the pairs by, (E,); 0 or less where it sees nothing."""
    evidence = scored_pairs(pairs)
    parts = evidence.plain.parts
    return {
        Grade.Chosen.SCORE: evidence.scores.total,
        Grade.Chosen.QUICK: evidence.quick,
        Grade.Chosen.CONCEPTS: parts[Part.CONCEPTS],
        Grade.Chosen.WORDS: parts[Part.WORDS],
    }
