"""`katalysator audit`: is the trail as it was written, and how far is it? What is said: `report`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click

from katalysator.cli import target
from katalysator.cli.answering import answering
from katalysator.cli.house import house
from katalysator.core.language import languages, say
from katalysator.faults import InvalidInput, gettext_noop

_LANGUAGE: Final = click.option(
    "--language", type=click.Choice(languages()), help="Of what is said here."
)


@click.group()
def audit() -> None:
    """Look after the audit trail."""


@audit.command()
@click.option(
    "--head",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of `katalysator audit head` that was kept elsewhere, to check against.",
)
@_LANGUAGE
def verify(file: Path | None, language: str | None) -> None:
    """Check that no event was changed or taken away. Names the first of each chain that was.

    A chain of which the end was cut off, or written anew, shows only with --head.
    """
    with _trail(language):
        from katalysator.cli.audit.report import checked

        report = checked(file)
    for line in report.faults:
        click.echo(line, err=True)
    for line in report.facts:
        click.echo(line)
    sys.exit(1 if report.faults else 0)


@audit.command()
@click.option("--out", type=click.Path(path_type=Path), help="File to write to: .json.")
@_LANGUAGE
def head(out: Path | None, language: str | None) -> None:
    """Write down how far each chain is, to be kept where nobody of this house can change it."""
    with _trail(language):
        from katalysator.core.heads import as_text, heads

        text = as_text(heads())
        if out:
            _write(out, text)
            text = say("Written to %(out)s.", out=out) + "\n"
    click.echo(text, nl=False)


def _write(out: Path, text: str) -> None:
    target.check(out, (".json",), ())
    try:
        with target.replacing(out) as unfinished:
            unfinished.write_text(text, "utf-8")
    except OSError as error:
        raise target.unwritten(out, error) from error


@contextmanager
def _trail(language: str | None) -> Iterator[None]:
    """The house with its trail; what cannot be done there is told in a sentence."""
    with house(migrated=False), answering(language):
        _require_table()
        yield


def _require_table() -> None:
    from django.db import connection

    if "core_event" not in connection.introspection.table_names():
        raise InvalidInput(
            "no-trail",
            gettext_noop("There is no audit trail here yet."),
            hint=gettext_noop("Start the coalition first, with `katalysator serve`."),
        )
