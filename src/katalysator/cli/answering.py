"""How a command answers: in the user's language, and where it says no, with all reasons at once."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

import click

from katalysator.core.language import as_language, say, speaking
from katalysator.faults import InvalidInput, KatalysatorError, Refused

_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
_MOST_PROBLEMS: Final = 20
_WIDEST: Final = 40  # characters of a first cell that are shown


def language_of(environment: Mapping[str, str] = os.environ) -> str:
    """The language that the user's environment asks for, as gettext reads it."""
    return as_language(next(filter(None, map(environment.get, _VARIABLES)), None))


@contextmanager
def answering(language: str | None) -> Iterator[None]:
    """Speak `language`, else the user's. What went wrong is told, and ends the command.

    With 2 where something else must be given, with 1 where something else is the matter.
    """
    with speaking(language or language_of()):
        try:
            yield
        except (Refused, KatalysatorError) as error:
            for line in lines_of(error.problems if isinstance(error, Refused) else (error,)):
                click.echo(line, err=True)
            sys.exit(2 if isinstance(error, Refused | InvalidInput) else 1)


@contextmanager
def naming(place: object) -> Iterator[None]:
    """Refuse what is wrong with one file or option, under its name."""
    try:
        yield
    except InvalidInput as error:
        raise error.at(place) from None


def lines_of(problems: Sequence[KatalysatorError]) -> list[str]:
    """The first problems, a line each, and how many more there are; each of them once."""
    told = list(dict.fromkeys(map(str, problems)))
    lines = told[:_MOST_PROBLEMS]
    if more := len(told) - len(lines):
        lines.append(say("… and %(more)s more.", more=more))
    return lines


def grid(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines of a small table: the first column to the left, the others to the right."""
    short = [(" ".join(first.split())[:_WIDEST], *cells) for first, *cells in rows]
    widths = [max(map(len, column)) for column in zip(*short, strict=True)]
    return [
        "  ".join(("", row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])))
        for row in short
    ]
