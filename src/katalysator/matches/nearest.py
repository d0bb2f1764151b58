"""Who may stand beside a listing: counted by what keeps the others out, and the nearest laid out to be scored.

Where both halves of the market are at hand nothing is asked in the tables; else the hard constraints
narrow a query, and an exact scan orders by meaning and concepts. Both ways give the same: a test holds them together.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    Func,
    Q,
    QuerySet,
    Value,
    When,
)

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
    these are at hand; else five queries.
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
    constraints = hard(listing)
    hidden = _counted(open_to_them, constraints, most)
    allowed, first = hidden.pop("", (0, []))
    if allowed > len(first):
        wanted = in_sight_of(allowed, most)
        first = _scanned(mine, open_to_them.filter(*constraints.values()), wanted, also)
    others = read_to_score(market, first)
    counts = {name: count for name, (count, _) in hidden.items()}
    return _laid_out(mine, others, state, allowed, counts)


def _laid_out(
    mine: MarketEntry,
    others: Sequence[ScoredEntry],
    state: str,
    allowed: int,
    hidden: Mapping[str, int],
) -> Nearest:
    known, listing = lexicon(), mine.listing
    here = side([mine], known, mine.encoder, [profile(listing)])
    there = side(others, known, mine.encoder, [profile_to_score(each.listing) for each in others])
    sides = (here, there) if listing.is_need else (there, here)
    rows = np.arange(len(others), dtype=np.intp)
    need, offer = _turned(listing, np.zeros_like(rows), rows)
    return Nearest(
        mine, others, state, [state] * len(others), sides, need, offer, known, allowed, hidden
    )


def _counted(
    listings: QuerySet[Listing], constraints: Mapping[str, Q], most: int
) -> dict[str, tuple[int, list[int]]]:
    """Counts by the first constraint that is broken, with the numbers of some; the empty name for none."""
    broken = Case(
        *(
            When(~condition, then=Value(name))
            for name, condition in constraints.items()
            if condition
        ),
        default=Value(""),
        output_field=CharField(),
    )
    rows = listings.order_by().values(broken=broken)
    rows = rows.annotate(count=Count("pk"), first=_Some(ArrayAgg("pk"), most=most))
    found = {row["broken"]: (row["count"], row["first"]) for row in rows}
    return {name: found[name] for name in ("", *constraints) if name in found}


class _Some(Func):
    """No more than the first of an array."""

    template = "(%(expressions)s)[:%(most)s]"
    output_field = ArrayField(BigIntegerField())


def _scanned(
    mine: MarketEntry, allowed: QuerySet[Listing], most: int, also: Collection[int]
) -> list[int]:
    """The few whose rows are worth reading, of many: the scan of all meanings touches nothing else."""
    scanned = MarketEntry.objects.filter(
        kind=Kind(mine.kind).other, market=mine.market, listing__in=allowed.order_by().values("pk")
    ).values_list("pk", flat=True)
    first = list(scanned.order_by(usually_nearer(mine, lexicon()))[:most])
    missed = set(also).difference(first)
    return first + list(scanned.filter(pk__in=missed)) if missed else first
