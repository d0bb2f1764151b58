"""Who may stand beside a listing: counted by what keeps the others out, and the nearest laid out to be scored.

Where both halves of the market are at hand nothing is asked in the tables; else the hard constraints
narrow a query, and an exact scan orders by meaning and concepts. Both ways give the same: a test holds them together.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Case, CharField, Q, QuerySet, Value, When

from katalysator.coalition.models import Person
from katalysator.core.changes import States
from katalysator.engine.arrays import Rows
from katalysator.engine.matching import Profile, Side, in_sight_of
from katalysator.engine.text import Lexicon
from katalysator.listings.models import Kind, Listing, half_of
from katalysator.matches.constraints import hard
from katalysator.matches.entries import profile, profile_to_score, side
from katalysator.matches.first_sight import about_the_same, usually_nearer
from katalysator.matches.halves import ReadHalf, constraints_at_hand, read_half
from katalysator.matches.judging import TextPair
from katalysator.matches.models import MarketEntry
from katalysator.matches.reading import (
    AnyEntry,
    ScoredEntry,
    read_standing,
    read_to_score,
    shown_in_full,
)
from katalysator.readings.texts import lexicon

Asker = Person | AnonymousUser
_MANY: Final = 1_000_000  # more than a half of a market holds
_JUDGED: Final = """
WITH judged (pk, broken, is_allowed) AS MATERIALIZED (
    SELECT pk, broken, broken = '' FROM ({judged} OFFSET 0) AS each (pk, broken)
)
SELECT broken, count(*),
    CASE WHEN broken = '' THEN ARRAY(
        SELECT entry.listing_id FROM matches_marketentry entry
        WHERE entry.market = %s AND entry.kind = %s
            AND entry.listing_id = ANY(ARRAY(SELECT pk FROM judged WHERE is_allowed))
        ORDER BY {nearer}, entry.listing_id LIMIT %s
    ) END,
    CASE WHEN broken = '' THEN ARRAY(SELECT pk FROM judged WHERE is_allowed AND pk = ANY(%s)) END
