"""The markets that there are. A room declares its own in `markets.py`; nothing else needs to know.

A market says what may be posted, in which blocks, on which terms, and which of these are hard.
"""

from collections.abc import Iterator
from typing import ClassVar, get_args

from django.utils.functional import Promise
from pydantic import BaseModel, ConfigDict

from katalysator.coalition.blocks import Block


class Terms(BaseModel):
    """What is agreed upon in one market. A field is a list of choices, each with its label."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Hard:
    """Marks a term on which both sides must share a choice."""


class Soft:
    """Marks a term that is shown and searched, and does not refuse a match."""


class Market:
    """One kind of need and offer. Subclass it in a room's `markets.py` and register it.

    `need_example` and `offer_example` say in a sentence what each side posts here. `has_ticket`:
    both sides name an amount, and the two ranges must overlap. `offers_may_ask`: here an offer
    reads as a question (a firm with a place asks for a student), so asking is not held against it.
    """

    slug: ClassVar[str]
    label: ClassVar[str | Promise]
    need_example: ClassVar[str | Promise]
    offer_example: ClassVar[str | Promise]
    blocks: ClassVar[tuple[Block, ...]]
    terms: ClassVar[type[Terms]] = Terms
    term_labels: ClassVar[dict[str, str | Promise]] = {}
    choice_labels: ClassVar[dict[str, str | Promise]] = {}
    has_ticket: ClassVar[bool] = False
    offers_may_ask: ClassVar[bool] = False

    @classmethod
    def choices(cls, term: str) -> list[tuple[str, str | Promise]]:
        """The choices of a term with their labels."""
        (choice_type,) = get_args(cls.terms.model_fields[term].annotation)
        return [(value, cls.choice_labels[value]) for value in get_args(choice_type)]

    @classmethod
    def hard_terms(cls) -> tuple[str, ...]:
        """Terms on which both sides must share a choice."""
        fields = cls.terms.model_fields.items()
        return tuple(name for name, field in fields if Hard in field.metadata)


_markets: dict[str, type[Market]] = {}


def register(market: type[Market]) -> type[Market]:
    """Add a market to the coalition; its name must be new."""
    if market.slug in _markets:
        raise ValueError(f"There is a market {market.slug!r} already.")
    _markets[market.slug] = market
    return market


def market(slug: str) -> type[Market]:
    """The market with this name; KeyError where there is none."""
    return _markets[slug]


def markets() -> Iterator[type[Market]]:
    """All markets, in the order in which the rooms declared them."""
    return iter(_markets.values())
