"""The arguments and options that several commands have."""

from collections.abc import Callable
from functools import reduce
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from katalysator.core.language import languages, lazy
from katalysator.faults import InvalidInput
from katalysator.faults import gettext_noop as _

if TYPE_CHECKING:  # for it imports the engine
    from katalysator.cli.match.sources import Sources

_MOST_PROCESSES: Final = 4

_Command = Callable[..., Any]
_Kind = TypeVar("_Kind", bound="click.ParamType[Any]")


def _named(kind: _Kind, name: str) -> _Kind:
    """A kind of value that click calls so where it refuses one; its own names are English."""
    kind.name = name
    return kind


def whole(least: int, most: int | None = None) -> click.IntRange:
    """A whole number from `least` to `most`."""
    return _named(click.IntRange(least, most), lazy("whole number"))


FILE: Final = _named(click.Path(exists=True, dir_okay=False, path_type=Path), lazy("file"))
TARGET: Final = _named(click.Path(path_type=Path), lazy("path"))
NUMBER: Final = _named(click.types.FloatParamType(), lazy("number"))

language: Final = click.option(
    "--language",
    type=click.Choice(languages()),
    help="Of messages, and of reasons where there are.",
)
quiet: Final = click.option("--quiet", is_flag=True, help="Do not show progress.")

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
        type=whole(1, 64),
        help="Processes that read texts; 200 MB each.",
    ),
)


def reading(command: _Command) -> _Command:
    """How two tables are read (columns, encoding, processes), and how that is told."""
    return reduce(lambda made, option: option(made), (quiet, language, *_READING[::-1]), command)


def sources(asked: dict[str, Any]) -> "Sources":
    """Take the two tables, and how to read them, from all that is asked."""
    from katalysator.cli.match.columns import Mappings
    from katalysator.cli.match.sources import Sources

    named = (asked.pop(f"{file}column") for file in ("", "needs_", "offers_"))
    on = asked.pop("on", None)
    return Sources(
        asked.pop("needs"),
        asked.pop("offers"),
        Mappings.parse(*named),
        _checked_encoding(asked.pop("encoding")),
        on.date() if on else None,
    )


def _checked_encoding(name: str | None) -> str | None:
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
