"""What a market is, and the markets that there are. A room declares its own in `markets.py`.

A market says what may be posted, in which blocks, and on which terms.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from math import inf
from pathlib import Path
from typing import Any, ClassVar, Final

from katalysator.coalition.blocks import Block
from katalysator.core.terms import DateRange, Half, LabelText, Places, Term
from katalysator.faults import InvalidInput, gettext_noop


class Market:
    """One kind of need and offer. Subclass it in a room's `markets.py` and register it.

    A term is an attribute: ``stage = Several(_("Stage"), {"seed": _("First round")}, hard=True)``.
    `need_example` and `offer_example` say in a sentence what each side posts here. `offers_may_ask`:
    here an offer reads as a question (a firm with a place asks for a student), so asking is not held
    against it. `in_own_name`: people post here in their own name too, such as a teacher or a student.
    `places_help` says what regions mean here, where that is more than where it happens.
    """

    slug: ClassVar[str]
    label: ClassVar[LabelText]
    need_example: ClassVar[LabelText]
    offer_example: ClassVar[LabelText]
    blocks: ClassVar[tuple[Block, ...]]
    offers_may_ask: ClassVar[bool] = False
    in_own_name: ClassVar[bool] = False
    places_help: ClassVar[LabelText] = ""
    terms: ClassVar[Mapping[str, Term]]
    """All its terms by name: its own in the order of declaration, then those of every market."""

    period = DateRange()
    capacity = Places()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        names = [name for each in cls.__mro__ for name in vars(each)]
        found = {name: getattr(cls, name) for name in names}
        cls.terms = {name: term for name, term in found.items() if isinstance(term, Term)}

    @classmethod
    def own_terms(cls) -> dict[str, Term]:
        """The terms that other markets need not have."""
        return {name: term for name, term in cls.terms.items() if not term.kept_in}

    @classmethod
    def hard_terms(cls) -> dict[str, Term]:
        """The terms on which both sides must agree."""
        return {name: term for name, term in cls.terms.items() if term.hard}

    @classmethod
    def clean(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values of all terms as they are kept; raises InvalidInput at the first that is wrong."""
        for name in values:
            if name not in cls.terms:
                raise InvalidInput(
                    "term-unknown",
                    gettext_noop("There is no term “%(term)s” in this market."),
                    hint=gettext_noop("Its terms are: %(terms)s."),
                    term=name,
                    terms=tuple(cls.terms),
                ).at(name)
        return {name: term.clean(values.get(name)) for name, term in cls.terms.items()}

    @classmethod
    def missing(cls, values: Mapping[str, Any]) -> list[Term]:
        """The terms that are to be stated before a listing is published, and are not."""
        return [
            term for name, term in cls.terms.items() if term.required and values.get(name) is None
        ]

    @classmethod
    def labels(cls, values: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        """The choices of hard terms, of which both sides must share one, by term."""
        chosen = {name: term.labels(values.get(name)) for name, term in cls.hard_terms().items()}
        return {name: choices for name, choices in chosen.items() if choices}

    @classmethod
    def ranges(cls, half: Half, values: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
        """The intervals of hard terms, which must overlap those of the other side, by term."""
        found = {
            name: term.interval(half, values.get(name)) for name, term in cls.hard_terms().items()
        }
        return {name: interval for name, interval in found.items() if interval is not None}


_markets: Final[dict[str, type[Market]]] = {}


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


def noted_of(market: str) -> tuple[str, ...]:
    """The subjects under which writes to a market are noted (`core/changes.py`): to all of it, and to its halves."""
    return market, f"{market} need", f"{market} offer"


def declared() -> Iterator[type[Market]]:
    """All markets of the house, also where Django does not run: each room's `markets.py` is read."""
    house = Path(__file__).parents[1]
    for file in sorted(house.glob("*/markets.py")):
        import_module(f"{house.name}.{file.parent.name}.markets")
    return markets()


@cache
def all_hard_terms() -> Mapping[str, Term]:
    """The hard terms of all markets of the house, by name."""
    return {name: term for each in declared() for name, term in each.hard_terms().items()}


def stored_ranges(ranges: Mapping[str, tuple[float, float]]) -> dict[str, dict[str, float]]:
    """Intervals as the table keeps them: an end that is open is left out."""
    return {
        name: {end: at for end, at in (("low", low), ("high", high)) if abs(at) < inf}
        for name, (low, high) in ranges.items()
    }
