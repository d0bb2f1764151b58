"""The regions of NUTS 2021 that the house knows, and what a code of a region looks like.

A longer code lies inside every shorter code that it begins with.

Source of the points: label points of Eurostat GISCO as in eurostat/Nuts2json (2021, EPSG 4326),
© EuroGeographics for the administrative boundaries. For the country and its four groups: the mean
of the provinces' points, weighted by their area.
"""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple


class NutsRegion(NamedTuple):
    """A region with its Dutch and English names and its centre (degrees, WGS 84)."""

    code: str
    nl: str
    en: str
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
NUTS: Final = {row[0]: NutsRegion(*row) for row in _TABLE}

OTHER_NAMES: Final = {
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


def as_code(text: str) -> str | None:
    """Read a NUTS code in any case, as NUTS 2021 has it; None for what is none.

    The codes that Utrecht and Zuid-Holland have in NUTS 2024 are read as those of 2021; a NUTS 3
    region inside them as its province, because the numbering inside has changed too.
    """
    code = text.strip().upper()
    if not _CODE.fullmatch(code):
        return None
    code = _NUTS_2024.get(code[:4], code)
    return None if _is_missing(code) else code


def _is_missing(code: str) -> bool:
    """Tell whether the code claims to be in the Netherlands, where we know every region."""
    return code.startswith("NL") and code[:4] not in NUTS


def covers(outer: str, inner: str) -> bool:
    """Tell whether `inner` lies in `outer` (or is the same region)."""
    return inner.startswith(outer)


def outermost(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the codes once each, in their order, without those that lie in another of them."""
    once = tuple(dict.fromkeys(codes))
    return tuple(
        code for code in once if not any(covers(other, code) for other in once if other != code)
    )
