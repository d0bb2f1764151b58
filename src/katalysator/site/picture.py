"""The matrix as its page shows it: rows of cells, each number a link to what it counts. A row is kept while it tells the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext

from katalysator.coalition.blocks import Block
from katalysator.coalition.models import Area
from katalysator.core.kept import kept
from katalysator.core.language import active_language
from katalysator.core.parts import part
from katalysator.matches.matrix import Counts, Key

_TOP: Final = 5
_STEPS: Final = (1, 4, 9, 16)
_ASKED: Final = {
    "needs": ("need", "kind=need"),
    "offers": ("offer", "kind=offer"),
    "matches": ("match", "show=matches"),
    "possible": ("possible", "show=possible"),
    "gaps": ("gap", "show=gaps"),
}
"""The sign of each number, and what a list of what it counts is asked for."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix. `row` begins the address of its lists; `show` is the kind of number that is looked at."""

    block: Block
    counts: Counts
    row: str
    show: str = ""

    @property
    def url(self) -> str:
        """The list of what is counted here."""
        return f"{self.row}block={self.block.value}"

    @property
    def numbers(self) -> Iterator[tuple[str, int, str, str]]:
        """Each number that is counted: its sign, how many, the list of these, and the number in words."""
        language, url = active_language(), self.url
        for name, (sign, asked) in _ASKED.items():
            number = getattr(self.counts, name)
            yield sign, number, f"{url}&{asked}", _in_words(name, number, language)

    @property
    def gaps_url(self) -> str:
        """The list of the gaps."""
        return f"{self.url}&{_ASKED['gaps'][1]}"

    @property
    def heat(self) -> int:
        """How much there is of what is shown, 0 to 4."""
        shown = (self.show,) if self.show else ("needs", "offers")
        number = sum(getattr(self.counts, name) for name in shown)
        return sum(number >= step for step in _STEPS)

    @property
    def is_empty(self) -> bool:
        return not self.counts.needs and not self.counts.offers

    @property
    def shows_gaps(self) -> bool:
        """Whether it is read by what is missing."""
        return self.show == "gaps"

    @property
    def missing(self) -> str:
        """Which of both sides is missing where the other one is there, in words."""
        if self.is_empty or (self.counts.needs and self.counts.offers):
            return ""
        return _("no offers") if self.counts.needs else _("no needs")

    @property
    def gap_number(self) -> tuple[str, int, str, str]:
        """The number of the gaps, as one of `numbers`."""
        return next(each for each in self.numbers if each[0] == "gap")


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An area, with its page, or the sum of all areas, which has no page of its own."""

    name: str
    url: str
    cells: Sequence[Cell]

    @property
    def text(self) -> SafeString:
        """The row as it stands on the page. Cost: rendered once while it tells the same."""
        told = self.name, self.url, tuple(self.cells), active_language()
        return kept("row", told, lambda: part("matrix_row.html", row=self), len)


def rows(
    areas: Sequence[Area], counts: Mapping[Key, Counts], place: Mapping[str, str], show: str
) -> list[MatrixRow]:
    """A row for each area, and one for all of them."""
    every = [_row(area.slug, str(area), counts, place, show) for area in areas]
    return [*every, _row("", _("All areas"), counts, place, show)]


def _row(
    area: str, name: str, counts: Mapping[Key, Counts], place: Mapping[str, str], show: str
) -> MatrixRow:
    asked = urlencode({**({"area": area} if area else {}), **place})
    url = f"{reverse('listing-list')}?{asked}"
    cells = [
        Cell(block, counts.get((area, block.value), Counts()), f"{url}&" if asked else url, show)
        for block in Block
    ]
    return MatrixRow(name, reverse("area", args=[area]) if area else "", cells)


def top_gaps(rows: Sequence[MatrixRow]) -> list[dict[str, Any]]:
    """The cells of areas with the most gaps."""
    gaps = [(cell.counts.gaps, row.name, cell) for row in rows if row.url for cell in row.cells]
    most = sorted((gap for gap in gaps if gap[0]), key=lambda gap: -gap[0])[:_TOP]
    return [
        {"area": area, "block": cell.block, "count": count, "url": cell.gaps_url}
        for count, area, cell in most
    ]


@lru_cache(4_096)
def _in_words(name: str, n: int, language: str) -> str:  # noqa: ARG001 — each language has its own words
    words = {
        "needs": ngettext("%(n)s need", "%(n)s needs", n),
        "offers": ngettext("%(n)s offer", "%(n)s offers", n),
        "matches": ngettext("%(n)s match", "%(n)s matches", n),
        "possible": ngettext("%(n)s possible match", "%(n)s possible matches", n),
        "gaps": ngettext("%(n)s gap", "%(n)s gaps", n),
    }
    return words[name] % {"n": n}
