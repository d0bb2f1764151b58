"""`katalysator db`: how the database is, and moving it as one file."""

import os
from pathlib import Path

import click

from katalysator import postgres
from katalysator.cli import options
from katalysator.core.language import number, say, translate
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.running.house import addresses
from katalysator.site.environment import OUR_SERVER, data_folder


@click.group("db")
def database() -> None:
    """Look at the database, write it to a file, or put a file back."""


@database.command()
def status() -> None:
    """Version, size and users of the database."""
    place = os.environ.get("DATABASE_URL") or data_folder() / OUR_SERVER
    found = postgres.status(place)
    facts = [
        (_("place"), "DATABASE_URL" if isinstance(place, str) else str(place)),
        (_("running"), translate(_("yes") if found.running else _("no"))),
        (_("version"), found.version or translate("none yet")),
        (_("on disk"), _megabytes(found.size)),
        (_("users"), number(found.users)),
        *(
            (_("database"), f"{each} ({_megabytes(size)})")
            for each, size in found.databases.items()
        ),
    ]
    for label, fact in facts:
        click.echo(f"{translate(label):<10} {fact}")
    if found.problem:
        click.echo(str(found.problem))


@database.command()
@click.argument("target", type=options.TARGET)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def dump(target: Path, force: bool) -> None:
    """Write the whole database to TARGET."""
    if target.exists() and not force:
        raise InvalidInput(
            "dump-exists",
            _("%(target)s is there already."),
            hint=_("Choose another name, or --force."),
            target=target,
        )
    with addresses() as found:
        postgres.dump(found.owner, target)
    size = _megabytes(target.stat().st_size)
    click.echo(say("Written to %(target)s (%(size)s).", target=target, size=size))


@database.command()
@click.argument("source", type=options.FILE)
@click.option("--yes", is_flag=True, help="Go on without being asked.")
def restore(source: Path, yes: bool) -> None:
    """Put the database of SOURCE in place of the present one; all of it or nothing."""
    postgres.require_dump(source)
    if not yes:
        click.confirm(translate("This replaces everything in the database. Go on?"), abort=True)
    with addresses(made=False) as found:
        postgres.restore(found.owner, source)
        if found.apart:
            postgres.grant(found.owner, found.site)
    click.echo(say("Restored from %(source)s.", source=source))


def _megabytes(size: int) -> str:
    return say("%(size)s MB", size=number(size / 1e6, 1))
