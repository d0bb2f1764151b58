"""What shows that an allocation is what it is said to be: a bound, or no blocking pairs."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from math import ceil, floor
from typing import Any

from katalysator.core.language import number, plural, say


@dataclass(frozen=True, slots=True)
class Certified:
    """An allocation for the highest total score, and how far below the best it may be."""

    value: float
    bound: float
    gap: float
    rounds: int

    def as_json(self) -> dict[str, Any]:
        """The certificate by name."""
        return {"method": "optimal", **asdict(self)}

    def sentences(self) -> Iterator[str]:
        """Rounded so that nothing sounds better than it is."""
        value = lower(self.value)
        if self.gap == 0.0:
            yield say("Total score: %(value)s. This is the best possible, proven.", value=value)
            return
        yield say(
            "Total score: %(value)s. Nobody can reach more than %(bound)s with these pairs and "
            "seats, so this is at most %(gap)s %% below the best possible.",
            value=value,
            bound=number(ceil(self.bound * 100) / 100, 2),
            gap=percent(self.gap),
        )


@dataclass(frozen=True, slots=True)
class Settled:
    """A stable matching, and the pairs that would undo it, counted without trusting its maker."""

    value: float
    blocking_pairs: int
    proposals: int

    def as_json(self) -> dict[str, Any]:
        """The figures by name."""
        return {"method": "stable", **asdict(self)}

    def sentences(self) -> Iterator[str]:
        """The total, and what matters more here."""
        yield say("Total score: %(value)s.", value=lower(self.value))
        blocking = plural(
            "%(count)s blocking pair, counted afterwards: a person and an opening that would both "
            "rather have each other than what they got.",
            "%(count)s blocking pairs, counted afterwards: a person and an opening that would both "
            "rather have each other than what they got.",
            self.blocking_pairs,
        )
        yield blocking % {"count": number(self.blocking_pairs)}


Proof = Certified | Settled


def lower(value: float) -> str:
    """A total score, rounded down."""
    return number(floor(value * 100) / 100, 2)


def percent(part: float) -> str:
    """A part of 1 in percent, rounded up."""
    return number(ceil(part * 100_000) / 1_000, 3)
