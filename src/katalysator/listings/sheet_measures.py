"""What the columns of a sheet state of the terms with a number or an amount, as the terms take it."""

from collections.abc import Mapping
from typing import Any, Final

from katalysator.core.terms import Range, Term
from katalysator.tables.records import Record

MEASURES: Final[Mapping[str, tuple[str, ...]]] = {
    "days_a_week": ("days_a_week",),
    "hours_a_week": ("hours_a_week_min", "hours_a_week_max", "hours_a_week"),
    "monthly_pay": ("monthly_pay_min", "monthly_pay_max", "monthly_pay"),
    "course_fee": ("course_fee",),
}
"""The terms of which a sheet may state a number, with the fields that do."""


def measured(record: Record, term: Term) -> Any:
    """What a row states of one of the `MEASURES`; None for nothing."""
    whole = record.get(term.name)
    if not isinstance(term, Range):
        return None if whole is None else _text(_last(whole.high, whole.low))
    least, most = map(record.get, term.names)
    low = _last(least.low, least.high) if least else whole and whole.low
    high = _last(most.high, most.low) if most else whole and whole.high
    return None if low is None and high is None else {"min": _text(low), "max": _text(high)}


def _last(one: Any, other: Any) -> Any:
    return other if one is None else one


def _text(number: Any) -> str | None:
    return None if number is None else str(number)
