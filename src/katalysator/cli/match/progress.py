"""How far we are: one line on the screen that is written over; nothing where nobody looks."""

import sys
from types import TracebackType
from typing import Final, Self, TextIO

from katalysator.cli.match.sentences import say
from katalysator.core.language import Language, gettext_noop

_BACK_TO_START: Final = "\r\x1b[2K"
_STAGES: Final = {
    "files": gettext_noop("Reading the files"),
    "meaning": gettext_noop("Understanding the texts"),
    "read": gettext_noop("Counting the words"),
    "compare": gettext_noop("Comparing needs and offers"),
    "write": gettext_noop("Writing"),
}


class ProgressLine:
    """Shows stages on `stream`, where that is a terminal and `quiet` is not asked."""

    def __init__(self, language: Language, *, quiet: bool, stream: TextIO | None = None) -> None:
        self._language = language
        self._stream = stream or sys.stderr
        self._shown = not quiet and self._stream.isatty()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Write over the line."""
        counted = f" {done}/{total}" if total else ""
        self._write(f"{_BACK_TO_START}{say(_STAGES[stage], self._language)}{counted} …")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave an empty line behind."""
        self._write(_BACK_TO_START)

    def _write(self, text: str) -> None:
        if self._shown:
            self._stream.write(text)
            self._stream.flush()