FROM judged GROUP BY broken
"""


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """The nearest E of those `allowed` beside `mine`, and how many each constraint keeps out.

    `need` and `offer` are rows (E,) of both `sides`, the needs and the offers. `version` and `versions` (E,)
    name the listings with all that was read in them and is shown of them.
    """

    mine: MarketEntry
    others: Sequence[AnyEntry]
    version: Hashable
    versions: Sequence[Hashable]
    sides: tuple[Side, Side]
    need: Rows
    offer: Rows
    known: Lexicon
    allowed: int
    hidden: Mapping[str, int]

    def in_full(self, rows: Sequence[int]) -> dict[int, tuple[Listing, Profile]]:
        """The other listings of some pairs by row, with all that is shown of them, and as the engine explains them.

        One that went meanwhile is left out. Cost: a query where they came with no more than scores need.
        """
        others = {row: self.others[row] for row in rows}
        whole = {row: each for row, each in others.items() if isinstance(each, MarketEntry)}
        if len(whole) == len(others):
            side, place = (
                (self.sides[1], self.offer)
                if self.mine.listing.is_need
                else (self.sides[0], self.need)
            )
            return {row: (each.listing, side.profiles[place[row]]) for row, each in whole.items()}
        found = shown_in_full([each.pk for each in others.values()])
        return {
            row: (found[each.pk], profile(found[each.pk]))
            for row, each in others.items()
            if each.pk in found
        }

    @property
    def needs(self) -> Sequence[AnyEntry]:
        """The need of each pair, (E,)."""
        return [self.mine] * len(self.others) if self.mine.listing.is_need else self.others

    @property
    def offers(self) -> Sequence[AnyEntry]:
        """The offer of each pair, (E,)."""
        return self.others if self.mine.listing.is_need else [self.mine] * len(self.others)

    @property
    def texts(self) -> list[TextPair]:
        """What each pair says, by name."""
        return [
            (need.reading.digest, offer.reading.digest)
            for need, offer in zip(self.needs, self.offers, strict=True)
        ]


def nearest(
    listing: Listing,
    now: States,
    *,
    seen_by: Asker | None,
    most: int,
    also: Collection[int] = (),
) -> Nearest | None:
    """The nearest at first sight of what `seen_by` may see, and of `also` what is allowed; None for what was not read.

    For no person, whose work writes as it goes, it is asked in the tables. Cost: that of the halves where
    these are at hand; else three queries.
    """
    if seen_by is not None:
        mine = read_half(listing.market, listing.kind, now)
        others = read_half(listing.market, Kind(listing.kind).other, now) if mine else None
        if mine and others and listing.pk in mine.row and mine.known is others.known:
            return _at_hand(mine, others, listing, seen_by, most, also)
    return _in_tables(listing, now, seen_by, most, also)


def _at_hand(
    mine: ReadHalf,
    others: ReadHalf,
    listing: Listing,
    seen_by: Asker,
    most: int,
    also: Collection[int],
) -> Nearest:
    row = mine.row[listing.pk]
    entry = mine.entries[row]
    theirs = np.flatnonzero(others.of.seen_by(seen_by))
    needs, offers = (mine, others) if listing.is_need else (others, mine)
    rules = constraints_at_hand(listing.market, needs, offers)
    holds, hidden = rules.kept_apart(*_turned(listing, np.full_like(theirs, row), theirs))
    allowed = theirs[holds]
    sides = needs.side(entry.encoder), offers.side(entry.encoder)
    chosen = allowed
    if len(allowed) > most:
        came = [others.row[number] for number in also if number in others.row]
        first = _first(mine, row, others, allowed, entry)[: in_sight_of(len(allowed), most)]
        chosen = np.union1d(first, np.intersect1d(allowed, np.array(came, np.intp)))
    need, offer = _turned(listing, np.full_like(chosen, row), chosen)
    found = [others.entries[place] for place in chosen.tolist()]
    version, versions = mine.versions[listing.pk], [others.versions[each.pk] for each in found]
    return Nearest(
        entry, found, version, versions, sides, need, offer, mine.known, len(allowed), hidden
    )


def _turned(listing: Listing, mine: Rows, theirs: Rows) -> tuple[Rows, Rows]:
    """The rows of the needs, and those of the offers."""
    return (mine, theirs) if listing.is_need else (theirs, mine)


def _first(mine: ReadHalf, row: int, others: ReadHalf, allowed: Rows, entry: MarketEntry) -> Rows:
    """The rows that are allowed, the nearest first; see `first_sight`, which says it to the database."""
    here, there = mine.side(entry.encoder), others.side(entry.encoder)
    mean, spread = (each[allowed, 0] for each in (there.standing.mean, there.standing.spread))
    # Row by row: in a product of matrices what says the same differs in its last bits.
    near = np.vecdot(there.reading.meaning[allowed], here.reading.meaning[row])
    apart = mean / spread - near * (1.0 / here.standing.spread[row, 0] + 1.0 / spread)
    apart -= about_the_same(entry, others.about, mine.known)[allowed]
    return np.asarray(allowed[np.argsort(apart, kind="stable")])


def _in_tables(
    listing: Listing, now: States, seen_by: Asker | None, most: int, also: Collection[int]
) -> Nearest | None:
    kind, market = Kind(listing.kind), listing.market
    state = now.of(half_of(market, kind), half_of(market, kind.other))
    mine = read_standing(listing)
    if mine is None:
        return None
    open_to_them = Listing.objects.open().filter(kind=kind.other, market=market)
    if seen_by is not None:
        open_to_them = open_to_them.visible_to(seen_by)
    constraints, known = hard(listing), lexicon()
    at_most = in_sight_of(_MANY, most)
    judged = _judged(mine, open_to_them, constraints, known, at_most, also)
    allowed, near, came = judged.pop("", (0, [], []))
    first = near[: in_sight_of(allowed, most)]
    others = read_to_score(market, {*first, *came})
    hidden = {name: judged[name][0] for name in constraints if name in judged}
    return _laid_out(mine, others, known, state, allowed, hidden)


def _laid_out(
    mine: MarketEntry,
    others: Sequence[ScoredEntry],
    known: Lexicon,
    state: str,
    allowed: int,
    hidden: Mapping[str, int],
) -> Nearest:
    # One side for all: to lay out a single row takes nearly as long as a hundred.
    profiles = [profile(mine.listing), *(profile_to_score(each.listing) for each in others)]
    both = side([mine, *others], known, mine.encoder, profiles)
    rows = np.arange(1, len(others) + 1)
    need, offer = _turned(mine.listing, np.zeros_like(rows), rows)
    versions = [state] * len(others)
    return Nearest(mine, others, state, versions, (both, both), need, offer, known, allowed, hidden)


def _judged(
    mine: MarketEntry,
    listings: QuerySet[Listing],
    constraints: Mapping[str, Q],
    known: Lexicon,
    most: int,
    also: Collection[int],
) -> dict[str, tuple[int, list[int], list[int]]]:
    """Counts by the first constraint that is broken; for none, which has the empty name, with the nearest and those of `also`.

    What is nearest walks one index; no row is read of it. Cost: one query.
    """
    broken = Case(
        *(
            When(~condition, then=Value(name))
            for name, condition in constraints.items()
            if condition
        ),
        default=Value(""),
        output_field=CharField(),
    )
    judged, values = listings.order_by().values_list("pk", broken).query.sql_with_params()
    nearer, told = usually_nearer(mine, known)
    half = mine.market, Kind(mine.kind).other
    with connection.cursor() as cursor:
        cursor.execute(
            _JUDGED.format(judged=judged, nearer=nearer),
            [*values, *half, *told, most, list(also)],
        )
        return {name: (count, *some) for name, count, *some in cursor.fetchall()}
