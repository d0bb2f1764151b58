"""What shows that an allocation is what it is said to be: a bound, or no blocking pairs."""

from dataclasses import asdict, dataclass
from math import ceil, floor
from typing import Any

from katalysator.cli.sentences import decimal, say
from katalysator.core.language import Language, gettext_noop


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

    def sentences(self, language: Language) -> list[str]:
        """Rounded so that nothing sounds better than it is."""
        value, bound = (
            lower(self.value, language),
            decimal(ceil(self.bound * 100) / 100, 2, language),
        )
        if self.gap == 0.0:
            best = gettext_noop("Total score: %(value)s. This is the best possible, proven.")
            return [say(best, language, value=value)]
        sentence = gettext_noop(
            "Total score: %(value)s. Nobody can reach more than %(bound)s with these pairs and "
            "seats, so this is at most %(gap)s %% below the best possible."
        )
        gap = percent(self.gap, language)
        return [say(sentence, language, value=value, bound=bound, gap=gap)]


@dataclass(frozen=True, slots=True)
class Settled:
    """A stable matching, and the pairs that would undo it, counted without trusting its maker."""

    value: float
    blocking_pairs: int
    proposals: int

    def as_json(self) -> dict[str, Any]:
        """The figures by name."""
        return {"method": "stable", **asdict(self)}

    def sentences(self, language: Language) -> list[str]:
        """The total, and what matters more here."""
        total = gettext_noop("Total score: %(value)s.")
        blocking = gettext_noop(
            "%(count)s blocking pairs, counted afterwards: a person and an opening that would both "
            "rather have each other than what they got."
        )
        return [
            say(total, language, value=lower(self.value, language)),
            say(blocking, language, count=self.blocking_pairs),
        ]


Proof = Certified | Settled


def lower(value: float, language: Language) -> str:
    """A total score, rounded down."""
    return decimal(floor(value * 100) / 100, 2, language)


def percent(part: float, language: Language) -> str:
    """A part of 1 in percent, rounded up."""
    return decimal(ceil(part * 100_000) / 1_000, 3, language)
