"""The file that a command writes: checked before any work, replaced in one step or not at all."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from katalysator.core.processes import lives
from katalysator.faults import InvalidInput, gettext_noop as _


def check(target: Path, kinds: Sequence[str], inputs: Sequence[Path]) -> None:
    """Refuse a target that we could not, or should not, write; before any work is done."""
    if target.suffix.lower() not in kinds:
        raise InvalidInput(
            "out-kind",
            _("The result cannot be written in this form."),
            hint=_("End the name with one of these: %(kinds)s."),
            kinds=tuple(kinds),
        ).at(target)
    if target.is_dir() or not os.access(target.parent, os.W_OK):
        raise InvalidInput(
            "out-folder",
            _("Nothing can be written there."),
            hint=_("Name a file in a folder that exists and that you may write in."),
        ).at(target)
    check_no_input(target, inputs)


def check_no_input(target: Path, inputs: Sequence[Path]) -> None:
    """Refuse to write over a file that is read."""
    if any(_same(target, path) for path in inputs):
        raise InvalidInput(
            "out-input",
            _("This file is one of those that are read."),
            hint=_("Give the result another name."),
        ).at(target)


def _same(one: Path, other: Path) -> bool:
    """Whether two names are of one file, which need not be there yet."""
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A file beside the target to write to; it takes the target's place when all went well."""
    _forget_killed(target)
    unfinished = _unfinished(target, str(os.getpid()))
    try:
        yield unfinished
        unfinished.replace(target)
    except OSError as error:
        raise InvalidInput(
            "out-failed",
            _("The result could not be written (%(reason)s)."),
            hint=_("Make room, or give it another place."),
            reason=error.strerror or error,
        ).at(target) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _unfinished(target: Path, process: str) -> Path:
    return target.with_name(f".{target.stem}.{process}.unfinished{target.suffix}")


def _forget_killed(target: Path) -> None:
    """Throw away what processes left that were killed while they wrote this target."""
    before, after = _unfinished(target, "*").name.split("*")
    for file in target.parent.iterdir():
        process = file.name.removeprefix(before).removesuffix(after)
        if file == _unfinished(target, process) and process.isdigit() and not lives(int(process)):
            file.unlink(missing_ok=True)


def write_text(target: Path, text: str) -> None:
    """Write a text there, whole or not at all."""
    with replacing(target) as unfinished:
        unfinished.write_text(text, "utf-8")
