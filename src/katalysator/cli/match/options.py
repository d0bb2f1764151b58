"""The options of every command that reads needs and offers."""

from collections.abc import Callable
from functools import reduce
from os import cpu_count
from pathlib import Path
from typing import Any, Final

import click

from katalysator.core.language import languages
from katalysator.faults import InvalidInput
from katalysator.faults import gettext_noop as _

FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_MOST_PROCESSES: Final = 4

_Command = Callable[..., Any]

_READING: Final = (
    click.option(
        "--column", multiple=True, metavar="NAME=HEADER", help="In both files. Repeatable."
    ),
    click.option("--needs-column", multiple=True, metavar="NAME=HEADER", help="In NEEDS only."),
    click.option("--offers-column", multiple=True, metavar="NAME=HEADER", help="In OFFERS only."),
    click.option("--encoding", help="Of those CSV files that are not in UTF-8 or marked UTF-16."),
    click.option(
        "--processes",
        default=min(cpu_count() or 1, _MOST_PROCESSES),
        show_default=True,
        type=click.IntRange(1, 64),
        help="Processes that read texts; 200 MB each.",
    ),
)
_SPEAKING: Final = (
    click.option("--language", type=click.Choice(languages()), help="Of messages and all reasons."),
    click.option("--quiet", is_flag=True, help="Do not show progress."),
)


def reading(command: _Command) -> _Command:
    """How the two files are read: columns, encoding, processes."""
    return _with(_READING, command)


def speaking(command: _Command) -> _Command:
    """What is said, and in which language."""
    return _with(_SPEAKING, command)


def _with(options: tuple[Callable[[_Command], _Command], ...], command: _Command) -> _Command:
    return reduce(lambda made, option: option(made), reversed(options), command)


def checked_encoding(name: str | None) -> str | None:
    """The name, unless it is none of an encoding of text."""
    try:
        b"a".decode(name or "utf-8")
    except (LookupError, UnicodeError):
        raise InvalidInput(
            "encoding-unknown",
            _("“%(name)s” is not an encoding of text."),
            hint=_("Most spreadsheets save in one of these: utf-8, cp1252, utf-16-le."),
            name=name,
        ).at("--encoding") from None
    return name
