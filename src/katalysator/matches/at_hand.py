"""Entries of a market at hand: each is read once, for all who are set beside it, while nothing changes in its market.

Whoever gets one changes nothing in it: others have it too.
"""

from collections.abc import Collection
from typing import Final

import numpy as np

from katalysator.core.kept import each_kept
from katalysator.matches.models import MarketEntry
from katalysator.search.models import found_by

_BYTES: Final = 10_000  # that an entry takes beside its text, about


def entries_at_hand(market: str, numbers: Collection[int], state: str) -> dict[int, MarketEntry]:
    """The entries of some listings of a market, by number, with what was read in them and whose they are.

    `state` names that of the market, asked for before. A listing that was not read yet has no entry.
    Cost: a query for all that are not at hand.
    """
    keys = dict.fromkeys(numbers, (market, state))
    return each_kept("entry", keys, lambda missing: read_entries(market, missing), _size)


def read_entries(market: str, numbers: Collection[int]) -> dict[int, MarketEntry]:
    """The same, read now."""
    if not numbers:
        return {}
    rows = MarketEntry.objects.filter(pk__in=numbers, market=market)
    unshown = found_by("listing__", "listing__organisation__")
    found = rows.select_related("listing__organisation", "reading", "encoder")
    return {entry.pk: _packed(entry) for entry in found.defer("reading__meaning", *unshown)}


def _packed(entry: MarketEntry) -> MarketEntry:
    """The same entry; its letter groups take a tenth of the room."""
    entry.reading.grams = np.array(entry.reading.grams, np.int32)  # type: ignore[assignment]
    return entry


def _size(entry: MarketEntry) -> int:
    said = entry.listing.title + entry.listing.text
    return _BYTES + 2 * len(said) + len(entry.reading.grams) * 4
