"""A command of the data space: in the house itself, and answered in two ways."""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import click

from katalysator.cli import options
from katalysator.cli.answering import answering
from katalysator.cli.exchange.showing import as_json
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.running.house import house

organisation: Final = click.option(
    "--organisation",
    "slug",
    default="",
    help="Whose connector, by its name in addresses; left out where there is one.",
)
waiting: Final = (
    click.option("--wait", is_flag=True, help="Wait until it is done, or refused."),
    click.option(
        "--seconds",
        type=options.whole(1, 86_400),
        default=60,
        show_default=True,
        help="How long to wait at most.",
    ),
)


@dataclass(frozen=True, slots=True)
class DataspaceOutcome:
    """What came of a command: for programs, for people, and whether it is what was asked."""

    answer: Any
    lines: list[str]
    is_done: bool = True


def told(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command that gives an outcome; where that is not what was asked, it ends with 1."""

    @as_json
    @options.language
    @click.pass_context
    def done(
        context: click.Context, /, *, as_json: bool, language: str | None, **given: Any
    ) -> None:
        with house(), answering(language):
            _require_text(given.values())
            outcome: DataspaceOutcome = context.invoke(command, **given)
            if as_json:
                click.echo(json.dumps(outcome.answer, ensure_ascii=False, indent=2))
            else:
                for line in outcome.lines:
                    click.echo(line)
        if not outcome.is_done:
            sys.exit(1)

    done.__name__, done.__doc__ = command.__name__, command.__doc__
    done.__click_params__ = [  # type: ignore[attr-defined]
        *getattr(done, "__click_params__", ()),
        *getattr(command, "__click_params__", ()),
    ]
    return done


def _require_text(given: Iterable[Any]) -> None:
    """Refuse what no database can be asked for: bytes that are no letters. Raises InvalidInput."""
    for each in given:
        if isinstance(each, str) and ("\0" in each or _is_torn(each)):
            raise InvalidInput("no-text", _("There are signs in this that are no letters."))


def _is_torn(text: str) -> bool:
    """Whether there are bytes in it that are no letters of UTF-8."""
    return any("\ud800" <= sign <= "\udfff" for sign in text)


def waits(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command that may wait for the other side."""
    for option in reversed(waiting):
        command = option(command)
    return command
