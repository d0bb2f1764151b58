"""The kinds of letters that the house sends to people with an account, each declared by its room in one line.

    STILL_CORRECT = letter_kind("still-correct", _("Is the page of my organisation still correct?"))

A person says for each kind when it comes. Letters about the account itself, such as a new password, are none
of these: they always come.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol, TypeAlias

from katalysator.core.language import translate
from katalysator.faults import InvalidInput, gettext_noop as _


class Addressee(Protocol):
    """A person with an account, as letters know one."""

    pk: int
    email: str
    language: str
    is_active: bool


class Pace(StrEnum):
    """When letters of a kind come."""

    AT_ONCE = "at-once"
    DIGEST = "digest"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"

    @property
    def label(self) -> str:
        """It in the active language."""
        return translate(_LABELS[self])


_LABELS: Final = {
    Pace.AT_ONCE: _("At once"),
    Pace.DIGEST: _("With the summary"),
    Pace.DAILY: _("Every day"),
    Pace.WEEKLY: _("Every week"),
    Pace.NEVER: _("Never"),
}

To: TypeAlias = Callable[[Addressee], bool]


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind: its name in addresses, its English label, its paces, the usual one first, and who gets it."""

    name: str
    msgid: str
    paces: tuple[Pace, ...]
    to: To

    @property
    def label(self) -> str:
        """What it is about, in the active language."""
        return translate(self.msgid)

    @property
    def usual(self) -> Pace:
        """When it comes where nobody chose."""
        return self.paces[0]

    def pace(self, said: str) -> Pace:
        """The pace that somebody says. Raises InvalidInput for none of this kind."""
        if said not in self.paces:
            raise InvalidInput("pace", _("These letters do not come “%(pace)s”."), pace=said).at(
                self.name
            )
        return Pace(said)


_kinds: Final[dict[str, LetterKind]] = {}


def letter_kind(
    name: str,
    label: str,
    *,
    paces: tuple[Pace, ...] = (Pace.AT_ONCE, Pace.DIGEST, Pace.NEVER),
    to: To = lambda _person: True,
) -> LetterKind:
    """Declare a kind of letters; `to` tells who gets them at all. Raises ValueError for a name that is taken."""
    if name in _kinds:
        raise ValueError(f"There are letters “{name}” already.")
    _kinds[name] = LetterKind(name, label, paces, to)
    return _kinds[name]


def kinds() -> Iterator[LetterKind]:
    """All kinds, the summary first, the others by their labels."""
    yield SUMMARY
    yield from sorted(
        (each for each in _kinds.values() if each is not SUMMARY), key=lambda each: each.label
    )


def kind_of(name: str) -> LetterKind | None:
    """The kind of this name, None where there is none any more."""
    return _kinds.get(name)


SUMMARY: Final = letter_kind(
    "summary",
    _("A summary of what is new for you"),
    paces=(Pace.WEEKLY, Pace.DAILY, Pace.NEVER),
)
"""What is new, in one letter; with it come the letters that somebody wants to have with it."""
