"""How a command says no: all that stands in its way, told at once."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NoReturn

import click

from katalysator.cli.sentences import tell_all
from katalysator.core.errors import InvalidInput
from katalysator.core.language import Language

_REFUSED: Final = 2


class Refused(Exception):  # noqa: N818
    """The work cannot be done; `problems` says all that stands in its way."""

    def __init__(self, problems: Sequence[InvalidInput]) -> None:
        super().__init__(*map(str, problems))
        self.problems = problems


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Refuse what is wrong with one file, under its name."""
    try:
        yield
    except InvalidInput as error:
        raise Refused([error.at(str(path))]) from None


def refuse(error: Refused | InvalidInput, language: Language) -> NoReturn:
    """Say what is wrong, a line each, and leave with the exit code for it."""
    problems = error.problems if isinstance(error, Refused) else [error]
    for line in tell_all(problems, language):
        click.echo(line, err=True)
    sys.exit(_REFUSED)
