"""Regions: NUTS 2021 of the Netherlands, and the regions just across its borders.

A region is stored as its NUTS code: a longer code lies inside every shorter code that it begins
with. Codes of other countries and of NUTS 3 may be used; they compare well, but have no centre.
The table is `tables.places.nuts`, which gives its source.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from katalysator.core.translated import Translated
from katalysator.faults import InvalidInput, gettext_noop
from katalysator.tables.places.nuts import NUTS, OTHER_NAMES, as_code, covers
from katalysator.tables.places.spelling import folded

__all__ = ["REGIONS", "Region", "covers", "name", "parse", "related"]

_NEAR: Final = 0.8
"""How much alike (as difflib has it) a name must be to be suggested: Amsterdam is no Drenthe."""

_MOST_SUGGESTIONS: Final = 3


@dataclass(frozen=True, slots=True)
class Region:
    """A region with its names and centre (degrees, WGS 84)."""

    code: str
    names: Translated
    lat: float
    lon: float


REGIONS: Final[Mapping[str, Region]] = MappingProxyType(
    {
        code: Region(code, Translated(nl=known.nl, en=known.en), known.lat, known.lon)
        for code, known in NUTS.items()
    }
)


def name(code: str, language: str | None) -> str:
    """Return the name of a region in `language`; of a region without a known name, its code."""
    return REGIONS[code].names.in_(language) if code in REGIONS else code


def related(code: str) -> frozenset[str]:
    """Return the region's own code, those around it, and the known ones within it."""
    around = {code[:end] for end in range(2, len(code) + 1)}
    return frozenset(around | {known for known in REGIONS if covers(code, known)})


def parse(text: str) -> str:
    """Read a NUTS code as `as_code` does, or the Dutch or English name of a known region."""
    if code := as_code(text):
        return code
    if found := _CODES_BY_NAME.get(folded(text)):
        return found
    raise _unknown(text)


_CODES_BY_NAME: Final = {
    folded(spelling): code
    for code, names in (
        *((code, known.names.values()) for code, known in REGIONS.items()),
        *((code, (spelling,)) for spelling, code in OTHER_NAMES.items()),
    )
    for spelling in names
}


def _near(text: str) -> list[str]:
    """Codes of regions with nearly this name, or with this word in it; the Dutch ones first."""
    typed = folded(text)
    named = [spelling for spelling in _CODES_BY_NAME if typed in spelling.split()]
    near = [*get_close_matches(typed, _CODES_BY_NAME, n=3, cutoff=_NEAR), *named]
    codes = dict.fromkeys(_CODES_BY_NAME[spelling] for spelling in near)
    return sorted(codes, key=lambda code: not code.startswith("NL"))[:_MOST_SUGGESTIONS]


def _suggestion(code: str) -> Translated:
    names = REGIONS[code].names.items()
    return Translated(**{language: f"{name} ({code})" for language, name in names})


def _unknown(text: str) -> InvalidInput:
    near = _near(text)
    return InvalidInput(
        "region-unknown",
        gettext_noop("“%(text)s” is not a region that we know."),
        hint=gettext_noop("Did you mean %(suggestions)s? A region is a province or a NUTS code.")
        if near
        else gettext_noop(
            "Give a province, not a municipality, or a NUTS code such as NL31; “NL” is the whole "
            "country."
        ),
        text=text,
        suggestions=tuple(map(_suggestion, near)),
    )
