"""What a deed for many is: what it does to one record, and how that is undone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from katalysator.core.actors import Actor
from katalysator.core.filters import Choices
from katalysator.core.language import translate

Before: TypeAlias = dict[str, Any]
Do: TypeAlias = Callable[[Any, str, Actor], Before | None]
Undo: TypeAlias = Callable[[Any, Before, Actor], object]


@dataclass(frozen=True, slots=True)
class BulkDeed:
    """One deed.

    Parameters
    ----------
    name
        Its name in addresses and in what is kept.
    msgid
        Its English text on a button.
    do, undo
        Do it to one record, which gives what undoing puts back, or None where there was nothing to do; undo that,
        with what was before. `undo` is None for what cannot be taken back, as letters go out.
    asks
        The English question for the value that it needs; none where it is empty.
    choices
        What the value is one of; any text where there is none.
    long
        Whether that text may have several lines.
    most
        Characters of that text.
    about
        The kind of record that it is about, as `BulkLine` names it.

    """

    name: str
    msgid: str
    do: Do
    undo: Undo | None
    asks: str = ""
    choices: Callable[[], Choices] | None = None
    long: bool = False
    most: int = 40
    about: str = "organisation"

    @property
    def label(self) -> str:
        """It in the active language."""
        return translate(self.msgid)

    @property
    def can_be_undone(self) -> bool:
        """Whether there is a way back."""
        return self.undo is not None

    @property
    def question(self) -> str:
        """What it asks, in the active language."""
        return translate(self.asks) if self.asks else ""
