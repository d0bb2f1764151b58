"""The matches of a listing as its page lays them out: what fits in front, the weak ones folded."""

from collections.abc import Sequence
from dataclasses import dataclass

from katalysator.engine.matching import Strength
from katalysator.matches.cards import MatchCard

NEAREST = 3  # weak matches in the open where nothing fits better


@dataclass(frozen=True, slots=True)
class MatchFolding:
    """Matches, the best first: `fitting` is strong or good, `nearest` and `folded` are weak."""

    fitting: Sequence[MatchCard]
    nearest: Sequence[MatchCard]
    folded: Sequence[MatchCard]

    @property
    def strong(self) -> int:
        """How many are strong."""
        return sum(card.strength == Strength.STRONG for card in self.fitting)

    @property
    def good(self) -> int:
        """How many are good, and not more than that."""
        return len(self.fitting) - self.strong


def folded(cards: Sequence[MatchCard]) -> MatchFolding:
    """Lay the matches out, in their order."""
    fitting = [card for card in cards if card.strength != Strength.WEAK]
    weak = [card for card in cards if card.strength == Strength.WEAK]
    near = 0 if fitting else NEAREST
    return MatchFolding(fitting, nearest=weak[:near], folded=weak[near:])
