"""How a command answers: in the user's language, and where it says no, with all reasons at once."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from katalysator.core.language import as_language, say, speaking
from katalysator.faults import InvalidInput, Refused

_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
_MOST_PROBLEMS: Final = 20
_REFUSED: Final = 2


def language_of(environment: Mapping[str, str] = os.environ) -> str:
    """The language that the user's environment asks for, as gettext reads it."""
    return as_language(next(filter(None, map(environment.get, _VARIABLES)), None))


@contextmanager
def answering(language: str | None) -> Iterator[None]:
    """Speak `language`, else the user's. A refusal is told, and ends the command with its code."""
    with speaking(language or language_of()):
        try:
            yield
        except (Refused, InvalidInput) as error:
            problems = error.problems if isinstance(error, Refused) else (error,)
            for line in lines_of(problems):
                click.echo(line, err=True)
            sys.exit(_REFUSED)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Refuse what is wrong with one file, under its name."""
    try:
        yield
    except InvalidInput as error:
        raise error.at(path) from None


def lines_of(problems: Sequence[InvalidInput]) -> list[str]:
    """The first problems, a line each, and how many more there are; each of them once."""
    told = list(dict.fromkeys(map(str, problems)))
    lines = told[:_MOST_PROBLEMS]
    if more := len(told) - len(lines):
        lines.append(say("… and %(more)s more.", more=more))
    return lines
