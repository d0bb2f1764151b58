"""Days and periods in a cell: “1 sept t/m 31 jan 2027”, “vanaf Q3 2026”, “2e helft 2026”.

Not by a general reader of dates: dateparser takes 2 ms for a cell (minutes for 100,000), knows no
quarters, seasons or ranges, and makes a day of any month, so that a wish becomes a fact.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.values import LONGEST_VALUE
from katalysator.tables.values.calendar_pieces import DaySpan, First, Piece, exists, impossible
from katalysator.tables.values.period_words import Said, Sentence


@dataclass(frozen=True, slots=True)
class Days:
    """The days from `start` to `end`, both included; None leaves an end open.

    Parameters
    ----------
    start, end
        The first and the last day.
    approximate
        Whether they are about right only: “medio 2026”, “zomer 2026”, or words that were not read.
    year_supposed
        Whether the cell names no year, so that the first such days from today on were taken.

    """

    start: date | None
    end: date | None
    approximate: bool = False
    year_supposed: bool = False

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise InvalidInput(
                "period-reversed",
                _("The period ends on %(end)s, before it starts on %(start)s."),
                hint=_("Change one of the two dates, or let them trade places."),
                start=self.start,
                end=self.end,
            )


_ALWAYS: Final = re.compile(
    r"(?<!niet )(?<!not )\b(?:doorlopend|ongoing|continue?|continuous(?:ly)?|altijd|always|permanent|structureel|"
    r"(?:het )?(?:hele|gehele) jaar(?: door)?|jaarrond|(?:all|whole) year(?:[ -]round)?|year[ -]round|ganzjahrig|laufend|"
    r"onbepaald(?:e tijd)?|onbeperkt|indefinite(?:ly)?|unlimited|open[ -]end(?:ed)?|geen einddatum|no end date|"
    r"elk moment|any ?time|te allen tijde|tot nader order|until further notice)\b"
)
_TIMES: Final = re.compile(
    r"(?:(?<=[0-9])t|\b)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:z\b|[+-][0-9]{2}:?[0-9]{2}\b)?(?: ?- ?[0-9]{1,2}:[0-9]{2})?(?: ?(?:uur|u|h|am|pm)\b)?"
    r"|\b[0-9]{1,2}(?:\.[0-9]{2})?(?: ?- ?[0-9]{1,2}(?:\.[0-9]{2})?)? ?(?:uur|u|h|hrs|am|pm)\b"
)
_LASTING: Final = re.compile(
    r"(?:\b(?:voor|gedurende|for|during|duur:?) )?\b([0-9]{1,3}) ?(dag|dagen|days?|we(?:ek|ken|eks)|wk|wkn|mnd|maand(?:en)?|months?|jaar|jaren|years?)\b"
    r"(?! ?(?:[0-9]{1,2}\b(?![-/.])|van\b|per\b|p/|/|a\b|elke\b))"
)
_IN_FIGURES: Final = re.compile(
    r"(?<![0-9./-])([0-9]{1,2})([-/.])([0-9]{1,2})\2(?:[0-9]{4}|[0-9]{2})(?![0-9./-])"
)
_DUTCH: Final = re.compile(
    r"\b(?:januari|februari|maart|mrt|mei|juni|juli|augustus|oktober|okt|vanaf|tot|t/m|uiterlijk|doorlopend|"
    r"kwartaal|voorjaar|zomer|najaar|na de|zsm)\b",
    re.IGNORECASE,
)
_ISO_DAY: Final = re.compile(r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_YEARS_AHEAD: Final = 9  # 29 February comes at least once in them


def read_days(text: str, *, today: date, first: First = None) -> Days | None:
    """The days that a cell tells; None where it tells none, such as “in overleg” or “na de zomer”.

    “Voor 1 januari” ends the day before; “tot 1 januari” ends on it, since people mean that as
    often. A month or a season without a year tells nothing; a day, a week or a quarter does.

    Parameters
    ----------
    text
        The cell.
    today
        The day from which days without a year are sought.
    first
        What goes first in 03/04/2026; see `day_first`.

    Raises
    ------
    InvalidInput
        The cell can be read as different days, names one that does not exist, or ends before it
        starts.

    Notes
    -----
    Cost: some 50 µs for a cell.

    """
    line = _plain(text) if len(text) <= LONGEST_VALUE else ""
    if _ISO_DAY.fullmatch(line) and exists(*map(int, line.split("-"))):
        return Days(date.fromisoformat(line), date.fromisoformat(line))
    always = bool(_ALWAYS.search(line))
    lasting = _LASTING.search(line)
    sentence = Sentence(text, first or day_first([line]))
    sentence.read(_LASTING.sub(" ", _ALWAYS.sub(" ", line)))
    try:
        days = _days(sentence, today)
    except ValueError as error:  # 29 February, or week 53, in a year without
        raise impossible(text) from error
    if days is None:
        return Days(None, None) if always else None
    return _lasting(days, lasting) if lasting else days


def _days(sentence: Sentence, today: date) -> Days | None:
    """What is said, where its words leave no doubt that days are meant."""
    said = sentence.said
    supposed = not any(one.piece.year for one in said)
    if not said or (sentence.strange and (supposed or _too_vague(said))):
        return None
    found = _spans([one.piece for one in said], today)
    days = _bounded(said, found) if found else None
    if days is None:
        return None
    about = sentence.about or sentence.strange or any(one.piece.vague for one in said)
    return replace(days, approximate=about or supposed, year_supposed=supposed)


def _lasting(days: Days, found: re.Match[str]) -> Days:
    """The days with an end that follows from how long they last: “10 weken vanaf 1 maart”."""
    if not days.start:
        return days
    end = _later(days.start, int(found[1]), found[2][0])
    short = days.end is None or ((days.end - days.start).days <= 31 and days.end < end)
    return replace(days, end=end, approximate=True) if short else days


def _later(day: date, count: int, unit: str) -> date:
    if unit in "dw":
        return day + timedelta(days=count * (7 if unit == "w" else 1))
    years, month = divmod(day.month - 1 + count * (1 if unit == "m" else 12), 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def day_first(cells: Iterable[str]) -> First:
    """What goes first in the dates of a column, by those that can be read in one way only.

    Where no date is sure, one with dashes or dots tells, or a Dutch word: whoever writes so puts
    the day first. None where nothing tells, or the column has sure dates of both kinds.
    """
    by_day = by_month = european = False
    for cell in (cell for cell in cells if len(cell) <= LONGEST_VALUE):
        for one, sign, other in _IN_FIGURES.findall(cell):
            by_day |= int(one) > 12 >= int(other)
            by_month |= int(other) > 12 >= int(one)
            european |= sign != "/"
        european |= bool(_DUTCH.search(cell))
    if by_day or by_month:
        return None if by_day and by_month else "day" if by_day else "month"
    return "day" if european else None


def _plain(text: str) -> str:
    """The text in small letters without accents, with one kind of dash and quote, without times."""
    text = re.sub("[−–—‒‐‑]", "-", re.sub("[’‘´`]", "'", text.casefold()))
    text = "".join(
        sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign)
    )
    return " ".join(_TIMES.sub(" ", text).split())


def _too_vague(said: Sequence[Said]) -> bool:
    """Whether only years are named, so that the words around them decide: “oogst 2026”."""
    return not any(one.bound for one in said) and all(
        (one.piece.lies(2001)[1] - one.piece.lies(2001)[0]).days >= 364 for one in said
    )


def _spans(pieces: Sequence[Piece], today: date) -> list[DaySpan] | None:
    """Where the pieces lie; those without a year beside those with one, or soon after today."""
    if not any(piece.year for piece in pieces):
        if any(piece.repeats for piece in pieces):
            return None
        return _soon(pieces, today)
    named = [place for place, piece in enumerate(pieces) if piece.year]
    found: list[DaySpan] = []
    for place, one in enumerate(pieces):
        year = one.year or pieces[_nearest(named, place)].year or 0
        span = one.lies(year)
        if not one.year:
            span = _beside(one, year, pieces, _nearest(named, place), place)
        found.append(span)
    return found


def _nearest(named: Sequence[int], place: int) -> int:
    """The place of the piece that lends its year: the next one that has one, or the last one."""
    return next((other for other in named if other >= place), named[-1])


def _beside(one: Piece, year: int, pieces: Sequence[Piece], lender: int, place: int) -> DaySpan:
    """A piece in the year of another, or in the one before or after, to keep their order."""
    span, other = one.lies(year), pieces[lender].lies(year)
    if place < lender and span[0] > other[0]:
        return one.lies(year - 1)
    return one.lies(year + 1) if place > lender and span[1] < other[0] else span


def _soon(pieces: Sequence[Piece], today: date) -> list[DaySpan] | None:
    """The first such days that are not over yet."""
    for year in range(today.year - 1, today.year + _YEARS_AHEAD):
        found: list[DaySpan] = []
        with suppress(ValueError):
            for one in pieces:
                span = one.lies(year)
                found.append(one.lies(year + 1) if found and span[0] < found[-1][0] else span)
            if found[-1][1] >= today:
                return found
    return None


def _bounded(said: Sequence[Said], spans: Sequence[DaySpan]) -> Days | None:
    """The period that the words around the pieces make of them."""
    first, last = said[0], said[-1]
    opens, closes = first.bound in {"until", "before"}, last.bound in {"from", "after"}
    if opens and closes:
        return None
    is_range = last.dash or last.bound in {"until", "before"}
    closes |= first.bound in {"from", "after"} and not is_range
    day = timedelta(days=1)
    start = spans[0][0] if is_range else min(start for start, _end in spans)
    end = spans[-1][1] if is_range else max(end for _start, end in spans)
    start = spans[0][1] + day if first.bound == "after" else start
    end = spans[-1][0] - day if last.bound == "before" else end
    return Days(None if opens else start, None if closes else end)
