"""`katalysator db`: how the database is, and moving it as one file."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from katalysator import postgres
from katalysator.cli.house import DATABASE, database_url
from katalysator.site.data_folder import data_folder


@click.group("db")
def database() -> None:
    """Look at the database, write it to a file, or put a file back."""


@database.command()
def status() -> None:
    """Version, size and users of the database."""
    place = os.environ.get("DATABASE_URL") or data_folder() / "postgres"
    found = postgres.status(place)
    click.echo(f"place      {'DATABASE_URL' if isinstance(place, str) else place}")
    click.echo(f"running    {'yes' if found.running else 'no'} {found.problem}".rstrip())
    click.echo(f"version    {found.version or 'none yet'}")
    click.echo(f"on disk    {_megabytes(found.size)}")
    click.echo(f"users      {found.users}")
    for each in found.databases:
        click.echo(f"database   {each.name} ({_megabytes(each.size)})")


@database.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def dump(target: Path, force: bool) -> None:
    """Write the whole database to TARGET."""
    if target.exists() and not force:
        raise click.ClickException(f"{target} is there already. Choose another name, or --force.")
    with database_url() as url:
        postgres.dump(url, target)
    click.echo(f"Written to {target} ({target.stat().st_size / 1e6:.1f} MB).")


@database.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Go on without being asked.")
def restore(source: Path, yes: bool) -> None:
    """Put the database of SOURCE in place of the present one; all of it or nothing."""
    postgres.require_dump(source)
    if not yes:
        click.confirm("This replaces everything in the database. Go on?", abort=True)
    with _place() as url:
        postgres.restore(url, source)
    click.echo(f"Restored from {source}.")


@contextmanager
def _place() -> Iterator[str]:
    """Lend the address of the database, which need not be there yet."""
    if url := os.environ.get("DATABASE_URL"):
        postgres.require_fit_server(url)
        yield url
        return
    with postgres.running(data_folder() / "postgres") as server:
        yield server.url(DATABASE)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
