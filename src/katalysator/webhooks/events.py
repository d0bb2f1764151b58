"""Of which events programs can be told, and who hears of each; rooms declare them by `declaring.py`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from katalysator.core.language import translate
from katalysator.core.models import Event
from katalysator.faults import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Hearers:
    """Which record it is about, and who hears of it beside the bureau.

    Those whose record it is, by the numbers of the organisations; with `all_participants` everybody who takes part.
    What a person has in own name is of no organisation.
    """

    number: int
    organisations: frozenset[int] = frozenset()
    all_participants: bool = False


Heard = Callable[[Event], Hearers | None]
"""Who hears of a deed; None where nobody does."""


@dataclass(frozen=True, slots=True)
class EventType:
    """One type: its name in messages, its English label, the kind of record, and the route of the API that reads it."""

    name: str
    msgid: str
    kind: str
    route: str
    heard: Heard | None = None
    of_bureau: bool = False

    @property
    def label(self) -> str:
        """What happened, in the active language."""
        return translate(self.msgid)


_types: Final[dict[str, EventType]] = {}
_by_verb: Final[dict[str, EventType]] = {}


def declared(made: EventType, verbs: Sequence[str] = ()) -> EventType:
    """Keep a type, and which verbs are told as it. Raises ValueError for a name or a verb that is taken."""
    if made.name in _types or _by_verb.keys() & set(verbs):
        raise ValueError(f"{made.name!r} or one of its verbs is told of already.")
    _types[made.name] = made
    _by_verb.update(dict.fromkeys(verbs, made))
    return made


def event_types(*, bureau: bool) -> list[EventType]:
    """All that somebody can choose, in the order of the rooms."""
    chosen = (each for each in _types.values() if each is not TEST)
    return [each for each in chosen if bureau or not each.of_bureau]


def type_of_verb(verb: str) -> EventType | None:
    """The type of a deed; None where nobody is told of it."""
    return _by_verb.get(verb)


def label_of(name: str) -> str:
    """What a type is called; its name where there is none any more."""
    return _types[name].label if name in _types else name


TEST: Final = declared(EventType("webhook.test", _("A test"), "webhook", "webhook"))
