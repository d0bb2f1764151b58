"""Checks of the machine: room, rights and the clock."""

import ctypes
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from katalysator.faults import gettext_noop as _
from katalysator.running.data_folder import open_to_others
from katalysator.running.examination.findings import Advice, Problem
from katalysator.site.environment import OUR_SERVER, data_folder

_LEAST_ROOM: Final = 1_000_000_000
_MOST_SECONDS: Final = 5.0
_UNSYNCHRONISED: Final = 5  # TIME_ERROR of adjtimex(2)
_TIMEX: Final = 512  # bytes; more than any system's struct timex has


def disk() -> Iterator[Problem]:
    """Whether there is room, where our files are and where our database is."""
    places = {data_folder().resolve(), (data_folder() / OUR_SERVER / "elsewhere").resolve()}
    devices: dict[int, Path] = {path.stat().st_dev: path for path in places if path.exists()}
    for path in devices.values():
        if (free := shutil.disk_usage(path).free) < _LEAST_ROOM:
            yield Problem(
                "disk-full",
                _("The disk of %(path)s is nearly full: %(free)s MB are free."),
                hint=_("Make room there, or move the data folder to a larger disk."),
                path=path,
                free=free // 1_000_000,
            )


def folder() -> Iterator[Problem]:
    """Whether others can look into the data folder."""
    others = list(open_to_others(data_folder()))
    if others:
        yield Problem(
            "folder-open",
            _(
                "Other users of this machine have rights on %(path)s, and on more like it: %(more)s."
            ),
            hint=_("Start `katalysator serve` again as the owner, or: chmod -R go= %(folder)s."),
            path=others[0],
            more=len(others) - 1,
            folder=data_folder(),
        )


def clock() -> Iterator[Problem]:
    """Whether our clock and the database's say the same."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = (datetime.now(UTC) - cursor.fetchone()[0]).total_seconds()
    if abs(apart) > _MOST_SECONDS:
        yield Problem(
            "clock-off",
            _("The clocks of this machine and of the database are %(seconds)s seconds apart."),
            hint=_("Let both machines keep their clocks by NTP (timedatectl set-ntp true)."),
            seconds=round(abs(apart)),
        )


def synchronised() -> Iterator[Problem]:
    """Whether anything keeps our clock right."""
    yield from judged(_clock_state())


def judged(state: int) -> Iterator[Problem]:
    """What the system's word for the state of its clock means."""
    if state == _UNSYNCHRONISED:
        yield Advice(
            "clock-alone",
            _("Nothing keeps the clock of this machine right."),
            hint=_("Let it keep its clock by NTP (timedatectl set-ntp true)."),
        )


def _clock_state() -> int:
    """The state as adjtimex(2) gives it, -1 where the system does not tell."""
    if sys.platform != "linux":
        return -1
    return int(ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(_TIMEX)))
