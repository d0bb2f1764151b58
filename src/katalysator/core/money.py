"""Money in euros, kept as whole cents, and ranges of it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, Self

from babel.numbers import format_currency

from katalysator.core.language import locale
from katalysator.faults import InvalidInput, gettext_noop

LARGEST_CENTS: Final = 10**14
"""A million million euros: more than any programme, and it fits a 64-bit column."""

_FACTORS: Final = {
    **dict.fromkeys(("k", "duizend", "thousand"), 1_000),
    **dict.fromkeys(("m", "mln", "mio", "miljoen", "million"), 1_000_000),
    **dict.fromkeys(("mld", "miljard", "bn", "billion"), 1_000_000_000),
}
_AMOUNT: Final = re.compile(
    r"(?P<minus>-)? ?(?:€|euro?)? ?(?P<inner_minus>-)?(?P<number>[0-9][0-9., ]{0,30}?)(?:,--?|,=)?"
    rf" ?(?P<unit>{'|'.join(_FACTORS)})?\.? ?(?:€|euro?)?"
)
_GROUPED: Final = re.compile(
    r"[1-9][0-9]{0,2}([., ])[0-9]{3}(?:\1[0-9]{3})*(?:(?!\1)[.,][0-9]{1,2})?"
)
_ONE_GROUP: Final = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_CENTS: Final = re.compile(r"[0-9]+(?:[.,][0-9]{1,2})?")
_FRACTION: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in euros, counted in cents."""

    cents: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an amount in Dutch or English notation, such as “€ 1.250,50”, “1,250.50” or “250k”.

        A lone separator before three digits groups thousands (“1.250” is 1250 euros). Before a word
        such as “mln” it could as well be a decimal sign, and the amount is refused.
        """
        match = _AMOUNT.fullmatch(" ".join(text.lower().replace("−", "-").split()))
        if not match:
            raise _refused(
                "money-format", gettext_noop("“%(text)s” is not an amount in euros."), text
            )
        euros = _euros(match["number"], _FACTORS.get(match["unit"], 1), text)
        cents = _whole_cents(euros, text)
        return cls(-cents if match["minus"] or match["inner_minus"] else cents)

    def __str__(self) -> str:
        """As people write it; whole euros without cents."""
        spoken = locale()
        pattern = spoken.currency_formats["standard"].pattern
        if self.cents % 100 == 0:
            pattern = pattern.replace(".00", "")
        euros = Decimal(self.cents) / 100
        return format_currency(euros, "EUR", pattern, spoken, currency_digits=False)


@dataclass(frozen=True, slots=True)
class MoneyRange:
    """Amounts from `min` to `max`, both included; None leaves an end open."""

    min: Money | None = None
    max: Money | None = None

    def __post_init__(self) -> None:
        if self.min and self.max and self.max < self.min:
            raise InvalidInput(
                "range-reversed",
                gettext_noop("The highest amount, %(max)s, is below the lowest, %(min)s."),
                hint=gettext_noop("Change one of the two amounts, or let them trade places."),
                min=self.min,
                max=self.max,
            )


def _euros(number: str, factor: int, text: str) -> Fraction:
    if factor > 1 and _ONE_GROUP.fullmatch(number):
        message = gettext_noop("“%(text)s” can be read as two different amounts.")
        raise _refused("money-ambiguous", message, text)
    if grouped := _GROUPED.fullmatch(number):
        number = number.replace(grouped[1], "")
    elif not (_CENTS if factor == 1 else _FRACTION).fullmatch(number):
        raise _refused("money-format", gettext_noop("“%(text)s” is not an amount in euros."), text)
    return Fraction(number.replace(",", ".")) * factor


def _whole_cents(euros: Fraction, text: str) -> int:
    cents = euros * 100
    if cents.denominator != 1:
        message = gettext_noop("“%(text)s” is not a whole number of cents.")
        raise _refused("money-cents", message, text)
    if cents > LARGEST_CENTS:
        raise _refused("money-large", gettext_noop("“%(text)s” is more than we can hold."), text)
    return cents.numerator


def _refused(code: str, message: str, text: str) -> InvalidInput:
    hint = gettext_noop("Write the amount in euros, such as 1250, 1.250,50 or 1.2 mln.")
    return InvalidInput(code, message, hint=hint, text=text)
