"""When a summary is due: after seven in the morning, every day or on Mondays, once."""

from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from katalysator.notices.kinds import SUMMARY, Pace
from katalysator.notices.models import LetterChoice, ReturnedMail

_HOUR: Final = 7
_SPANS: Final = {Pace.DAILY: timedelta(days=1), Pace.WEEKLY: timedelta(days=7)}


def last_turn(pace: Pace, now: datetime) -> datetime:
    """The last moment, until now, at which a summary of this pace was due."""
    local = timezone.localtime(now)
    turn = local.replace(hour=_HOUR, minute=0, second=0, microsecond=0)
    if pace is Pace.WEEKLY:
        turn -= timedelta(days=turn.weekday())
    return turn if turn <= local else turn - _SPANS[pace]


def span(pace: Pace) -> timedelta:
    """How far the first summary of somebody looks back."""
    return _SPANS[pace]


def due(now: datetime) -> QuerySet[AbstractBaseUser]:
    """Who has a summary to get: it was their turn since the last one."""
    chosen = LetterChoice.objects.filter(person=OuterRef("pk"), kind=SUMMARY.name)
    their_turn = Q(pk__in=())
    for pace in _SPANS:
        is_theirs = Exists(chosen.filter(pace=pace))
        if pace is SUMMARY.usual:
            is_theirs = is_theirs | ~Exists(chosen)  # type: ignore[assignment]
        had_it = Q(summary__until__gte=last_turn(pace, now))
        their_turn |= Q(is_theirs) & ~had_it
    stopped = ReturnedMail.objects.filter(person=OuterRef("pk"), stopped=True)
    everybody = get_user_model()._default_manager.filter(is_active=True)
    return everybody.filter(their_turn).exclude(Exists(stopped)).order_by("pk")
