"""Numbers in a cell, one or two, with what they count: “24”, “24-36 uur”, “max. 2,5 dag”."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_NUMBER: Final = r"[0-9]{1,6}(?:[.,][0-9]{1,2})?"
_CELL: Final = re.compile(
    rf"""
    (?P<bound>vanaf|minimaal|minimum|minstens|min\.?|at\ least|from|maximaal|maximum|hooguit|max\.?|at\ most|up\ to|tot)?
    \s*(?P<low>{_NUMBER})(?:\s*(?:-|–|tot(?:\ en\ met)?|t/m|à|to)\s*(?P<high>{_NUMBER}))?
    \s*(?:uur|uren|u|hours?|h|hrs?|dag|dagen|days?)?
    (?:\s*(?:/|per|a|p\.)\s*(?:week|wk|w))?\.?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_AT_LEAST: Final = ("vanaf", "min", "at least", "from")


@dataclass(frozen=True, slots=True)
class Numbers:
    """From `low` to `high`, both included; None leaves an end open."""

    low: Decimal | None
    high: Decimal | None


def read_numbers(text: str) -> Numbers | None:
    """The numbers that a cell tells, from the least to the most; None where it tells none.

    >>> read_numbers("24 - 36 uur")
    Numbers(low=Decimal('24'), high=Decimal('36'))
    """
    found = _CELL.fullmatch(text.strip())
    if found is None:
        return None
    low, high = (
        None if each is None else Decimal(each.replace(",", "."))
        for each in found.group("low", "high")
    )
    bound = (found["bound"] or "").lower()
    if high is None and bound:
        return Numbers(low, None) if bound.startswith(_AT_LEAST) else Numbers(None, low)
    return Numbers(low, low if high is None else high)
