"""What operands are compared as: words, regions, moments, numbers and lengths of time, read from what a policy says.

What cannot be read is None, and a comparison with it is unknown.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final, TypeAlias

from katalysator.dataspace.policies.profile import OperandKind

OperandValue: TypeAlias = str | datetime | Decimal | timedelta

_PERIOD: Final = re.compile(
    r"P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})S)?)?"
)
_LONGEST: Final = 100  # letters of a number or a moment


def values(told: Any, kind: OperandKind) -> list[OperandValue] | None:
    """The values that a right operand says, one or several; None where one cannot be read."""
    several: Sequence[Any] = told if isinstance(told, list) else [told]
    found = [_value(_plain(each), kind) for each in several]
    read = [each for each in found if each is not None]
    return read if len(read) == len(found) and read else None


def _plain(told: Any) -> str | None:
    """The text of a value, also of one that says its type or its address."""
    if isinstance(told, dict):
        told = told.get("@value", told.get("@id"))
    return told if isinstance(told, str) else None


def _value(text: str | None, kind: OperandKind) -> OperandValue | None:
    if text is None or not text.strip():
        return None
    match kind:
        case OperandKind.WORD:
            return text.strip()
        case OperandKind.PLACE:
            return text.strip().upper()
        case OperandKind.MOMENT:
            return moment(text)
        case OperandKind.NUMBER:
            return _number(text)
        case OperandKind.PERIOD:
            return period(text)


def moment(text: str) -> datetime | None:
    """A moment with its zone; one without is none, but for a day, which begins at midnight UTC."""
    try:
        found = datetime.fromisoformat(text.strip()[:_LONGEST])
    except ValueError:
        return None
    if found.tzinfo is None:
        return found.replace(tzinfo=UTC) if len(text.strip()) == len("2026-01-01") else None
    return found


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.strip()[:_LONGEST])
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def period(text: str) -> timedelta | None:
    """A length of time in weeks, days, hours, minutes and seconds; months and years have none."""
    found = _PERIOD.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        return None
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in found.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
