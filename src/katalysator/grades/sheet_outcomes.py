"""What became of introductions, in a sheet: a need, an offer, and yes or no. Read without a database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from katalysator.faults import InvalidInput, Refused, gettext_noop as _
from katalysator.matches.sheet_profiles import Listings
from katalysator.tables import kinds
from katalysator.tables.fields import Field, SheetOf
from katalysator.tables.recognition import recognise
from katalysator.tables.records import Record, Records, read_records
from katalysator.tables.sheets import open_table
from katalysator.tables.table import Table

_OUTCOMES: Final = SheetOf(
    (
        Field("need", kinds.Identifier(), ("needs", "vraag", "need id", "vraag id")),
        Field("offer", kinds.Identifier(), ("offers", "aanbod", "offer id", "aanbod id")),
        Field(
            "accepted",
            kinds.YesOrNo(),
            ("outcome", "result", "geslaagd", "gelukt", "uitkomst", "resultaat"),
        ),
    ),
    says=("need", "offer"),
)
_PAIR: Final = frozenset({"need", "offer", "accepted"})


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """Pairs that were introduced: places in the needs and the offers (E,), and whether it took.

    `unknown` pairs had no outcome yet; `read` is the table in which they stand.
    """

    need: NDArray[np.intp]
    offer: NDArray[np.intp]
    accepted: NDArray[np.bool_]
    unknown: int
    rows: Records

    @classmethod
    def read(cls, path: Path, encoding: str | None, needs: Listings, offers: Listings) -> Self:
        """Read the table; everything that is wrong with it is refused at once."""
        table = open_table(path, _OUTCOMES, encoding=encoding)
        recognised = recognise(table, _OUTCOMES)
        if missing := [name for name in sorted(_PAIR) if not recognised.places(name)]:
            raise table.at(_no_column(missing[0], table), table.header.number)
        read = read_records(table, recognised, _OUTCOMES)
        problems: list[InvalidInput] = []
        rows = _OutcomeReader(table, problems).rows(read.records, needs, offers)
        problems += (*read.reasons, *read.remarks)  # nothing is left open here
        if problems:
            raise Refused(*problems)
        known = {pair: yes for pair, yes in rows.items() if yes is not None}
        _check_both(path, known)
        need, offer = (np.array(side, np.intp) for side in zip(*known, strict=True))
        accepted = np.array(list(known.values()))
        return cls(need, offer, accepted, len(rows) - len(known), read)


@dataclass(slots=True)
class _OutcomeReader:
    """Finds the rows that records speak of; what is wrong is added to `problems`."""

    table: Table
    problems: list[InvalidInput]

    def rows(
        self, records: Iterable[Record], needs: Listings, offers: Listings
    ) -> dict[tuple[int, int], bool | None]:
        """The outcome of each pair, by the places of its need and its offer."""
        sides = [
            {profile.key: n for n, profile in enumerate(side.profiles)} for side in (needs, offers)
        ]
        found: dict[tuple[int, int], bool | None] = {}
        first: dict[tuple[int, int], int] = {}
        for record in records:
            need = self._row(record, "need", sides[0], needs.file)
            offer = self._row(record, "offer", sides[1], offers.file)
            if need is None or offer is None:
                continue
            number = record.line.number
            if first.setdefault((need, offer), number) != number:
                twice = _twice(first[need, offer], number)
                self.problems.append(self.table.at(twice, number))
            found[need, offer] = record.get("accepted")
        return found

    def _row(self, record: Record, name: str, known: Mapping[str, int], file: str) -> int | None:
        key = record.get(name, "")
        if key not in known:
            self.problems.append(self.table.at(_unknown(key, file).at(name), record.line.number))
        return known.get(key)


def _unknown(key: str, file: str) -> InvalidInput:
    return InvalidInput(
        "id-unknown",
        _("“%(key)s” is no id in %(file)s."),
        hint=_("Write the id as it stands there, or add the row to that file."),
        key=key,
        file=file,
    )


def _no_column(name: str, table: Table) -> InvalidInput:
    return InvalidInput(
        "outcomes-columns",
        _("There is no column “%(column)s” among these: %(names)s."),
        hint=_("Name the columns need, offer, accepted, each of them once."),
        column=name,
        names=tuple(filter(None, table.header.cells)),
    )


def _check_both(path: Path, known: Mapping[tuple[int, int], bool]) -> None:
    if len(set(known.values())) < 2:
        error = InvalidInput(
            "outcomes-alike",
            _("There must be a yes and a no at least. Outcomes: %(count)s."),
            hint=_("Write down introductions that led to nothing as well."),
            count=len(known),
        )
        raise Refused(error.at(str(path)))


def _twice(first: int, second: int) -> InvalidInput:
    return InvalidInput(
        "pair-twice",
        _("This pair stands on line %(first)s and again on line %(second)s."),
        hint=_("Keep the row that says what came of it in the end."),
        first=str(first),
        second=str(second),
    )
