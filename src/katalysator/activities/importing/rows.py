"""From the records of a sheet of activities to what activities say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from katalysator.activities.importing.times import times_of
from katalysator.activities.models import Activity
from katalysator.cleaning import plain_line
from katalysator.coalition.blocks import Block
from katalysator.coalition.filters import province_choices
from katalysator.coalition.importing.fields import areas_by_words
from katalysator.coalition.importing.known import of_another
from katalysator.coalition.importing.rows import area_left_open, named_areas, region_of
from katalysator.coalition.models import Organisation
from katalysator.core.language import TEXT_LANGUAGES
from katalysator.faults import InvalidInput
from katalysator.importing.rows import SheetRow, SheetRows, address_left, at
from katalysator.tables.places.reading import read_places
from katalysator.tables.records import LeftOutLine, Record, Records
from katalysator.tables.values.people import without_emails

_ONE_LABEL: Final = ("kind", "policy", "visibility")
_AS_SAID: Final = ("organisation", "capacity")
_COLUMNS: Final = {"starts": ("starts", "day"), "ends": ("ends", "lasts", "starts", "day")}


@dataclass(frozen=True, slots=True)
class ActivitiesTarget:
    """Who holds the activities of a sheet (None: whoever a row names, and else the bureau), and their kind where it says none."""

    holder: Organisation | None
    kind: str = Activity.Kind.WORKSHOP.value


def read_rows(read: Records, target: ActivitiesTarget) -> SheetRows:
    """Read all rows. Cost: one query, for the areas."""
    reading = _RowReading(
        read, target, areas_by_words(), frozenset(code for code, _name in province_choices())
    )
    for record in read.records:
        reading.take(record)
    left_out, notes = (*read.left_out, *reading.left_out), (*read.remarks, *reading.notes)
    return SheetRows(read, tuple(reading.rows), left_out, notes)


@dataclass(slots=True)
class _RowReading:
    """Reads records one by one."""

    read: Records
    target: ActivitiesTarget
    areas: Mapping[tuple[str, ...], str]
    provinces: frozenset[str]
    rows: list[SheetRow] = field(default_factory=list)
    left_out: list[LeftOutLine] = field(default_factory=list)
    notes: list[InvalidInput] = field(default_factory=list)

    def take(self, record: Record) -> None:
        """Read one; one that another organisation holds, or of which nobody can tell when it is, is left out."""
        mine = self.target.holder
        if mine and (another := of_another(mine, record.get("organisation", ""))):
            self._leave_out(record, another, "organisation")
            return
        try:
            times = times_of(record)
        except InvalidInput as error:
            self._leave_out(record, error, *_COLUMNS[str(error.where[0])])
            return
        for name, remark in times.remarks:
            self._note(record, remark, *_COLUMNS[name])
        said = {**dict(self._said(record)), **times.said}
        self.rows.append(SheetRow(line=record.line, reference=record.get("id", ""), said=said))

    def _said(self, record: Record) -> Iterator[tuple[str, Any]]:
        for name in _AS_SAID:
            if (value := record.get(name)) is not None:
                yield name, value
        for name in _ONE_LABEL:
            if several := record.get(name):
                yield name, several[0]
        yield "title", plain_line(self._text(record, "title"))
        if text := self._text(record, "text"):
            yield "text", text
        yield from self._where(record)
        if region := region_of(record, "place", self.provinces):
            yield "region", region
        if language := next(
            (each for each in record.get("language", ()) if each in TEXT_LANGUAGES), ""
        ):
            yield "language", language
        yield from self._corners(record)

    def _where(self, record: Record) -> Iterator[tuple[str, Any]]:
        """The place, the link, and which of both there is."""
        place, link = record.get("place", ""), record.get("link", "")
        if "://" in place and not link:
            place, link = "", place
        is_online = bool(place) and read_places(place).online
        link = link if "://" in link or not link else f"https://{link}"
        made = {
            "place": "" if is_online else place,
            "link": link,
            "mode": _mode(record, place, link, is_online=is_online),
        }
        yield from ((name, value) for name, value in made.items() if value)

    def _text(self, record: Record, name: str) -> str:
        text = record.get(name, "")
        plain = without_emails(text)
        if plain != text:
            self._note(record, address_left(), name)
        return plain

    def _corners(self, record: Record) -> Iterator[tuple[str, Any]]:
        """Areas and blocks, in the order of the coalition."""
        known, unknown = named_areas(record, self.areas)
        for each in unknown:
            self._note(record, area_left_open(each), "areas")
        order = {"areas": dict.fromkeys(self.areas.values()), "blocks": dict.fromkeys(Block.values)}
        for name, said in (("areas", known), ("blocks", record.get("blocks", ()))):
            if said:
                yield name, tuple(each for each in order[name] if each in said)

    def _note(self, record: Record, error: InvalidInput, *fields: str) -> None:
        self.notes.append(at(self.read, error, record.line, *fields))

    def _leave_out(self, record: Record, error: InvalidInput, *fields: str) -> None:
        plain = InvalidInput(error.code, error.message, hint=error.hint, **error.parameters)
        self.left_out.append(
            LeftOutLine(record.line, (at(self.read, plain, record.line, *fields),))
        )


def _mode(record: Record, place: str, link: str, *, is_online: bool) -> str:
    """Where it is: as it is said, or else by what is said of place and link."""
    if said := record.get("mode", ()):
        return "both" if len(said) > 1 else str(said[0])
    if is_online or (link and not place):
        return Activity.Mode.ONLINE.value
    if place:
        return (Activity.Mode.BOTH if link else Activity.Mode.SITE).value
    return ""
