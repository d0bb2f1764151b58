"""Labels as sheets have them: application areas, levels and terms of the markets, by what people call them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from katalysator.coalition.areas import AREAS
from katalysator.core.language import languages, speaking
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
    **dict.fromkeys(("vmbo", "geen diploma", "no diploma"), ("vmbo",)),
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
    **dict.fromkeys(("postdoc", "postdoctoral", "postdoctoraal"), ("postdoc",)),
    **dict.fromkeys(("beginner", "beginners", "starters"), ("beginner",)),
    **dict.fromkeys(("gevorderd", "gevorderden", "advanced"), ("advanced",)),
    **dict.fromkeys(("professional", "professionals", "werkenden"), ("professional",)),
}

_SAY_NOTHING: Final = frozenset({"none", "geen", "other", "overig", "open", "personal", "market"})
"""What choices are called that may mean anything where no term is named."""


@dataclass(frozen=True, slots=True)
class TermLabels:
    """Levels, and choices of other terms of the markets: as “term:choice”, or by what they alone are called."""

    levels: kinds.LabelsIn
    tells_itself: bool = False

    def fits(self, cells: Sequence[str]) -> float:
        """Whether levels are named in them."""
        return self.levels.fits(cells)

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:
        """The levels and the choices, each once."""
        of_levels = self.levels.reader(header, cells)

        def read(cell: str, note: Note) -> tuple[str, ...] | None:
            chosen = [choice for item in listed(cell) if (choice := _choice(item))]
            rest = "; ".join(item for item in listed(cell) if _is_level(item) or not _choice(item))
            return (*chosen, *((rest and of_levels(rest, note)) or ())) or None

        return read


def split_choice(label: str) -> tuple[str, str]:
    """The term of a label “term:choice” and its choice; of one without a known term: a level, and all of it."""
    term, sign, choice = label.partition(":")
    known, choice = all_hard_terms().get(_named(term)), choice.strip()
    is_choice = sign and choice and known and not known.is_interval
    return (_named(term), choice) if is_choice else (LEVEL, label)


def _choice(item: str) -> str:
    """The item as “term:choice” where it is one, or is what one choice of the markets alone is called; else empty."""
    if ":" in item and _named(item.partition(":")[0]) in all_hard_terms():
        return item
    return _choices_by_name().get(_named(item), "")


@cache
def _choices_by_name() -> Mapping[str, str]:
    """Each choice of a hard term by what it is called, in every language, where nothing else is called so."""
    found: dict[str, set[str]] = {}
    for language in languages():
        with speaking(language):
            for name, term in all_hard_terms().items():
                for choice, label in getattr(term, "choices", {}).items():
                    for called in (choice, str(label)):
                        found.setdefault(_named(called), set()).add(f"{name}:{choice}")
    return {
        called: next(iter(choices))
        for called, choices in found.items()
        if len(choices) == 1 and called not in _SAY_NOTHING
    }


def _is_level(item: str) -> bool:
    """Whether it is a level, and may be what a choice is called besides: a PhD is both."""
    return _named(item) in LEVEL_NAMES


def _named(term: str) -> str:
    return term.strip().casefold()
