"""What was read in the halves of markets that are at hand, laid out to be scored.

Who asks these gets what the tables would answer, without asking them. Whoever gets one changes nothing in it.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Final

from django.db import connection

from katalysator.core.changes import States
from katalysator.core.kept import is_anew
from katalysator.engine.matching import Constraints, Profile, Side
from katalysator.engine.text import Lexicon
from katalysator.listings.halves import OpenHalf, half_at_hand
from katalysator.matches.entries import profile, side
from katalysator.matches.first_sight import SparseRows, rows_of
from katalysator.matches.models import MarketEntry
from katalysator.matches.reading import read_entries
from katalysator.readings.models import CarefulEncoder
from katalysator.readings.texts import lexicon

_VERSIONS: Final = """
    SELECT listing_id, concat_ws(' ', xmin, ctid) FROM matches_marketentry
    WHERE market = %s AND listing_id = ANY(%s)
"""


@dataclass(frozen=True, eq=False)
class ReadHalf:
    """The open listings of one half of a market with what was read in them, rows as those of the half.

    `versions` names each with all that was read in it and is shown of it, by number.
    """

    of: OpenHalf
    versions: Mapping[int, Hashable]
    entries: Sequence[MarketEntry]
    profiles: Sequence[Profile]
    known: Lexicon
    _sides: dict[int | None, Side] = field(default_factory=dict)

    @property
    def row(self) -> Mapping[int, int]:
        """The row of each listing, by number."""
        return self.of.row

    @cached_property
    def about(self) -> SparseRows:
        """What each listing is about, by the places of concepts."""
        return rows_of(self.entries)

    def side(self, encoder: CarefulEncoder | None) -> Side:
        """It as a side of the market, with what an encoder read."""
        number = encoder.pk if encoder else None
        if number not in self._sides:
            made = side(self.entries, self.known, encoder, self.profiles)
            for entry, meaning in zip(self.entries, made.reading.meaning, strict=True):
                entry.meaning = entry.reading.meaning = meaning  # they stand in memory once
            self._sides[number] = made
        return self._sides[number]


_NONE: Final = (None, None)
_halves: Final[dict[tuple[str, str], tuple[OpenHalf, ReadHalf | None]]] = {}
_lock: Final = Lock()
_constraints: Final[dict[str, tuple[ReadHalf, ReadHalf, Constraints]]] = {}


def read_half(market: str, kind: str, now: States) -> ReadHalf | None:
    """One half of a market in its state of now; None where it is not at hand, or was not read as a whole yet.

    Cost: nothing while it has not changed; else that of `half_at_hand`, a query, and reading the rows
    that have changed.
    """
    half, key = half_at_hand(market, kind, now), (market, kind)
    if half is None:
        return None
    if is_anew():
        return _read(market, half, None)
    of, found = _halves.get(key, _NONE)
    if of is not half:
        with _lock:  # who comes meanwhile waits for it
            of, found = _halves.get(key, _NONE)
            if of is not half:
                found = _read(market, half, found)
                _halves[key] = half, found
    return found


def constraints_at_hand(market: str, needs: ReadHalf, offers: ReadHalf) -> Constraints:
    """What must hold between both halves of a market. Cost: see `Constraints`, once for both."""
    known = _constraints.get(market)
    if known is None or known[0] is not needs or known[1] is not offers:
        known = needs, offers, Constraints.between(needs.profiles, offers.profiles)
        _constraints[market] = known
    return known[2]


def _read(market: str, half: OpenHalf, before: ReadHalf | None) -> ReadHalf | None:
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS, [market, list(half.row)])
        read = dict(cursor.fetchall())
    if len(read) < len(half.row):
        return None
    versions = {number: (*half.versions[number], read[number]) for number in half.row}
    entries = _entries(market, half, versions, before)
    if len(entries) < len(versions):  # one went while we looked
        return None
    profiles = [profile(entry.listing) for entry in entries]
    return ReadHalf(half, versions, entries, profiles, lexicon())


def _entries(
    market: str, half: OpenHalf, versions: Mapping[int, Hashable], before: ReadHalf | None
) -> list[MarketEntry]:
    """The entry of each listing; those that have not changed are those that were at hand before."""
    known = {
        number: before.entries[row]
        for number, row in (before.row.items() if before else ())
        if before and versions.get(number) == before.versions[number]
    }
    for number, entry in read_entries(market, set(versions).difference(known)).items():
        entry.listing = listing = half.listings[half.row[number]]
        entry.reading.meaning = entry.meaning
        if listing.reading_id == entry.reading_id:
            listing.reading = entry.reading  # one of them is enough
        known[number] = entry
    return [known[number] for number in versions if number in known]
