"""What several cells of a row say together."""

from textwrap import shorten
from typing import Any

from katalysator.cleaning import plain_line
from katalysator.listings.forms import TITLE_LENGTH
from katalysator.tables.records import Record
from katalysator.tables.values.days import Days


def headline(text: str) -> str:
    """The beginning of a text as its title."""
    first = plain_line(text.strip().split("\n")[0])
    if len(first) <= TITLE_LENGTH:
        return first
    short = shorten(first, TITLE_LENGTH, placeholder="…")
    return short if len(short) > 1 else f"{first[: TITLE_LENGTH - 1]}…"  # one long word


def euros(record: Record) -> tuple[str | None, str | None]:
    """The lowest and the highest amount that are named."""
    whole, least, most = map(record.get, ("amount", "ticket_min", "ticket_max"))
    low = (least.low if least.low is not None else least.high) if least else whole and whole.low
    high = (most.high if most.high is not None else most.low) if most else whole and whole.high
    return (None if low is None else str(low)), (None if high is None else str(high))


def first_day(days: Days | None, own: Days | None) -> str | None:
    """The day that a period begins; a column of its own may name it as the last of something."""
    day = days and (days.start or (own and own.end))
    return day.isoformat() if day else None


def last_day(days: Days | None, own: Days | None) -> str | None:
    """The day that a period ends; a column of its own may name it as the first of something."""
    day = days and (days.end or (own and own.start))
    return day.isoformat() if day else None


def is_said(value: Any) -> bool:
    """Whether anything is stated: of a value of several parts, one of those."""
    return (
        any(each is not None for each in value.values()) if isinstance(value, dict) else bool(value)
    )
