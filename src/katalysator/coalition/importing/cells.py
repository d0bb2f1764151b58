"""What cells about organisations hold: numbers of registers, names in a list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from katalysator.core.identifiers import parse_kvk, parse_ror
from katalysator.tables.fields import CellReader
from katalysator.tables.kinds.sampling import share
from katalysator.tables.values.lists import listed


@dataclass(frozen=True, slots=True)
class RegisterNumber:
    """A number of a register, which `parse` reads."""

    parse: Callable[[str], str]
    tells_itself: bool = False

    def fits(self, cells: Sequence[str]) -> float:
        """Whether they are such numbers."""
        return share(cells, lambda cell: bool(self.parse(cell)))

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:  # noqa: ARG002
        """The number as we keep it."""
        return lambda cell, _note: self.parse(cell)


KVK = RegisterNumber(parse_kvk)
ROR = RegisterNumber(parse_ror)


@dataclass(frozen=True, slots=True)
class ListOf:
    """Some short texts with a semicolon or a new line between them."""

    tells_itself: bool = False

    def fits(self, cells: Sequence[str]) -> float:
        """Whatever is short."""
        return share(cells, lambda cell: all(len(item) < 160 for item in listed(cell)))

    def reader(self, header: str, cells: Sequence[str]) -> CellReader:  # noqa: ARG002
        """Each of them once."""
        return lambda cell, _note: listed(cell) or None
