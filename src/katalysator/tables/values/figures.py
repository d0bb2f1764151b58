"""How people write amounts of euros in figures: thousands, decimals, and words such as “mln”.

`core.money` reads one amount strictly by it, `tables.values.amounts` finds amounts in a cell.
"""

import re
from fractions import Fraction
from typing import Final

from katalysator.faults import InvalidInput, gettext_noop as _

FACTORS: Final = {
    **dict.fromkeys(("k", "duizend", "thousand"), 1_000),
    **dict.fromkeys(("m", "mln", "mio", "miljoen", "million"), 1_000_000),
    **dict.fromkeys(("mld", "miljard", "bn", "billion"), 1_000_000_000),
}
"""What a word behind a number multiplies it by."""

_GROUPED: Final = re.compile(
    r"[1-9][0-9]{0,2}([., ])[0-9]{3}(?:\1[0-9]{3})*(?:(?!\1)[.,][0-9]{1,2})?"
)
_ONE_GROUP: Final = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_CENTS: Final = re.compile(r"[0-9]+(?:[.,][0-9]{1,2})?")
_FRACTION: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


def figure(number: str, factor: int, text: str) -> Fraction | None:
    """A number in Dutch or English notation times a factor; None where it is no amount.

    A lone separator before three digits groups thousands (“1.250” is 1250). Before a word such as
    “mln” it could as well be a decimal sign, and `text`, where the number stands, is refused.
    """
    if factor > 1 and _ONE_GROUP.fullmatch(number):
        raise refused(
            "money-ambiguous", _("“%(text)s” can be read as two different amounts."), text
        )
    if grouped := _GROUPED.fullmatch(number):
        number = number.replace(grouped[1], "")
    elif not (_CENTS if factor == 1 else _FRACTION).fullmatch(number):
        return None
    return Fraction(number.replace(",", ".")) * factor


def refused(code: str, message: str, text: str) -> InvalidInput:
    """The fault of a text that is not one amount, and how to write it."""
    hint = _("Write the amount in euros, such as 1250, 1.250,50 or 1.2 mln.")
    return InvalidInput(code, message, hint=hint, text=text)
