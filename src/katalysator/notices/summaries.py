"""The summary of what is new for a person: parts that rooms declare, in one letter, when there is anything at all.

A room says in its module `summaries.py`, which is found by itself, what is new for a person since a moment:

    @summary_part(position=20)
    def new_matches(person, since):
        return Section(_("New matches"), [Item(title, link), …])

It asks through `visible_to(person)` as every page does, and gives None where there is nothing new.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeAlias

from django.utils.translation import gettext as _

from katalysator.core.language import speaking
from katalysator.notices.kinds import SUMMARY, kind_of
from katalysator.notices.models import WaitingLetter
from katalysator.notices.writing import post

MOST: Final = 8
"""So many items a part shows; the rest stands on its page."""


class Item(NamedTuple):
    """One thing that is new: a line, and the address of its page."""

    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a summary: its title, what is new, and the address of the page with all of it."""

    title: str
    items: Sequence[Item]
    page: str = ""

    @property
    def shown(self) -> Sequence[Item]:
        """The first of them."""
        return self.items[:MOST]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return len(self.items) - len(self.shown)

    @property
    def underline(self) -> str:
        """A line under the title, as letters without mark-up have it."""
        return "-" * len(self.title)


SummaryPart: TypeAlias = Callable[[Any, datetime], Section | None]

_parts: Final[list[tuple[int, SummaryPart]]] = []


def summary_part(*, position: int = 50) -> Callable[[SummaryPart], SummaryPart]:
    """Declare a part of the summary, by the function that gives it; `position` orders them."""

    def declared(part: SummaryPart) -> SummaryPart:
        _parts.append((position, part))
        _parts.sort(key=lambda each: each[0])
        return part

    return declared


def new_for(person: Any, since: datetime) -> list[Section]:
    """What is new for a person since a moment, in the active language; nothing that is empty."""
    found = (part(person, since) for _position, part in _parts)
    return [each for each in found if each and each.items]


def send_summary(person: Any, since: datetime) -> bool:
    """Send what is new, and what waited for it; whether there was anything. Raises what the mail server raises."""
    waiting = list(WaitingLetter.objects.filter(person_id=person.pk))
    with speaking(person.language):
        sections = [*_waited(waiting), *new_for(person, since)]
    if not sections:
        return False
    post(SUMMARY, person, "notices/letters/summary.txt", sections=sections, since=since)
    WaitingLetter.objects.filter(pk__in=[each.pk for each in waiting]).delete()
    return True


def _waited(waiting: Sequence[WaitingLetter]) -> list[Section]:
    """Letters that somebody wants with the summary, under what they are about; one that is twice the same stands once."""
    found: dict[str, dict[Item, None]] = {}
    for each in waiting:
        kind = kind_of(each.kind)
        title = kind.label if kind else _("Other letters")
        subject = each.subject[:1].upper() + each.subject[1:]
        found.setdefault(title, {})[Item(subject, each.link)] = None
    return [Section(title, list(items)) for title, items in found.items()]
