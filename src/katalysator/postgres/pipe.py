"""Two programs in a row: what the first one writes is changed on its way into the second."""

import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast

_PIPE: Final = subprocess.PIPE
_NOTHING: Final = subprocess.DEVNULL

_Change = Callable[[Iterable[bytes]], Iterable[bytes]]
_Process = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Command:
    """A program with its arguments, and the environment to run it in (`None`: ours)."""

    arguments: tuple[str | Path, ...]
    environment: Mapping[str, str] | None = None


def pipe(first: Command, second: Command, change: _Change) -> str | None:
    """Run both at once, out of reach of the terminal's Ctrl-C, and wait until they are done.

    Returns
    -------
    What the program that failed says of it, or `None` when both did all of their work. Where the
    second one stopped reading, it is the one that failed.

    """
    with (
        ThreadPoolExecutor() as listeners,
        _started(first, reads=_NOTHING, writes=_PIPE) as writer,
        _started(second, reads=_PIPE, writes=_NOTHING) as reader,
    ):
        said = {each: listeners.submit(_said, each) for each in (writer, reader)}
        failed = _failed(writer, reader, change)
        return None if failed is None else said[failed].result()


@contextmanager
def _started(command: Command, *, reads: int, writes: int) -> Iterator[_Process]:
    """Lend a running program, and end it where it has not ended after the block."""
    with subprocess.Popen(
        command.arguments,
        stdin=reads,
        stdout=writes,
        stderr=_PIPE,
        cwd="/",
        env=command.environment,
        umask=0o077,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _said(process: _Process) -> str:
    return cast("IO[bytes]", process.stderr).read().decode(errors="replace")


def _failed(writer: _Process, reader: _Process, change: _Change) -> _Process | None:
    lines = change(cast("IO[bytes]", writer.stdout))
    if not _poured(lines, cast("IO[bytes]", reader.stdin)):
        return reader
    ended = [(each, each.wait()) for each in (writer, reader)]
    return next((each for each, code in ended if code), None)


def _poured(lines: Iterable[bytes], into: IO[bytes]) -> bool:
    """Write all lines and close; `False` where nobody reads them to the end."""
    try:
        with into:
            into.writelines(lines)
    except BrokenPipeError:
        return False
    return True
