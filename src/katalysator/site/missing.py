"""The matrix read by what is missing: the emptiest cells, what lacks there, and what may be done first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from katalysator.coalition.models import Area
from katalysator.matches.matrix import Key
from katalysator.site.picture import Cell, MatrixRow

SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class EmptyCell:
    """A cell of an area in which something lacks. `people` counts who takes part and says to be there."""

    area: Area
    cell: Cell
    people: int
    place: Mapping[str, str]

    @property
    def lacks(self) -> int:
        """How many of the three lack: needs, offers, participants."""
        return sum(not n for n in (self.cell.counts.needs, self.cell.counts.offers, self.people))

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("cell", args=[self.area.slug, self.cell.block.value])

    @property
    def people_url(self) -> str:
        """The list of who takes part there."""
        return self._organisations(block=self.cell.block.value, part="yes")

    @property
    def first_step(self) -> tuple[str, str]:
        """What may be done first: in words, and where."""
        if not self.people:
            return _("See who could take part"), self._organisations()
        if self.cell.is_empty:
            return _("Post the first need or offer"), reverse("listing-new")
        if not self.cell.counts.offers:
            return _("Post the first offer"), reverse("listing-new")
        return _("Post the first need"), reverse("listing-new")

    def _organisations(self, **asked: str) -> str:
        query = urlencode({"area": self.area.slug, **self.place, **asked})
        return f"{reverse('organisation-list')}?{query}"


@dataclass(frozen=True, slots=True)
class Emptiness:
    """The emptiest cells, of how many in which something lacks, of how many there are."""

    cells: Sequence[EmptyCell]
    count: int
    total: int


def emptiest(
    areas: Sequence[Area],
    rows: Sequence[MatrixRow],
    people: Mapping[Key, int],
    place: Mapping[str, str],
    *,
    most: int | None = SHOWN,
) -> Emptiness:
    """The cells in which most lacks, the emptiest first, so many or all; `people` counts participants by cell."""
    every = list(_cells(areas, rows, people, place))
    found = sorted((each for each in every if each.lacks), key=_fullness)
    return Emptiness(found[:most], len(found), len(every))


def _cells(
    areas: Sequence[Area],
    rows: Sequence[MatrixRow],
    people: Mapping[Key, int],
    place: Mapping[str, str],
) -> Iterator[EmptyCell]:
    for area, row in zip(areas, rows, strict=False):  # the last row is of all areas
        for cell in row.cells:
            yield EmptyCell(area, cell, people.get((area.slug, cell.block.value), 0), place)


def _fullness(each: EmptyCell) -> tuple[int, int, int]:
    counts = each.cell.counts
    return -each.lacks, -counts.gaps, counts.needs + counts.offers + each.people
