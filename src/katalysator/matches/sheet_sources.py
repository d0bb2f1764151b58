"""Two files with needs and with offers, read without a database: both sides of a market, or all that is wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from katalysator.engine.matching import stamp
from katalysator.faults import InvalidInput, Refused, gettext_noop as _
from katalysator.listings.sheets import SHEETS, RowKind
from katalysator.matches.sheet_profiles import Listings, listings
from katalysator.tables.columns_said import ColumnsSaid, check_shared
from katalysator.tables.recognition import Recognised, recognise
from katalysator.tables.records import Records, read_records
from katalysator.tables.sheets import nothing_under_it, open_table
from katalysator.tables.table import Table

KINDS: Final[tuple[RowKind, RowKind]] = ("need", "offer")
"""What the rows of the two files are."""

Asking = Callable[[Table, Recognised], Mapping[str, str]]
"""Asks a person about columns in doubt: the field of each by its header."""


def nobody(_table: Table, _recognised: Recognised) -> Mapping[str, str]:
    """Nobody is asked: the best guess stands, and is told."""
    return {}


@dataclass(frozen=True, slots=True)
class SheetSource:
    """One file, and what a user says of it."""

    path: Path
    kind: RowKind
    said: ColumnsSaid
    sheet: str = ""

    def table(self, encoding: str | None) -> Table:
        """The table in it. Raises InvalidInput."""
        return open_table(self.path, SHEETS[self.kind], encoding=encoding, sheet=self.sheet)

    def records(self, table: Table, asking: Asking) -> Records:
        """All that its lines say. Raises InvalidInput, also where no line says anything."""
        of = SHEETS[self.kind]
        said = self.said.of(table)
        recognised = recognise(table, of, said)
        if recognised.doubts and (answered := asking(table, recognised)):
            recognised = recognise(table, of, {**said, **answered})
        if not any(map(recognised.places, of.says)):
            raise table.at(nothing_to_read(table), table.header.number)
        return read_records(of_kind(self.kind, table, recognised), recognised, of)


@dataclass(frozen=True, slots=True)
class Sources:
    """Two files and how to read them; what was over before `on` is left out."""

    needs: SheetSource
    offers: SheetSource
    encoding: str | None
    on: date | None = None
    asking: Asking = nobody

    @property
    def files(self) -> tuple[Path, Path]:
        """Both files."""
        return self.needs.path, self.offers.path

    @property
    def state(self) -> tuple[object, ...]:
        """All that decides what is read: another value where a file has changed since."""
        said = [(source.said, source.sheet) for source in (self.needs, self.offers)]
        return (*map(stamp, self.files), said, self.encoding, self.on)

    def read(self) -> tuple[Listings, Listings]:
        """Needs and offers. What stands in the way in both files is refused at once."""
        problems: list[InvalidInput] = []
        needs, offers = (self._read(source, problems) for source in (self.needs, self.offers))
        if needs and offers:
            tables = needs.read.table, offers.read.table
            problems += check_shared(self.needs.said.shared, *tables)
        if problems or needs is None or offers is None:
            raise Refused(*problems)
        return with_shared_markets(needs, offers)

    def _read(self, source: SheetSource, problems: list[InvalidInput]) -> Listings | None:
        try:
            read = source.records(source.table(self.encoding), self.asking)
            found = listings(read, source.kind, on=self.on)
        except InvalidInput as error:
            problems.append(error if error.where else error.at(source.path))
            return None
        if not found.profiles and not found.expired and not found.closed:
            problems += _why_nothing(found, source.kind)
            return None
        return found


def of_kind(kind: RowKind, table: Table, recognised: Recognised) -> Table:
    """The table without rows that say to be of the other kind: those are not read at all.

    So both kinds may stand in one sheet, each with ids of its own, and what is wrong is told once.
    """
    places, field = recognised.places("kind"), SHEETS[kind].field("kind")
    if not places or not field:
        return table
    read = field.kind.reader("", ())
    said = {cell: read(cell, lambda _note: None) for cell in set(table.column(places[0]))}
    other = {
        line.number for line in table.lines if (said[line.cells[places[0]]] or (kind,))[0] != kind
    }
    return table.without(other, "kind")


def with_shared_markets(needs: Listings, offers: Listings) -> tuple[Listings, Listings]:
    """The same; markets count only where both sheets name one: a word that one side alone has keeps all apart."""
    named = [{profile.market for profile in side.profiles} - {""} for side in (needs, offers)]
    if named[0] & named[1]:
        return needs, offers
    return _without_markets(needs), _without_markets(offers)


def _without_markets(side: Listings) -> Listings:
    return replace(side, profiles=tuple(replace(each, market="") for each in side.profiles))


def nothing_to_read(table: Table) -> InvalidInput:
    """The refusal of a table in which no column says what is asked or offered."""
    return InvalidInput(
        "column-title",
        _("There is no column that says what is asked or offered among: %(header)s."),
        hint=_("Say which one it is: --column text=NAME."),
        header=tuple(dict.fromkeys(name for name in table.header.cells if name)),
    )


def _why_nothing(found: Listings, kind: RowKind) -> list[InvalidInput]:
    """Why no line of a sheet can be matched."""
    read = found.read
    reasons = read.reasons
    if found.other_kind:
        column = read.recognised.places("kind")[:1]
        reasons.append(read.table.at(none_of_kind(kind), read.table.header.number, *column))
    return reasons or [read.table.at(nothing_under_it(), read.table.header.number)]


def none_of_kind(kind: RowKind) -> InvalidInput:
    """A table in which every row is of the other kind."""
    return InvalidInput(
        "rows-of-kind",
        _("None of the rows says “%(kind)s”."),
        hint=_("Have the two files traded places? The needs come first."),
        kind=kind,
    )
