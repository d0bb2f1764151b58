"""Money in euros, kept as whole cents, and ranges of it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, Self

from babel.numbers import format_currency

from katalysator.core.language import locale
from katalysator.faults import InvalidInput, gettext_noop
from katalysator.tables.values.figures import FACTORS, figure, refused

LARGEST_CENTS: Final = 10**14
"""A million million euros: more than any programme, and it fits a 64-bit column."""

_AMOUNT: Final = re.compile(
    r"(?P<minus>-)? ?(?:€|euro?)? ?(?P<inner_minus>-)?(?P<number>[0-9][0-9., ]{0,30}?)(?:,--?|,=)?"
    rf" ?(?P<unit>{'|'.join(FACTORS)})?\.? ?(?:€|euro?)?"
)


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
        factor = FACTORS.get(match["unit"], 1) if match else 1
        euros = figure(match["number"], factor, text) if match else None
        if match is None or euros is None:
            message = gettext_noop("“%(text)s” is not an amount in euros.")
            raise refused("money-format", message, text)
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


def _whole_cents(euros: Fraction, text: str) -> int:
    cents = euros * 100
    if cents.denominator != 1:
        message = gettext_noop("“%(text)s” is not a whole number of cents.")
        raise refused("money-cents", message, text)
    if cents > LARGEST_CENTS:
        raise refused("money-large", gettext_noop("“%(text)s” is more than we can hold."), text)
    return cents.numerator
