"""The index of all names: what a name means, and what else goes by it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from katalysator.tables.places.abroad import CITIES, COUNTRIES, PARTS
from katalysator.tables.places.former_municipalities import FORMER_MUNICIPALITIES
from katalysator.tables.places.municipalities import MUNICIPALITIES
from katalysator.tables.places.nuts import NUTS, OTHER_NAMES
from katalysator.tables.places.regions import ABBREVIATIONS, NAMED_REGIONS, OTHER_SPELLINGS
from katalysator.tables.places.spelling import folded
from katalysator.tables.places.towns_north_east import TOWNS_NORTH_EAST
from katalysator.tables.places.towns_south import TOWNS_SOUTH
from katalysator.tables.places.towns_west import TOWNS_WEST

NutsCodes = tuple[str, ...]

_TWIN: Final = re.compile(r" \([^()]*\)$")
_ALONG: Final = re.compile(" aan den? ")
PROVINCE: Final = 4
"""Letters in the code of a province."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name stands for.

    Parameters
    ----------
    spelling
        The name as it is written.
    codes
        Where it lies; none where several places go by it and none of them is meant before others.
    others
        Where further places of that name lie, which something added to it can tell.

    """

    spelling: str
    codes: NutsCodes
    others: NutsCodes = ()

    @property
    def all(self) -> NutsCodes:
        return self.codes + self.others


Layer = dict[str, Meaning]
_Pairs = Iterable[tuple[str, NutsCodes]]


def _listed(*tables: Mapping[str, str]) -> Iterator[tuple[str, NutsCodes]]:
    """Return each name of the tables with its codes."""
    for codes, names in chain.from_iterable(table.items() for table in tables):
        for name in names.split("; "):
            yield name, tuple(codes.split())


def _nuts(*, dutch: bool) -> Iterator[tuple[str, NutsCodes]]:
    for region in NUTS.values():
        if region.code.startswith("NL") == dutch:
            yield region.nl, (region.code,)
            yield region.en, (region.code,)
    for name, code in OTHER_NAMES.items():
        if code.startswith("NL") == dutch:
            yield name, (code,)


def _layer(pairs: _Pairs) -> Layer:
    """Return what names mean within one kind of places, where none goes before another."""
    found: Layer = {}
    for name, codes in pairs:
        spelling = _TWIN.sub("", name)
        for key in _keys(spelling):
            found[key] = _both(found[key], codes) if key in found else Meaning(spelling, codes)
    return found


def _keys(spelling: str) -> set[str]:
    """Return how a name is looked up: also with “St.” and “a/d”."""
    name = folded(spelling)
    key = f"st {name[5:]}" if name.startswith("sint ") else name
    if " aan de" not in key:
        return {name, key}
    return {name, key, *(_ALONG.sub(each, key) for each in (" a d ", " ad "))}


def _both(known: Meaning, codes: NutsCodes) -> Meaning:
    """Return what a name means that two places bear: what holds both, if that is one province."""
    every = tuple(dict.fromkeys((*known.all, *codes)))
    if every == known.codes:
        return known
    provinces = tuple({code[:PROVINCE] for code in every})
    return Meaning(known.spelling, provinces if len(provinces) == 1 else (), every)


def _index(*layers: Layer) -> Layer:
    """Return all names; what goes by a name in a later layer is one of its `others`."""
    index: Layer = {}
    for name, meaning in chain.from_iterable(layer.items() for layer in layers):
        first = index.setdefault(name, meaning)
        if first is not meaning:
            others = dict.fromkeys((*first.others, *meaning.all))
            index[name] = Meaning(
                first.spelling,
                first.codes,
                tuple(code for code in others if code not in first.codes),
            )
    return index


NAMES: Final = _index(
    _layer(_listed(COUNTRIES)),
    _layer(_nuts(dutch=True)),
    _layer(_listed(NAMED_REGIONS, ABBREVIATIONS)),
    _layer(_listed(MUNICIPALITIES, OTHER_SPELLINGS)),
    _layer(_listed(FORMER_MUNICIPALITIES)),
    _layer(chain(_nuts(dutch=False), _listed(PARTS))),
    _layer(_listed(TOWNS_NORTH_EAST, TOWNS_WEST, TOWNS_SOUTH, CITIES)),
)
"""By folded spelling. What stands first is meant before others: a province before its city, a
municipality before a village, a place here before one abroad."""

IN_FULL: Final = NAMES.keys() - {folded(name) for name, _ in _listed(ABBREVIATIONS)}
"""What may be suggested."""

CITIES_WITH_PARTS: Final = frozenset(
    key for name, _ in _listed(MUNICIPALITIES, OTHER_SPELLINGS) for key in _keys(name)
)
"""Names that may go before that of a quarter or a campus."""

PROPER: Final = frozenset(
    folded(name) for name, _ in chain(_listed(COUNTRIES), _nuts(dutch=True), _nuts(dutch=False))
)
"""Names of countries, provinces and the like, as against words for them."""

BRIEFLY: Final = {
    "b": "BE",
    "be": "BE",
    "bel": "BE",
    "d": "DE",
    "de": "DE",
    "f": "FR",
    "nl": "NL",
    "fr": "NL12",
    "gr": "NL11",
    "g": "NL22",
    "l": "NL42",
    "li": "NL42",
    "o": "NL21",
    "u": "NL31",
    "z": "NL34",
}
"""What is too short to stand alone, but not behind the name of a place: Hengelo (O)."""
