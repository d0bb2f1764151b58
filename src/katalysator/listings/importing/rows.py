"""From the records of a sheet to what listings say: of one organisation, kind and market.

What is not understood where nothing hangs on it is left open and told; a row that cannot be used is
left out with its reason. Ways to reach a person are never taken in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from katalysator.cleaning import plain_line
from katalysator.coalition.filters import province_choices
from katalysator.coalition.importing.fields import areas_by_words
from katalysator.coalition.importing.known import of_another
from katalysator.coalition.models import Organisation
from katalysator.core.terms import Half, Several
from katalysator.engine.text import detect
from katalysator.faults import InvalidInput
from katalysator.importing.rows import SheetRow, SheetRows, address_left, at
from katalysator.listings.forms import MOST_SKILLS, SKILL_LENGTH, TITLE_LENGTH
from katalysator.listings.importing import remarks, values
from katalysator.listings.market import Market, markets
from katalysator.listings.models import Kind
from katalysator.listings.sheet_measures import MEASURES, measured
from katalysator.listings.sheet_states import is_over
from katalysator.listings.sheet_texts import joined_text, said_language
from katalysator.listings.standing import check_day
from katalysator.tables.names import words
from katalysator.tables.records import LeftOutLine, Record, Records
from katalysator.tables.values.days import Days
from katalysator.tables.values.people import without_emails

_COUNTRY: Final = "NL"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRow(SheetRow):
    """What one row says of a listing: also its terms, and the title and language that it has where it states none."""

    headline: str
    language: str
    terms: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """What the rows of a sheet are to become: listings of one organisation, kind and market."""

    organisation: Organisation
    kind: Kind
    market: type[Market]

    @property
    def half(self) -> Half:
        """The kind, as sheets and terms know it."""
        return "need" if self.kind is Kind.NEED else "offer"


def read_rows(read: Records, target: Target) -> SheetRows:
    """Read all rows of a sheet. Cost: one query, for the areas."""
    reading = _RowReading(
        read, target, areas_by_words(), {code for code, _name in province_choices()}
    )
    for record in read.records:
        reading.take(record)
    left_out = sorted((*read.left_out, *reading.left_out), key=lambda each: each.line.number)
    notes = (*read.remarks, *reading.notes)
    return SheetRows(read, tuple(reading.rows), tuple(left_out), notes)


@dataclass(slots=True)
class _RowReading:
    """Reads records one by one."""

    read: Records
    target: Target
    areas: Mapping[tuple[str, ...], str]
    provinces: set[str]
    rows: list[ListingRow] = field(default_factory=list)
    left_out: list[LeftOutLine] = field(default_factory=list)
    notes: list[InvalidInput] = field(default_factory=list)

    def take(self, record: Record) -> None:
        """Read one; one that counts no more, or is not of this organisation, kind or market, is left out."""
        if elsewhere := self._elsewhere(record):
            self.left_out.append(LeftOutLine(record.line, (elsewhere,)))
            return
        said, terms = self._said(record), self._terms(record)
        title, text = said.get("title", ""), said.get("text", "")
        self.rows.append(
            ListingRow(
                line=record.line,
                reference=record.get("id", ""),
                headline=title or values.headline(text.removeprefix(_question(record))),
                language=said.get("language") or detect(f"{title}\n{text}"),
                said=said,
                terms=terms,
            )
        )

    def _elsewhere(self, record: Record) -> InvalidInput | None:
        """Why a row belongs elsewhere, or nowhere any more, if it does."""
        if is_over(self.read.table, record.line):
            return self.read.table.at(remarks.is_over(), record.line.number)
        kinds = record.get("kind", (self.target.kind,))
        if self.target.kind not in kinds:
            return self._at(remarks.of_other_kind(self.target.kind), record, "kind")
        where = _market_named(record.get("market", ()))
        if where and where is not self.target.market:
            return self._at(remarks.of_other_market(where), record, "market")
        another = of_another(self.target.organisation, record.get("organisation", ""))
        return another and self._at(another, record, "organisation")

    def _said(self, record: Record) -> dict[str, Any]:
        title, text = self._texts(record)
        areas, regions = self._areas(record), self._regions(record)
        said = {
            "title": title,
            "text": text,
            "language": said_language(record),
            "areas": areas,
            "regions": regions,
            "skills": self._skills(record),
            "stands_until": self._stands_until(record),
            "areas_required": bool(areas and record.get("areas_required")),
            "region_required": bool(regions and record.get("region_required")),
        }
        return {name: value for name, value in said.items() if value}

    def _texts(self, record: Record) -> tuple[str, str]:
        """A title and a text; a title that is too long for one stands in the text too."""
        parts = [record.get("title", ""), joined_text(record)]
        title, text = (self._without_addresses(each, record) for each in parts)
        title = plain_line(title)
        if len(title) > TITLE_LENGTH:
            text = f"{title}\n{text}".strip()
        return values.headline(title), text

    def _without_addresses(self, text: str, record: Record) -> str:
        """The text without e-mail addresses."""
        plain = without_emails(text)
        if plain != text:
            self._note(address_left(), record, "text", "title")
        return plain.strip()

    def _areas(self, record: Record) -> tuple[str, ...]:
        insisted = record.get("areas_required")
        named = (*record.get("areas", ()), *(insisted if isinstance(insisted, tuple) else ()))
        found: dict[str, None] = {}
        for each in named:
            if slug := self.areas.get(words(each)):
                found[slug] = None
            else:
                self._note(remarks.no_area(each), record, "areas", "areas_required")
        return tuple(found)

    def _regions(self, record: Record) -> tuple[str, ...]:
        """The country and its provinces, as the form has them."""
        insisted = record.get("region_required")
        named = (*record.get("region", ()), *(insisted if isinstance(insisted, tuple) else ()))
        found: dict[str, None] = {}
        for code in named:
            if fitting := self._as_in_the_form(code):
                found.update(dict.fromkeys(fitting))
            else:
                self._note(remarks.region_abroad(code), record, "region", "region_required")
        return tuple(found)

    def _as_in_the_form(self, code: str) -> list[str]:
        if code == _COUNTRY or code[:4] in self.provinces:
            return [code[:4]]
        return sorted(each for each in self.provinces if each.startswith(code))

    def _skills(self, record: Record) -> tuple[str, ...]:
        named = dict.fromkeys(plain_line(each).lower() for each in record.get("skills", ()))
        short = tuple(each for each in named if 0 < len(each) <= SKILL_LENGTH)
        if len(short) < len(named) or len(short) > MOST_SKILLS:
            self._note(remarks.skills_left(), record, "skills")
        return short[:MOST_SKILLS]

    def _stands_until(self, record: Record) -> date | None:
        """The last day on which it is open; one that is over, or too far ahead, is left open and told."""
        said: Days | None = record.get("stands_until")
        day = (said.end or said.start) if said else None
        try:
            if day:
                check_day(day)
        except InvalidInput as error:
            self._note(error, record, "stands_until")
            return None
        return day

    def _terms(self, record: Record) -> dict[str, Any]:
        terms: dict[str, Any] = self._choices(record)
        terms["period"] = self._period(record)
        if "ticket" in self.target.market.terms:
            terms["ticket"] = dict(zip(("min", "max"), values.euros(record), strict=True))
        for name in MEASURES.keys() & self.target.market.terms.keys():
            terms[name] = measured(record, self.target.market.terms[name])
        names = ("capacity", "min_capacity")
        terms["capacity"] = {name: record.get(name) for name in names if record.get(name)}
        return {name: value for name, value in terms.items() if values.is_said(value)}

    def _choices(self, record: Record) -> dict[str, list[str]]:
        """The choices of the market's terms: each from a column of its own, or as “term:choice”."""
        offered = {
            name: term
            for name, term in self.target.market.terms.items()
            if isinstance(term, Several)
        }
        found = {name: list(record.get(name, ())) for name in offered if name != "level"}
        for each in record.get("level", ()):
            term, _colon, choice = each.rpartition(":")
            name = term.strip() or "level"
            if name in offered and choice.strip() in offered[name].choices:
                found.setdefault(name, []).append(choice.strip())
            else:
                self._note(remarks.no_choice(each), record, "level")
        return found

    def _period(self, record: Record) -> dict[str, str | None]:
        """Both ends; one that is only told about is left open."""
        whole, first, last = map(record.get, ("period", "period_start", "period_end"))
        days: dict[str, Days | None] = {"start": first or whole, "end": last or whole}
        about = {id(each): name for name, each in days.items() if each and each.approximate}
        for name in about.values():
            self._note(remarks.about_a_day(), record, f"period_{name}", "period")
        sure = {name: each for name, each in days.items() if each and not each.approximate}
        return {
            "min": values.first_day(sure.get("start"), first),
            "max": values.last_day(sure.get("end"), last),
        }

    def _note(self, error: InvalidInput, record: Record, *fields: str) -> None:
        self.notes.append(self._at(error, record, *fields))

    def _at(self, error: InvalidInput, record: Record, *fields: str) -> InvalidInput:
        return at(self.read, error, record.line, *fields)


def _question(record: Record) -> str:
    """What the first text of a row answers, which is no title; empty where it has none."""
    return str(next((header for header, _text in record.get("text", ())), ""))


def _market_named(labels: Iterable[str]) -> type[Market] | None:
    """The market that a cell names, where it names one."""
    said = {words(each) for each in labels}
    return next(
        (each for each in markets() if said & {words(each.slug), words(str(each.label))}), None
    )
