"""How answers are told: as tables for people, as JSON for programs."""

import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Final, TypeAlias

import click

from katalysator.cleaning import cleaned, one_line
from katalysator.cli import options
from katalysator.cli.answering import answering
from katalysator.cli.exchange.site import ExchangeSite
from katalysator.core.language import say

ToldAnswer: TypeAlias = tuple[Any, Iterable[str]]
"""An answer as the API gives it, and the lines that tell it to people."""

_GAP: Final = 2
_NARROWEST: Final = 12

as_json: Final = click.option(
    "--json", "as_json", is_flag=True, help="The answer as JSON, for programs."
)
NUMBER: Final = options.whole(1)


def limit(command: Callable[..., Any]) -> Callable[..., Any]:
    """How many of a list."""
    return click.option(
        "--limit",
        type=options.whole(1, 100),
        default=25,
        show_default=True,
        help="How many at most.",
    )(command)


def asking(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command that speaks to a site, in a language, and answers in two ways.

    It gets the site, and gives the answer with the lines that tell it to people.
    """

    @as_json
    @options.language
    @click.pass_context
    def asked(
        context: click.Context, /, *, as_json: bool, language: str | None, **given: Any
    ) -> None:
        with answering(language):
            answer, lines = context.invoke(command, ExchangeSite.of_environment(), **given)
            if as_json:
                click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
            else:
                for line in lines:
                    click.echo(line)

    asked.__name__, asked.__doc__ = command.__name__, command.__doc__
    asked.__click_params__ = [  # type: ignore[attr-defined]
        *getattr(asked, "__click_params__", ()),
        *getattr(command, "__click_params__", ()),
    ]
    return asked


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Rows under their headers; the last column has what is left of the width, each text in one line."""
    shown = [list(map(plain, row)) for row in rows]
    if not shown:
        return [say("There is nothing.")]
    cells = [list(headers), *shown]
    widths = [max(len(row[place]) for row in cells) for place in range(len(headers))]
    before = sum(widths[:-1]) + _GAP * (len(widths) - 1)
    last = max(_NARROWEST, shutil.get_terminal_size((100, 24)).columns - before)
    widths[-1] = min(widths[-1], last)
    return [_line(row, widths) for row in cells]


def more_of(page: Any) -> list[str]:
    """A line where a list has more than is shown."""
    left = page["total"] - len(page["items"])
    return [say("%(left)s more: ask for them with --limit.", left=str(left))] if left > 0 else []


def plain(value: object) -> str:
    """A value as one line without signs that a terminal would obey."""
    return one_line(cleaned("" if value is None else str(value)))


def moment(value: str | None) -> str:
    """A moment to the minute, on the clock of who reads it."""
    return f"{datetime.fromisoformat(value).astimezone():%Y-%m-%d %H:%M}" if value else ""


def share(value: float) -> str:
    """A chance or a part, in whole percents."""
    return f"{value:.0%}"


def fact(name: str, value: object) -> str:
    """One fact of a record."""
    return f"{name}: {plain(value)}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    short = [
        cell if len(cell) <= width else f"{cell[: width - 1]}…"
        for cell, width in zip(cells, widths, strict=True)
    ]
    padded = (cell.ljust(width) for cell, width in zip(short, widths, strict=True))
    return (" " * _GAP).join(padded).rstrip()
