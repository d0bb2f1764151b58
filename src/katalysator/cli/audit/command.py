"""`katalysator audit`: is the trail as it was written, and how far is it? What is said: `report`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from katalysator.cli import options, target
from katalysator.cli.answering import answering
from katalysator.core.language import say
from katalysator.faults import InvalidInput, gettext_noop
from katalysator.running.house import house


@click.group()
def audit() -> None:
    """Look after the audit trail."""


@audit.command()
@click.option(
    "--head",
    "file",
    type=options.FILE,
    help="A file of `katalysator audit head` that was kept elsewhere, to check against.",
)
@options.language
def verify(file: Path | None, language: str | None) -> None:
    """Check that no event was changed or taken away. Names the first of each chain that was.

    A chain of which the end was cut off, or written anew, shows only with --head.
    """
    with _trail(language):
        from katalysator.cli.audit.report import checked

        faults, facts = checked(file)
    for line in faults:
        click.echo(line, err=True)
    for line in facts:
        click.echo(line)
    sys.exit(1 if faults else 0)


@audit.command()
@click.option("--out", type=options.TARGET, help="File to write to: .json.")
@options.language
def head(out: Path | None, language: str | None) -> None:
    """Write down how far each chain is, to be kept where nobody of this house can change it."""
    with _trail(language):
        from katalysator.core.heads import as_text, heads

        text = as_text(heads())
        if out:
            target.check(out, (".json",), ())
            target.write_text(out, text)
            text = say("Written to %(out)s.", out=out) + "\n"
    click.echo(text, nl=False)


@contextmanager
def _trail(language: str | None) -> Iterator[None]:
    """The house with its trail; what cannot be done there is told in a sentence."""
    with house(migrated=False), answering(language):
        from django.db import connection

        if "core_event" not in connection.introspection.table_names():
            raise InvalidInput(
                "no-trail",
                gettext_noop("There is no audit trail here yet."),
                hint=gettext_noop("Start the coalition first, with `katalysator serve`."),
            )
        yield
