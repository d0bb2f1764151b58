"""Places, amounts, numbers and counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.fields import CellReader, Note
from katalysator.tables.kinds.sampling import (
    not_understood,
    noted,
    share,
)
from katalysator.tables.places.reading import near, read_places
from katalysator.tables.values.amounts import Amounts, read_amounts, unit_of
from katalysator.tables.values.counts import read_count
from katalysator.tables.values.numbers import Numbers, read_numbers

_LONGEST_PLACE: Final = 40  # characters of a name that may be written wrongly
_MOST_SUGGESTED: Final = 200  # each takes some ms, and the first twenty are shown


@dataclass(frozen=True, slots=True)
class PlacesIn:
    """Places, as NUTS codes."""

    tells_itself: bool = True

    def fits(self, cells: Sequence[str]) -> float:
        """Whether places are found in them, and nothing else."""
        return share(
            cells,
            lambda cell: (
                len(cell) < 80
                and bool((found := read_places(cell)).codes or found.online)
                and len(found.unknown) <= len(found.codes)
            ),
        )

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:  # noqa: ARG002
        """The codes of what is known; the rest is noted, the first with what may be meant."""
        suggested = iter(range(_MOST_SUGGESTED))

        def read(cell: str, note: Note) -> tuple[str, ...] | None:
            found = read_places(cell)
            for place in found.unknown:
                note(_unknown_place(place, suggest=next(suggested, None) is not None))
            return found.codes or None

        return read


def _unknown_place(place: str, *, suggest: bool) -> InvalidInput:
    what = _("“%(text)s” is not a place that we know: left open.")
    if suggest and len(place) <= _LONGEST_PLACE and (suggestions := near(place)):
        return not_understood(
            place, what, _("Did you mean %(suggestions)s?"), suggestions=suggestions
        )
    return not_understood(
        place,
        what,
        _("Write a municipality, a province, “the Netherlands” or a NUTS code such as NL31."),
    )


@dataclass(frozen=True, slots=True)
class AmountIn:
    """An amount in euros, or the lowest and the highest one."""

    tells_itself: bool = False

    def fits(self, cells: Sequence[str]) -> float:
        """Whether amounts are found in them."""
        return share(cells, lambda cell: len(cell) < 40 and read_amounts(cell) is not None)

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:  # noqa: ARG002
        """The amounts, times a thousand where the header says so."""
        unit = unit_of(header)

        def read(cell: str, note: Note) -> Amounts | None:
            return noted(
                read_amounts(cell, unit=unit),
                cell,
                note,
                _("“%(text)s” tells no amount in euros: left open."),
                _("Write the amount in euros, such as 1250, 1.250,50 or 10-20 k."),
            )

        return read


@dataclass(frozen=True, slots=True)
class NumberIn:
    """A number, or the lowest and the highest one, such as hours a week."""

    tells_itself: bool = False

    def fits(self, cells: Sequence[str]) -> float:
        """Whether a number or two are found in them, and little else."""
        return share(cells, lambda cell: read_numbers(cell) is not None)

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:  # noqa: ARG002
        """The numbers."""

        def read(cell: str, note: Note) -> Numbers | None:
            return noted(
                read_numbers(cell),
                cell,
                note,
                _("“%(text)s” tells no number: left open."),
                _("Write a number such as 24, or two such as 24-36."),
            )

        return read


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number of places, people or times."""

    most: int
    tells_itself: bool = False

    def fits(self, cells: Sequence[str]) -> float:
        """Whether small whole numbers are found in them."""
        return share(cells, lambda cell: len(cell) < 40 and read_count(cell) is not None)

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:  # noqa: ARG002
        """The number."""
        return self._read

    def _read(self, cell: str, note: Note) -> int | None:
        found = read_count(cell)
        if found is None:
            note(
                not_understood(
                    cell,
                    _("“%(text)s” tells no number: left open."),
                    _("Write a whole number, in digits."),
                )
            )
        elif found > self.most:
            raise InvalidInput(
                "number-large",
                _("“%(text)s” is more than %(most)s."),
                hint=_("Write a smaller number, or leave the cell empty."),
                text=cell,
                most=self.most,
            )
        return found
