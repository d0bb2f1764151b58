"""What a page tells of a schedule of talks, in words."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from katalysator.rounds.meeting.candidates import TalkCandidates
from katalysator.rounds.meeting.naming import NamedGuest, named
from katalysator.rounds.models import MeetingDay, MeetingTalk

_SURE: Final = 1e-6  # of the best possible: what is nearer is called the best
_FEW: Final = 1


@dataclass(frozen=True, slots=True)
class FewTalks:
    """Somebody who gets few talks or none, and why."""

    guest: NamedGuest
    talks: int
    why: str


def certificate(figures: dict[str, Any]) -> str:
    """How near the best possible a schedule is, in a sentence."""
    if figures["gap"] < _SURE:
        return _("Proven: no schedule is worth more.")
    return _("Proven: it is at most %(gap)s %% below the best possible.") % {
        "gap": number_format(100 * figures["gap"], 2)
    }


def compared(day: MeetingDay) -> list[tuple[str, int, int | None]]:
    """What came of it, beside what did before."""
    lines = {
        "talks": _("Talks"),
        "met": _("People with a talk"),
        "people": _("People who take part"),
        "wanted": _("Talks that are wanted and can be"),
        "changes": _("Times that somebody changes rooms"),
    }
    return [(label, day.figures[name], day.earlier.get(name)) for name, label in lines.items()]


def few(day: MeetingDay) -> list[FewTalks]:
    """Who gets few talks or none, and why; who said it is not told. Cost: eight queries."""
    candidates = TalkCandidates.of(day)
    rows = MeetingTalk.objects.filter(day=day).on().values_list("one", "other")
    talks = Counter(person for pair in rows for person in pair)
    who = [person for person in candidates.people if talks[person] <= _FEW]
    names = named(who)
    found = [
        FewTalks(names[person], talks[person], why)
        for person, why in _reasons(candidates, who, talks)
    ]
    return sorted(found, key=lambda each: (each.talks, str(each.guest)))


def _reasons(
    candidates: TalkCandidates, who: list[int], talks: Counter[int]
) -> Iterator[tuple[int, str]]:
    possible = candidates.possible_with()
    for person in who:
        others = possible.get(person, set())
        if not candidates.asked[person]:
            yield person, _("Asked for nobody, and nobody asked")
        elif not others:
            yield person, _("What was asked is not answered with yes, or cannot be")
        elif not any(candidates.share_a_time(person, other) for other in others):
            yield person, _("Is never there at the same time as the others")
        elif len(others) > talks[person]:
            yield person, _("No time or table was left for both")
