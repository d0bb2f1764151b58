"""The pairs from which a round chooses, as the engine takes them, and why others are none."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

import numpy as np

from katalysator.coalition.models import Person
from katalysator.core.regions import covers, related
from katalysator.engine.arrays import BoolArray, FloatArray, IntArray
from katalysator.engine.matching import NOBODYS, Cap, Quotas, RoundMarket, stopped_by
from katalysator.groups.models import GroupMembership
from katalysator.introductions.not_now import NotNow
from katalysator.listings.models import Listing
from katalysator.listings.queries import ListingQuerySet
from katalysator.matches.models import Match
from katalysator.rounds.models import MatchingRound, RoundRuling, RoundShortfall

_Reason = RoundShortfall.Reason
_CAPS: Final = (_Reason.OWN, _Reason.THEIRS, _Reason.TAKEN, _Reason.KEPT, _Reason.TAKEN)
"""What it means for a need that a cap is full, in the order of `RoundCandidates._caps`."""
_SWAPPED: Final = {_Reason.OWN: _Reason.THEIRS, _Reason.THEIRS: _Reason.OWN}
"""The same for an offer."""
_STEPS: Final = (_Reason.NOTHING, _Reason.NOT_NOW, _Reason.LEAST, _Reason.HAND)
"""Why nothing is left of the pairs of a row, in the order in which they fall away."""


@dataclass(frozen=True, slots=True, eq=False)
class RoundSide:
    """The needs or the offers of a round: L listings, each with its organisation, numbered from 0.

    Parameters
    ----------
    numbers, organisation : int64 arrays, shape (L,)
        The listing, and its organisation counted from 0.
    capacity : int64 array, shape (L,)
        How many each takes.
    kinds : sequence of str
        The kind of organisation of each.
    owners : sequence
        Whose each is.
    regions : sequence
        Codes of where each is.

    """

    numbers: IntArray
    organisation: IntArray
    capacity: IntArray
    kinds: Sequence[str]
    owners: Sequence[tuple[int, int | None]]
    regions: Sequence[Sequence[str]]

    @classmethod
    def of(cls, listings: ListingQuerySet) -> Self:
        """Read these listings. Cost: one query."""
        columns = ("pk", "organisation", "capacity", "organisation__kind", "person", "regions")
        rows = list(listings.order_by("pk").values_list(*columns))
        organisations = np.array([row[1] for row in rows], np.int64)
        return cls(
            numbers=np.array([row[0] for row in rows], np.int64),
            organisation=np.unique(organisations, return_inverse=True)[1].astype(np.int64),
            capacity=np.array([row[2] for row in rows], np.int64),
            kinds=[row[3] for row in rows],
            owners=[(row[1], row[4]) for row in rows],
            regions=[row[5] for row in rows],
        )

    def rows(self, numbers: IntArray) -> IntArray:
        """The row of each listing, by its number; -1 for one that is not in the round."""
        if not self.numbers.size:
            return np.full(numbers.size, NOBODYS)
        place = np.minimum(np.searchsorted(self.numbers, numbers), self.numbers.size - 1)
        return np.where(self.numbers[place] == numbers, place, NOBODYS)


@dataclass(frozen=True, slots=True, eq=False)
class RoundCandidates:
    """All matches of the needs of a round, E pairs, ordered by need and offer.

    `need` and `offer` are rows of the sides; `not_now` tells pairs that are not to be proposed now; `fixed` and
    `ruled_out` those that were ruled by hand.
    """

    needs: RoundSide
    offers: RoundSide
    need: IntArray
    offer: IntArray
    score: FloatArray
    not_now: BoolArray
    fixed: BoolArray
    ruled_out: BoolArray

    @classmethod
    def of(cls, found: MatchingRound, person: Person) -> Self:
        """Read them as this person may see them. Cost: some eight queries, and a line of Python a pair."""
        needs, offers = map(RoundSide.of, _listings(found, person))
        columns = ("need", "offer", "score")
        rows = Match.objects.filter(market=found.market).values_list(*columns)
        table = np.array(list(rows.order_by("need", "offer")), np.float64).reshape(-1, len(columns))
        need = needs.rows(table[:, 0].astype(np.int64))
        offer = offers.rows(table[:, 1].astype(np.int64))
        there = (need != NOBODYS) & (offer != NOBODYS)
        need, offer, score = need[there], offer[there], table[there, 2]
        fixed, ruled_out = _ruled(found, needs, offers, need, offer)
        not_now = _not_now(needs, offers, need, offer)
        return cls(needs, offers, need, offer, score, not_now, fixed & ~not_now, ruled_out)

    def stamp(self, found: MatchingRound) -> str:
        """Names all that the result follows from: the pairs, and the settings."""
        digest = hashlib.sha256(repr(settings_of(found)).encode())
        arrays = (self.score, self.not_now, self.fixed, self.ruled_out, self.offers.capacity)
        digest.update(repr(self.offers.regions).encode())
        for array in (self.needs.numbers[self.need], self.offers.numbers[self.offer], *arrays):
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()[:32]

    def unruled(self) -> Self:
        """The same as if nothing had been ruled by hand."""
        nothing = np.zeros_like(self.fixed)
        return replace(self, fixed=nothing, ruled_out=nothing)

    def unfixed(self) -> Self:
        """The same without pairs that are taken whatever comes: by own order nobody is given away."""
        return replace(self, fixed=np.zeros_like(self.fixed))

    def places(self, found: MatchingRound) -> IntArray:
        """How many introductions each offer gets at most, (L,)."""
        per_offer = np.full(self.offers.numbers.size, found.per_offer, np.int64)
        return np.minimum(per_offer, self.offers.capacity) if found.within_capacity else per_offer

    def quotas(self, least_in: Mapping[str, int]) -> Quotas | None:
        """The least number of each region, and in which of them each offer lies: the first that it names; None without any."""
        if not least_in:
            return None
        names = list(least_in)
        inside = [
            next(
                (names.index(name) for code in codes for name in names if covers(name, code)),
                NOBODYS,
            )
            for codes in self.offers.regions
        ]
        return Quotas(np.array(inside, np.int64), np.array([*least_in.values()], np.int64))

    def market(self, found: MatchingRound) -> RoundMarket:
        """As the engine takes them, within the settings of a round. Of fixed pairs the first that its limits allow."""
        score = np.where(self.not_now | (self.score < found.least / 100), 0.0, self.score)
        score = np.where(self.fixed, self.score, score)
        forbidden = (self.ruled_out | self.not_now) & ~self.fixed
        market = RoundMarket(score, self._caps(found), np.zeros_like(self.fixed), forbidden)
        return replace(market, fixed=_as_many_as_fit(market, self.fixed))

    def why_not(
        self, market: RoundMarket, taken: BoolArray, side: str
    ) -> Iterator[tuple[int, str, int]]:
        """The needs ("need") or offers ("offer") without a pair: the row, why, and the best pair or -1. O(E log E)."""
        mine = self.need if side == "need" else self.offer
        numbers = self.needs.numbers if side == "need" else self.offers.numbers
        stopped = stopped_by(market, taken)
        left = (  # what is left of the pairs, step by step
            self.score,
            np.where(self.not_now, 0.0, self.score),
            market.score,
            np.where(market.forbidden, 0.0, market.score),
        )
        best = np.stack([_best_pairs(mine, score, numbers.size) for score in left])
        without = np.bincount(mine[taken], minlength=numbers.size) == 0
        for row in np.flatnonzero(without).tolist():
            yield (row, *_why(side, best[:, row].tolist(), stopped))

    def _caps(self, found: MatchingRound) -> list[Cap]:
        """What limits the pairs; the names of what it means that one is full: `_CAPS`."""
        per_offer = self.places(found)
        organisations = found.per_organisation or max(len(self.score), 1)
        own, theirs = self.needs.organisation[self.need], self.offers.organisation[self.offer]
        kinds = np.array([each == found.kept_for for each in self.needs.kinds], np.bool_)
        guests = np.where(kinds[self.need], NOBODYS, self.offer)
        return [
            Cap.same(own, organisations),
            Cap.same(theirs, organisations),
            Cap(self.offer, per_offer),
            Cap(guests, np.maximum(per_offer - found.kept, 0)),
            Cap.same(self.need, found.per_need),
        ]


def settings_of(found: MatchingRound) -> dict[str, Any]:
    """What a round chooses by, by the names of its columns."""
    return {name: getattr(found, name) for name in SETTINGS}


SETTINGS: Final = (
    "market", "area", "region", "method", "least", "per_need", "per_offer", "within_capacity",
    "per_organisation", "kept_for", "kept", "least_in",
)  # fmt: skip


def _listings(found: MatchingRound, person: Person) -> tuple[ListingQuerySet, ListingQuerySet]:
    """The needs of a round, and the offers that may serve them, as this person may see them."""
    seen = Listing.objects.visible_to(person).open().filter(market=found.market)
    seen = seen.filter(organisation__is_participant=True)
    if found.group_id is not None:
        members = GroupMembership.objects.members().filter(group=found.group_id)
        seen = seen.filter(organisation__in=members.values("organisation"))
    needs, offers = seen.of_kind("need"), seen.of_kind("offer")
    if found.area:
        needs = needs.in_area(found.area)
    if found.region:
        needs = needs.filter(regions__overlap=sorted(related(found.region)))
    return needs, offers


def _ruled(
    found: MatchingRound, needs: RoundSide, offers: RoundSide, need: IntArray, offer: IntArray
) -> tuple[BoolArray, BoolArray]:
    """Which pairs are fixed, and which ruled out."""
    said = {True: set[tuple[int, int]](), False: set[tuple[int, int]]()}
    for one, other, is_fixed in RoundRuling.objects.filter(round=found).values_list(
        "need", "offer", "is_fixed"
    ):
        said[is_fixed].add((one, other))
    numbers = list(zip(needs.numbers[need].tolist(), offers.numbers[offer].tolist(), strict=True))
    fixed, out = (
        np.array([pair in said[each] for pair in numbers], np.bool_) for each in (True, False)
    )
    return fixed, out


def _not_now(needs: RoundSide, offers: RoundSide, need: IntArray, offer: IntArray) -> BoolArray:
    """Which pairs are not to be proposed now."""
    known = NotNow.read()
    asked = list(zip(needs.owners, needs.numbers.tolist(), strict=True))
    given = list(zip(offers.owners, offers.numbers.tolist(), strict=True))
    return np.array(
        [
            known.refuses(asked[one], given[other])
            for one, other in zip(need.tolist(), offer.tolist(), strict=True)
        ],
        np.bool_,
    )


def _as_many_as_fit(market: RoundMarket, fixed: BoolArray) -> BoolArray:
    """Of the pairs that are fixed the first ones that the caps allow together."""
    kept = np.zeros_like(fixed)
    for pair in np.flatnonzero(fixed):
        kept[pair] = True
        if any((cap.load(kept) > cap.limit).any() for cap in market.caps):
            kept[pair] = False
    return kept


def _best_pairs(mine: IntArray, score: FloatArray, size: int) -> IntArray:
    """The pair with the highest score above 0 of each row, or -1; (size,)."""
    best = np.full(size, NOBODYS)
    order = np.argsort(score, kind="stable")
    order = order[score[order] > 0.0]
    best[mine[order]] = order
    return best


def _why(side: str, best: Sequence[int], stopped: IntArray) -> tuple[str, int]:
    """Why a row has no pair, by its best pair at each step, and the pair that it is about."""
    for step, reason in enumerate(_STEPS):
        if best[step] == NOBODYS:
            # not which: who avoids whom is nobody's business
            told = NOBODYS if reason in (_Reason.NOTHING, _Reason.NOT_NOW) else best[step - 1]
            return reason, told
    reason = _CAPS[int(stopped[best[-1]])]
    return (reason if side == "need" else _SWAPPED.get(reason, reason)), best[-1]
