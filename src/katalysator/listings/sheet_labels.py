"""Labels as sheets have them: application areas, levels and terms of the markets, by what people call them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from katalysator.coalition.areas import AREAS
from katalysator.listings.market import all_hard_terms
from katalysator.tables import kinds
from katalysator.tables.fields import CellReader, Note
from katalysator.tables.values.lists import listed

LEVEL: Final = "level"
"""The term of every label that names none."""

AREA_SLUGS: Final[Mapping[str, str]] = {
    **{name: slug for slug, names in AREAS.items() for name in (slug, *names.values())},
    "gezondheid": "zorg",
    "zorgsector": "zorg",
    "healthcare": "zorg",
    "health": "zorg",
    "care": "zorg",
    "transport": "logistiek",
    "landbouw": "agro",
    "agriculture": "agro",
    "food": "agro",
    "voeding": "agro",
    "water": "klimaat",
    "climate": "klimaat",
    "maakindustrie": "industrie",
    "industry": "industrie",
    "publieke sector": "overheid",
    "government": "overheid",
    "public sector": "overheid",
    "cultuur": "media",
    "culture": "media",
    "winkels": "retail",
    "education": "onderwijs",
}


LEVEL_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("mbo", "middelbaar beroepsonderwijs", "vocational"), ("mbo",)),
    **dict.fromkeys(("hbo", "hogeschool", "applied sciences", "ad", "associate degree"), ("hbo",)),
    **dict.fromkeys(("wo", "universiteit", "universitair", "university"), ("bachelor", "master")),
    "bachelor": ("bachelor",),
    "bsc": ("bachelor",),
    "wo bachelor": ("bachelor",),
    "hbo bachelor": ("hbo",),
    "master": ("master",),
    "msc": ("master",),
    "wo master": ("master",),
    **dict.fromkeys(("phd", "promovendus", "doctoral", "promotie"), ("phd",)),
    **dict.fromkeys(("professional", "professionals", "werkenden"), ("professional",)),
}


@dataclass(frozen=True, slots=True)
class TermLabels:
    """Levels, and choices of other terms of the markets, written as “term:choice”."""

    levels: kinds.LabelsIn
    tells_itself: bool = False

    def fits(self, cells: Sequence[str]) -> float:
        """Whether levels are named in them."""
        return self.levels.fits(cells)

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:
        """The levels and the choices, each once."""
        of_levels = self.levels.reader(header, cells)

        def read(cell: str, note: Note) -> tuple[str, ...] | None:
            chosen = [item for item in listed(cell) if _is_choice(item)]
            rest = "; ".join(item for item in listed(cell) if not _is_choice(item))
            return (*chosen, *((rest and of_levels(rest, note)) or ())) or None

        return read


def split_choice(label: str) -> tuple[str, str]:
    """The term of a label “term:choice” and its choice; of one without a known term: a level, and all of it."""
    term, sign, choice = label.partition(":")
    known, choice = all_hard_terms().get(_named(term)), choice.strip()
    is_choice = sign and choice and known and not known.is_interval
    return (_named(term), choice) if is_choice else (LEVEL, label)


def _is_choice(item: str) -> bool:
    """Whether it names a hard term of some market, and a choice of it."""
    return ":" in item and _named(item.partition(":")[0]) in all_hard_terms()


def _named(term: str) -> str:
    return term.strip().casefold()
