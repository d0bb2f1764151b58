"""Halves of markets at hand: where one is small, its open listings stand in memory while it does not change.

A half is read again where something in it has changed, and then only the rows that have. Whoever gets
one changes nothing in it: others have it too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, NamedTuple

import numpy as np
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from katalysator.coalition.models import Person
from katalysator.core.changes import EVERYTHING, States
from katalysator.core.kept import is_anew
from katalysator.engine.arrays import BoolArray
from katalysator.listings.models import Listing, half_of
from katalysator.listings.queries import sight_of_open
from katalysator.listings.workflow import OPEN

MOST: Final = 200
"""Open listings of a half at hand; to read a larger one takes longer than to ask the tables a few times."""
ROOM: Final = 1_200
"""Open listings of all halves at hand, some 25 kB each with what was read in them; others are asked in the tables."""

_VERSIONS: Final = """
    WITH few AS MATERIALIZED (
        SELECT id FROM listings_listing WHERE market = %s AND kind = %s AND state = %s LIMIT %s
    )
    SELECT id, (
        SELECT concat_ws(' ', xmin, ctid) FROM listings_listing listing
        WHERE listing.id = few.id AND (SELECT count(*) FROM few) <= %s
    ) FROM few ORDER BY id
"""
"""Each row with another name after each write to it: two that one transaction writes stand apart.

Of a half that is too large no rows are looked at: an index says so.
"""

Version = tuple[str, str]
"""The state of what any listing shows, and a name of one row: together, of all that is shown of it."""


@dataclass(frozen=True, slots=True, eq=False)
class OpenHalf:
    """The open listings of one half of a market, n rows, the oldest first; each by its number has a version and a row."""

    listings: Sequence[Listing]
    versions: Mapping[int, Version]
    row: Mapping[int, int]
    _seen: dict[str, BoolArray] = field(default_factory=dict)

    def seen_by(self, person: Person | AnonymousUser) -> BoolArray:
        """Which rows a person may see, bool (n,). Cost: a query for all who see the same."""
        sight = sight_of_open(person)
        if sight not in self._seen:
            shown = Listing.objects.filter(pk__in=self.row).open().visible_to(person)
            numbers = set(shown.values_list("pk", flat=True))
            self._seen[sight] = np.array([number in numbers for number in self.row], np.bool_)
        return self._seen[sight]


class _Known(NamedTuple):
    """What was found of a half in its newest state; no half where it is not at hand."""

    state: str
    half: OpenHalf | None


_halves: Final[dict[tuple[str, str], _Known]] = {}
_lock: Final = Lock()


def half_at_hand(market: str, kind: str, now: States) -> OpenHalf | None:
    """One half of a market in its state of now; None where it is large, or there is no room for it.

    Cost: nothing while it has not changed; else a query, and reading the rows that have.
    """
    if is_anew():
        return _read(market, kind, now, MOST, None)
    key, state = (market, kind), now.of(half_of(market, kind))
    known = _halves.get(key)
    if known is None or known.state != state:
        with _lock:  # who comes meanwhile waits for it
            known = _halves.get(key)
            if known is None or known.state != state:
                before = known.half if known else None
                known = _Known(state, _read(market, kind, now, min(MOST, _room(key)), before))
                _halves[key] = known
    return known.half


def open_listing(number: int, person: Person | AnonymousUser, now: States) -> Listing | None:
    """A listing at hand that a person may see; None where it is not at hand, or not for this person."""
    for (market, kind), known in list(_halves.items()):
        if known.half and number in known.half.row:
            half = half_at_hand(market, kind, now)
            row = half.row.get(number) if half else None
            if half is None or row is None or not half.seen_by(person)[row]:
                return None
            return half.listings[row]
    return None


def forget() -> None:
    """Have nothing at hand."""
    _halves.clear()


def _room(key: tuple[str, str]) -> int:
    """How many listings a half may have beside the others."""
    others = [known.half for other, known in list(_halves.items()) if other != key]
    return ROOM - sum(len(half.row) for half in others if half)


def _read(
    market: str, kind: str, now: States, most: int, before: OpenHalf | None
) -> OpenHalf | None:
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS, [market, kind, OPEN, most + 1, most])
        rows = cursor.fetchall()
    if len(rows) > most:
        return None
    around = now.of(EVERYTHING)
    versions = {number: (around, version) for number, version in rows}
    known = _listings(versions, before)
    found = [known[number] for number in versions if number in known]  # one may have gone
    return OpenHalf(found, versions, {each.pk: row for row, each in enumerate(found)})


def _listings(versions: Mapping[int, Version], before: OpenHalf | None) -> dict[int, Listing]:
    """The listings; those that have not changed are those that were at hand before."""
    known = {
        each.pk: each
        for each in (before.listings if before else ())
        if versions.get(each.pk) == each.version
    }
    missing = [number for number in versions if number not in known]
    for each in Listing.objects.filter(pk__in=missing).with_all_shown() if missing else ():
        each.version = versions[each.pk]
        known[each.pk] = each
    return known
