"""Regions: NUTS 2021 of the Netherlands, and the regions just across its borders.

A region is stored as its NUTS code: a longer code lies inside every shorter code that it begins
with. Codes of other countries and of NUTS 3 may be used; they compare well, but have no centre.

Source of the points: label points of Eurostat GISCO as in eurostat/Nuts2json (2021, EPSG 4326),
© EuroGeographics for the administrative boundaries. For the country and its four groups: the mean
of the provinces' points, weighted by their area.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from katalysator.core.translated import Translated
from katalysator.faults import InvalidInput, gettext_noop

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


_TABLE: Final = (
    ("NL", "Nederland", "Netherlands", 52.249, 5.613),
    ("NL1", "Noord-Nederland", "Northern Netherlands", 53.059, 6.281),
    ("NL2", "Oost-Nederland", "Eastern Netherlands", 52.29, 5.994),
    ("NL3", "West-Nederland", "Western Netherlands", 52.059, 4.599),
    ("NL4", "Zuid-Nederland", "Southern Netherlands", 51.437, 5.602),
    ("NL11", "Groningen", "Groningen", 53.268, 6.693),
    ("NL12", "Friesland", "Friesland", 53.065, 5.8),
    ("NL13", "Drenthe", "Drenthe", 52.864, 6.629),
    ("NL21", "Overijssel", "Overijssel", 52.445, 6.44),
    ("NL22", "Gelderland", "Gelderland", 52.067, 5.938),
    ("NL23", "Flevoland", "Flevoland", 52.544, 5.482),
    ("NL31", "Utrecht", "Utrecht", 52.075, 5.2),
    ("NL32", "Noord-Holland", "North Holland", 52.595, 4.912),
    ("NL33", "Zuid-Holland", "South Holland", 51.939, 4.487),
    ("NL34", "Zeeland", "Zeeland", 51.307, 3.788),
    ("NL41", "Noord-Brabant", "North Brabant", 51.546, 5.46),
    ("NL42", "Limburg", "Limburg", 51.185, 5.929),
    ("BE10", "Brussel", "Brussels", 50.84, 4.357),
    ("BE21", "Antwerpen", "Antwerp", 51.221, 4.725),
    ("BE22", "Limburg (BE)", "Limburg (BE)", 50.982, 5.412),
    ("BE23", "Oost-Vlaanderen", "East Flanders", 51.032, 3.809),
    ("BE24", "Vlaams-Brabant", "Flemish Brabant", 50.874, 4.572),
    ("BE25", "West-Vlaanderen", "West Flanders", 51.018, 3.052),
    ("BE33", "Luik", "Liège", 50.52, 5.731),
    ("DEA1", "Düsseldorf", "Düsseldorf", 51.433, 6.599),
    ("DEA2", "Keulen", "Cologne", 50.828, 6.809),
    ("DEA3", "Münster", "Münster", 51.946, 7.402),
    ("DE94", "Wezer-Eems", "Weser-Ems", 52.912, 7.785),
    ("LU00", "Luxemburg", "Luxembourg", 49.771, 6.094),
)
_OTHER_NAMES: Final = {
    "Fryslân": "NL12",
    "Friesland (NL)": "NL12",
    "Limburg (NL)": "NL42",
    "The Netherlands": "NL",
    "Köln": "DEA2",
}
_NUTS_2024: Final = {"NL35": "NL31", "NL36": "NL33"}
"""Utrecht and Zuid-Holland got new codes in 2024, when a border between them moved."""

_COUNTRIES: Final = (
    "AL|AT|BE|BG|CH|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IS|IT|LI|LT|LU|LV|ME|MK|MT|NL|NO|PL|PT|RO|"
    "RS|SE|SI|SK|TR|UK|XK"
)
_CODE: Final = re.compile(rf"({_COUNTRIES})([0-9A-Z]?|(?=[A-Z]*[0-9])[0-9A-Z]{{2,3}})")
"""Below NUTS 1 a code has a digit somewhere: that keeps DELFT out of Germany."""

REGIONS: Final[Mapping[str, Region]] = MappingProxyType(
    {code: Region(code, Translated(nl=nl, en=en), lat, lon) for code, nl, en, lat, lon in _TABLE}
)


def name(code: str, language: str | None) -> str:
    """Return the name of a region in `language`; of a region without a known name, its code."""
    return REGIONS[code].names.in_(language) if code in REGIONS else code


def covers(outer: str, inner: str) -> bool:
    """Tell whether `inner` lies in `outer` (or is the same region)."""
    return inner.startswith(outer)


def related(code: str) -> frozenset[str]:
    """Return the region's own code, those around it, and the known ones within it."""
    around = {code[:end] for end in range(2, len(code) + 1)}
    return frozenset(around | {known for known in REGIONS if covers(code, known)})


def parse(text: str) -> str:
    """Read a NUTS code in any case, or the Dutch or English name of a known region.

    The codes that Utrecht and Zuid-Holland have in NUTS 2024 are read as those of 2021; a NUTS 3
    region inside them as its province, because the numbering inside has changed too.
    """
    code = text.strip().upper()
    if _CODE.fullmatch(code):
        code = _NUTS_2024.get(code[:4], code)
        if not _is_missing(code):
            return code
    if found := _CODES_BY_NAME.get(_folded(text)):
        return found
    raise _unknown(text)


def _is_missing(code: str) -> bool:
    """Tell whether the code claims to be in the Netherlands, where we know every region."""
    return code.startswith("NL") and code[:4] not in REGIONS


def _folded(text: str) -> str:
    """Lower case, no accents, hyphens as spaces: what people vary in when they write a name."""
    letters = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.casefold().replace("-", " ").split())


_CODES_BY_NAME: Final = {
    _folded(spelling): code
    for code, names in (
        *((code, known.names.values()) for code, known in REGIONS.items()),
        *((code, (spelling,)) for spelling, code in _OTHER_NAMES.items()),
    )
    for spelling in names
}


def _near(text: str) -> list[str]:
    """Codes of regions with nearly this name, or with this word in it; the Dutch ones first."""
    folded = _folded(text)
    named = [spelling for spelling in _CODES_BY_NAME if folded in spelling.split()]
    near = [*get_close_matches(folded, _CODES_BY_NAME, n=3, cutoff=_NEAR), *named]
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
