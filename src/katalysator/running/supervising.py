"""Keeps running what `katalysator serve` started: what ends by itself is started again.

Each part has a session of its own, so that Ctrl-C reaches us first and nothing of it survives it. When
we are killed, Linux ends the parts, and the keeper stops our own database.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import click

from katalysator.core.language import say, translate
from katalysator.faults import KatalysatorError, gettext_noop as _

_ENDING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_DEPENDENT: Final = Path(__file__).with_name("dependent.py")
_GLANCE: Final = 0.2
_LOOK_AT_DATABASE: Final = 1.0
_GRACE: Final = 10.0
"""Seconds in which a part may end what it does; a job that is cut off is done again."""

PAUSES: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds until it is tried again, after each end in a row; the last one from then on."""
STEADY: Final = 60.0
"""Seconds after which something counts as running, and its earlier ends are forgotten."""
MOST: Final = 10
"""Ends in a row after which we give up, where without it there is nothing to serve."""


class Restarts:
    """How often something ended in a row, and how long to wait before it is tried again.

    Parameters
    ----------
    name
        What it is, as a sentence of the catalogue.
    most
        Ends in a row after which it is given up; None for never.

    """

    def __init__(self, name: str, *, most: int | None = None) -> None:
        self._name, self._most = name, most
        self._ends, self._not_before = 0, 0.0

    @property
    def may_start(self) -> bool:
        """Whether the pause is over."""
        return time.monotonic() >= self._not_before

    def forget(self) -> None:
        """It runs well: the next end is the first."""
        self._ends = 0

    def ended(self, how: str) -> None:
        """Tell that it ended, and set the pause. Raises `KatalysatorError` where it is given up."""
        self._ends += 1
        pause = PAUSES[min(self._ends, len(PAUSES)) - 1]
        self._not_before = time.monotonic() + pause
        name = translate(self._name)
        if self._most is not None and self._ends > self._most:
            raise KatalysatorError(
                "part-given-up",
                _("%(part)s ended %(count)s times in a row (%(how)s): giving up."),
                hint=_("The lines above say why."),
                part=name,
                count=self._ends,
                how=how,
            )
        sentence = _("%(part)s ended (%(how)s); it is started again in %(pause)s s.")
        _tell(say(sentence, part=name, how=how, pause=f"{pause:g}"))


class KeptProcess:
    """A process that is kept running, with all that it starts.

    Parameters
    ----------
    name
        What it is, as a sentence of the catalogue.
    command
        Program and arguments. Its input closes when we end.
    most
        See `Restarts`.
    at_our_death
        The signal that Linux sends it when we are killed.

    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        most: int | None = None,
        at_our_death: int = signal.SIGTERM,
    ) -> None:
        self._command, self._at_our_death = list(command), at_our_death
        self._restarts = Restarts(name, most=most)
        self._process: subprocess.Popen[bytes] | None = None
        self._since = 0.0

    def keep(self) -> None:
        """Start it where it does not run and the pause is over."""
        if self._process is None:
            if self._restarts.may_start:
                self._start()
        elif self._process.poll() is not None:
            self.kill()
            self._restarts.ended(_how(self._process.returncode))
            self._process = None
        elif time.monotonic() - self._since > STEADY:
            self._restarts.forget()

    def end(self) -> None:
        """Ask it to end what it does."""
        if self._process is not None:
            _close_input(self._process)
            self._process.terminate()

    def wait(self, deadline: float) -> None:
        """Wait until it ended; what is left of it at the deadline is killed."""
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(max(0.0, deadline - time.monotonic()))
            self.kill()
            self._process = None

    def kill(self) -> None:
        """End it and all that it started, at once."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            _close_input(self._process)

    def _start(self) -> None:
        self._since = time.monotonic()
        try:
            self._process = subprocess.Popen(
                dependent(self._command, self._at_our_death),
                stdin=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:  # no memory or no process left: perhaps soon
            self._restarts.ended(str(error))


def supervise(
    parts: Sequence[KeptProcess], revive_database: Callable[[], bool] | None = None
) -> None:
    """Keep all parts running until SIGINT, SIGTERM or SIGHUP; then end them in order.

    `revive_database` starts our own database again where it died, and says whether it had to. Raises
    `KatalysatorError` where a part that all need is given up, after ending the others.
    """
    database = _Database(revive_database) if revive_database else None
    with _told_to_end() as is_over, ended_after(parts):
        while not is_over():
            if database:
                database.keep()
            for part in parts:
                part.keep()
            time.sleep(_GLANCE)


class _Database:
    """Our own database, which is nobody's child."""

    def __init__(self, revive: Callable[[], bool]) -> None:
        self._revive, self._next_look = revive, 0.0
        self._restarts = Restarts(_("The database"), most=MOST)

    def keep(self) -> None:
        if time.monotonic() < self._next_look or not self._restarts.may_start:
            return
        try:
            if self._revive():
                _tell(say("The database had ended; it runs again."))
            self._restarts.forget()
        except (KatalysatorError, OSError) as error:
            self._restarts.ended(str(error))
        self._next_look = time.monotonic() + _LOOK_AT_DATABASE


@contextmanager
def ended_after(parts: Sequence[KeptProcess]) -> Iterator[None]:
    """End these processes in order when the block is left, however that is."""
    try:
        yield
    finally:
        for part in parts:
            part.end()
        deadline = time.monotonic() + _GRACE
        for part in parts:
            part.wait(deadline)


@contextmanager
def _told_to_end() -> Iterator[Callable[[], bool]]:
    """Remember that a signal asked for the end, so that what is under way is not torn."""
    told: list[int] = []

    def remember(number: int, _frame: object) -> None:
        told.append(number)

    before = {number: signal.signal(number, remember) for number in _ENDING}
    try:
        yield lambda: bool(told)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def dependent(command: Sequence[str], number: int = signal.SIGTERM) -> list[str]:
    """The command, to be run by this process, such that Linux ends it by this signal when we are gone."""
    return [sys.executable, "-IS", str(_DEPENDENT), str(int(number)), str(os.getpid()), *command]


def _tell(sentence: str) -> None:
    """Tell the operator; a log on a full disk is no reason to end."""
    with suppress(OSError):
        click.echo(sentence, err=True)


def _how(status: int) -> str:
    """How a process ended, in words."""
    if status >= 0:
        return say("status %(status)s", status=str(status))
    return say("killed by %(signal)s", signal=signal.Signals(-status).name)


def _close_input(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin:
        with suppress(OSError):
            process.stdin.close()
