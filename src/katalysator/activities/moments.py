"""Moments as clocks on the wall show them: in the time of the site, summer and winter."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.utils import timezone

from katalysator.core.language import locale
from katalysator.faults import InvalidInput, gettext_noop as _


def on_the_wall(moment: datetime) -> datetime:
    """What the clock on the wall shows at a moment, without a zone."""
    return timezone.localtime(moment, _zone()).replace(tzinfo=None)


def at_wall_clock(shown_there: datetime) -> datetime:
    """The moment at which the clock on the wall shows this; of two such moments the first.

    Raises InvalidInput for a time that is skipped when summer time begins.
    """
    moment = shown_there.replace(tzinfo=_zone())
    if on_the_wall(moment.astimezone(UTC)) != shown_there:
        raise InvalidInput(
            "time-skipped",
            _("There is no %(time)s on %(day)s: the clock goes forward that night."),
            hint=_("Choose another time."),
            time=f"{shown_there:%H:%M}",
            day=shown_there.date(),
        )
    return moment.astimezone(UTC)


def second_time(shown_there: datetime) -> datetime | None:
    """The later of two moments at which the clock on the wall shows this, where summer time ends between them."""
    first, later = (shown_there.replace(tzinfo=_zone(), fold=fold) for fold in (0, 1))
    is_twice = (
        on_the_wall(first.astimezone(UTC)) == shown_there and first.utcoffset() != later.utcoffset()
    )
    return later if is_twice else None


def shown(start: datetime, end: datetime) -> str:
    """From when to when, in the active language; the day is said once where it is one."""
    first, last = on_the_wall(start), on_the_wall(end)
    if first.date() == last.date():
        return f"{_said(first)}–{last:%H:%M}"
    return f"{_said(first)} – {_said(last)}"


def _said(wall: datetime) -> str:
    return f"{format_date(wall, 'long', locale())}, {wall:%H:%M}"


def _zone() -> ZoneInfo:
    return ZoneInfo(timezone.get_default_timezone_name())
