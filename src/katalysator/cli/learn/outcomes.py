"""What became of introductions: a table with a need, an offer, and yes or no."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from katalysator.cli.match import values
from katalysator.cli.match.refusals import unsaved_formula
from katalysator.cli.match.rows import Listings
from katalysator.cli.match.table import Line, Table
from katalysator.cli.match.tables import read_table
from katalysator.core.cleaning import cleaned, one_line
from katalysator.faults import InvalidInput, Refused
from katalysator.faults import gettext_noop as _

T = TypeVar("T")

_NAMES: Final = {
    "need": frozenset({"need", "needs", "vraag", "need_id", "vraag_id"}),
    "offer": frozenset({"offer", "offers", "aanbod", "offer_id", "aanbod_id"}),
    "accepted": frozenset(
        {"accepted", "outcome", "result", "geslaagd", "gelukt", "uitkomst", "resultaat"}
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """Pairs that were introduced: places in the needs and the offers (E,), and whether it took.

    `unknown` pairs had no outcome yet.
    """

    need: NDArray[np.intp]
    offer: NDArray[np.intp]
    accepted: NDArray[np.bool_]
    unknown: int

    @classmethod
    def read(cls, path: Path, encoding: str | None, needs: Listings, offers: Listings) -> Self:
        """Read the table; everything that is wrong with it is refused at once."""
        problems: list[InvalidInput] = []
        table = read_table(path, encoding, problems)
        rows = _OutcomeReader(table, problems).rows(needs, offers) if table else {}
        if problems:
            raise Refused(*problems)
        known = {pair: yes for pair, yes in rows.items() if yes is not None}
        _check_both(path, known)
        need, offer = (np.array(side, np.intp) for side in zip(*known, strict=True))
        return cls(need, offer, np.array(list(known.values())), len(rows) - len(known))


@dataclass(slots=True)
class _OutcomeReader:
    """Reads lines one by one; what is wrong is added to `problems`."""

    table: Table
    problems: list[InvalidInput]

    def rows(self, needs: Listings, offers: Listings) -> dict[tuple[int, int], bool | None]:
        """The outcome of each pair, by the places of its need and its offer."""
        try:
            places = _places(self.table)
        except InvalidInput as error:
            self.problems.append(self.table.at(error, self.table.header.number))
            return {}
        sides = [
            {profile.key: n for n, profile in enumerate(side.profiles)} for side in (needs, offers)
        ]
        found: dict[tuple[int, int], bool | None] = {}
        first: dict[tuple[int, int], int] = {}
        for line in self.table.lines:
            need = self._value(line, places["need"], partial(_row, sides[0], needs.file))
            offer = self._value(line, places["offer"], partial(_row, sides[1], offers.file))
            accepted = self._value(line, places["accepted"], values.yes_or_no)
            if need is None or offer is None:
                continue
            if (need, offer) in first:
                twice = _twice(first[need, offer], line.number)
                self.problems.append(self.table.at(twice, line.number))
            first.setdefault((need, offer), line.number)
            found[need, offer] = accepted
        return found

    def _value(self, line: Line, place: int, read: Callable[[str], T | None]) -> T | None:
        """The value of a cell; None where it says nothing, or nothing that can be read."""
        try:
            return read(self._cell(line, place))
        except InvalidInput as error:
            self.problems.append(self.table.at(error, line.number, place))
            return None

    def _cell(self, line: Line, place: int) -> str:
        if (line.number, place) in self.table.unsaved:
            raise unsaved_formula()
        return values.without_excel_error(one_line(cleaned(line.cells[place])))


def _row(known: Mapping[str, int], file: str, key: str) -> int:
    if key not in known:
        raise _not_there(key, file)
    return known[key]


def _places(table: Table) -> dict[str, int]:
    header = [name.strip().casefold().replace(" ", "_") for name in table.header.cells]
    found = {
        column: [place for place, name in enumerate(header) if name in names]
        for column, names in _NAMES.items()
    }
    for column, places in found.items():
        if len(places) != 1:
            raise InvalidInput(
                "outcomes-columns",
                _("There are %(count)s columns for “%(column)s” among these: %(names)s."),
                hint=_("Name the columns need, offer, accepted, each of them once."),
                count=len(places),
                column=column,
                names=table.header.cells,
            )
    return {column: places[0] for column, places in found.items()}


def _check_both(path: Path, known: Mapping[tuple[int, int], bool]) -> None:
    if len(set(known.values())) < 2:
        error = InvalidInput(
            "outcomes-alike",
            _("There must be a yes and a no at least. Outcomes: %(count)s."),
            hint=_("Write down introductions that led to nothing as well."),
            count=len(known),
        )
        raise Refused(error.at(str(path)))


def _not_there(key: str, file: str) -> InvalidInput:
    return InvalidInput(
        "id-unknown",
        _("“%(key)s” is no id in %(file)s."),
        hint=_("Write the id as it stands there, or add the row to that file."),
        key=key,
        file=file,
    )


def _twice(first: int, second: int) -> InvalidInput:
    return InvalidInput(
        "pair-twice",
        _("This pair stands on line %(first)s and again on line %(second)s."),
        hint=_("Keep the row that says what came of it in the end."),
        first=str(first),
        second=str(second),
    )
