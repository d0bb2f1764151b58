"""Who keeps keys of a taxonomy: each part of the room says how many of its records a set of keys touches."""

from collections.abc import Callable, Collection
from typing import Final, NamedTuple

KeyCounter = Callable[[Collection[str]], int]

_COUNTERS: Final[dict[str, tuple[str, KeyCounter]]] = {}


class KeyUse(NamedTuple):
    """So many records of one kind that keep any of some keys."""

    label: str
    records: int


def uses_keys(name: str, label: str) -> Callable[[KeyCounter], KeyCounter]:
    """Register what counts the records of a kind that keep any of some keys; `label` is an English sentence for the catalogue."""

    def register(counter: KeyCounter) -> KeyCounter:
        _COUNTERS[name] = (label, counter)
        return counter

    return register


def uses_of(keys: Collection[str]) -> list[KeyUse]:
    """How many records of each kind keep any of these keys. Cost: a query for each kind."""
    return [KeyUse(label, counter(keys)) for label, counter in _COUNTERS.values()]
