"""How far we are: one line on the screen that is written over; nothing where nobody looks."""

import sys
from math import ceil
from time import monotonic
from typing import Final, Self, TextIO

from katalysator.core.language import say, translate
from katalysator.faults import gettext_noop as _

_BACK_TO_START: Final = "\r\x1b[2K"
_SOON: Final = 5.0  # seconds; before them a pace is no more than a guess

STAGES: Final = {
    "files": _("Reading the files"),
    "read": _("Understanding the texts"),
    "compare": _("Comparing needs and offers"),
    "judge": _("Letting the judge read the best pairs"),
    "divide": _("Dividing the seats"),
    "check": _("Checking the pairs"),
    "sort": _("Sorting the pairs"),
    "keep": _("Keeping what was read"),
    "stable": _("Looking for a stable matching"),
    "choices": _("Comparing the choices"),
    "prove": _("Counting blocking pairs"),
    "write": _("Writing"),
    "groups": _("Looking at the groups"),
    "rows": _("Looking at the rows"),
    "save": _("Saving the rows"),
    "people": _("Reading the people"),
    "openings": _("Reading the openings"),
    "nearest": _("Looking for the nearest work"),
    "evidence": _("Writing down why"),
}
"""The stages of all commands in words, by the names that they and the engine give them."""


class ProgressLine:
    """Shows stages on `stream`, where that is a terminal and `quiet` is not asked."""

    def __init__(self, *, quiet: bool, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._shown = not quiet and self._stream.isatty()
        self._stage, self._begin, self._first = "", 0.0, 0

    def __call__(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Write over the line: the stage, how far it is, and how long it may still take."""
        if stage != self._stage:
            self._stage, self._begin, self._first = stage, monotonic(), done
        counted = f" {done}/{total}{self._left(done, total)}" if total else ""
        self._write(f"{_BACK_TO_START}{translate(STAGES[stage])}{counted} …")

    def _left(self, done: int, total: int) -> str:
        """The time that the rest of a stage takes, at the pace of what was done of it so far."""
        passed, made = monotonic() - self._begin, done - self._first
        if passed < _SOON or made <= 0:
            return ""
        minutes = ceil(passed / made * (total - done) / 60)
        return say(", %(minutes)s min left", minutes=minutes)

    def tell(self, sentence: str, **parameters: object) -> None:
        """Write over the line with what no stage says."""
        self._write(f"{_BACK_TO_START}{say(sentence, **parameters)} …")

    def note(self, sentence: str, **parameters: object) -> None:
        """Say something that stays to be read, also where progress is not shown."""
        self._write(_BACK_TO_START)
        self._stream.write(f"{say(sentence, **parameters)}\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        """Leave an empty line behind."""
        self._write(_BACK_TO_START)

    def _write(self, text: str) -> None:
        if self._shown:
            self._stream.write(text)
            self._stream.flush()
