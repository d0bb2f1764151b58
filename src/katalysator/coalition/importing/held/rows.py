"""From the records of such a sheet to what its rows say: whose they are, and where on the map they stand."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from katalysator.cleaning import plain_line
from katalysator.coalition.blocks import Block
from katalysator.coalition.importing.fields import areas_by_words
from katalysator.coalition.importing.known import of_another
from katalysator.coalition.importing.rows import area_left_open, named_areas
from katalysator.coalition.models import Organisation
from katalysator.core.language import TEXT_LANGUAGES
from katalysator.faults import InvalidInput
from katalysator.importing.rows import SheetRow, SheetRows, address_left, at
from katalysator.tables.records import LeftOutLine, Record, Records
from katalysator.tables.values.people import without_emails


@dataclass(frozen=True, slots=True)
class HeldTarget:
    """Whose the records of a sheet are (None: whose a row says), and their kind where it says none."""

    holder: Organisation | None
    kind: str


@dataclass(slots=True)
class HeldReading(ABC):
    """Reads records one by one; a room says in `said` what else a record says. Cost: one query, for the areas."""

    read: Records
    target: HeldTarget
    areas: Mapping[tuple[str, ...], str] = field(default_factory=areas_by_words)
    rows: list[SheetRow] = field(default_factory=list)
    left_out: list[LeftOutLine] = field(default_factory=list)
    notes: list[InvalidInput] = field(default_factory=list)

    @abstractmethod
    def said(self, record: Record) -> Iterator[tuple[str, Any]]:
        """What it says by the names of parts. Raises InvalidInput, with the names of fields, where it cannot be used."""

    def all_rows(self) -> SheetRows:
        """Read them all."""
        for record in self.read.records:
            self._take(record)
        left_out = (*self.read.left_out, *self.left_out)
        return SheetRows(self.read, tuple(self.rows), left_out, (*self.read.remarks, *self.notes))

    def note(self, record: Record, error: InvalidInput, *fields: str) -> None:
        """Tell what was left open."""
        self.notes.append(self._placed(record, error, *fields))

    def _take(self, record: Record) -> None:
        mine, named = self.target.holder, record.get("organisation", "")
        another = of_another(mine, named) if mine else None
        if another:
            self._leave_out(record, another, "organisation")
            return
        try:
            said = {**dict(self._shared(record)), **dict(self.said(record))}
        except InvalidInput as error:
            self._leave_out(record, error, *map(str, error.where))
            return
        self.rows.append(SheetRow(line=record.line, reference=record.get("id", ""), said=said))

    def _shared(self, record: Record) -> Iterator[tuple[str, Any]]:
        if named := record.get("organisation"):
            yield "organisation", named
        yield "title", plain_line(self._text(record, "title"))
        if text := self._text(record, "text"):
            yield "text", text
        for name in ("kind", "visibility"):
            if several := record.get(name):
                yield name, several[0]
        named_ones = record.get("language", ())
        if language := next((each for each in named_ones if each in TEXT_LANGUAGES), ""):
            yield "language", language
        yield from self._corners(record)

    def _text(self, record: Record, name: str) -> str:
        text = record.get(name, "")
        plain = without_emails(text)
        if plain != text:
            self.note(record, address_left(), name)
        return plain

    def _corners(self, record: Record) -> Iterator[tuple[str, Any]]:
        """Areas and blocks, in the order of the coalition."""
        known, unknown = named_areas(record, self.areas)
        for each in unknown:
            self.note(record, area_left_open(each), "areas")
        order = {"areas": dict.fromkeys(self.areas.values()), "blocks": dict.fromkeys(Block.values)}
        for name, said in (("areas", known), ("blocks", record.get("blocks", ()))):
            if said:
                yield name, tuple(each for each in order[name] if each in said)

    def _leave_out(self, record: Record, error: InvalidInput, *fields: str) -> None:
        reason = self._placed(record, error, *fields)
        self.left_out.append(LeftOutLine(record.line, (reason,)))

    def _placed(self, record: Record, error: InvalidInput, *fields: str) -> InvalidInput:
        """The error, at its place in the sheet alone."""
        return at(self.read, error.without_place(), record.line, *fields)


def with_scheme(link: str) -> str:
    """An address of the web as people write it, with how it is reached."""
    return link if "://" in link or not link else f"https://{link}"
