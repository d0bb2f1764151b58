"""How long an introduction may lie still: when its parties are reminded, and when it is over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone

from katalysator.introductions.models import Introduction


@dataclass(frozen=True, slots=True)
class QuietDays:
    """After how many days in which nothing happened parties are reminded, and after how many it ends, if it does."""

    reminders: tuple[int, ...]
    end: int | None = None


PATIENCE: Final[Mapping[str, QuietDays]] = {
    "proposed": QuietDays((5, 11), 14),
    "introduced": QuietDays((7, 21), 45),
    "talking": QuietDays((30, 60), 120),
    "agreed": QuietDays((60, 120, 240)),
}
"""By state. An agreement waits for its result as long as that takes."""
SHORTEST: Final = min(each.reminders[0] for each in PATIENCE.values())
"""What happened later than so many days ago needs no look."""


def is_to_be_reminded(introduction: Introduction, today: date) -> bool:
    """Whether a reminder is due that did not go out yet."""
    days = quiet_days(introduction, today)
    due = sum(each <= days for each in PATIENCE[introduction.state].reminders)
    return due > introduction.nudges


def is_over(introduction: Introduction, today: date) -> bool:
    """Whether nobody waits for it any longer."""
    end = PATIENCE[introduction.state].end
    return end is not None and quiet_days(introduction, today) >= end


def quiet_days(introduction: Introduction, today: date) -> int:
    """How many days nothing happened in it."""
    return (today - timezone.localtime(introduction.stirred_at).date()).days


def days_left(introduction: Introduction, today: date) -> int | None:
    """After how many days it is over if nothing happens; None where it waits as long as it takes."""
    patience = PATIENCE.get(introduction.state)
    if patience is None or patience.end is None:
        return None
    return max(0, patience.end - quiet_days(introduction, today))
