"""What stands on the page of talent: a card of each part, for whom that is meant."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

_CARDS: Final[list["TalentCard"]] = []


@dataclass(frozen=True, slots=True)
class TalentCard:
    """A way to a part of talent; `is_for` says to whom it is shown."""

    position: int
    page: str
    title: Any
    text: Any
    is_for: Callable[[Any], bool]


def add_card(
    page: str,
    title: Any,
    text: Any,
    *,
    position: int,
    is_for: Callable[[Any], bool] = lambda _person: True,
) -> None:
    """Put a card on the page: the name of the address it leads to, and lazy texts."""
    _CARDS.append(TalentCard(position, page, title, text, is_for))


def cards_for(person: Any) -> Sequence[TalentCard]:
    """The cards that somebody sees, in their order."""
    return sorted(
        (card for card in _CARDS if card.is_for(person)),
        key=lambda card: (card.position, card.page),
    )
