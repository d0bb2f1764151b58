"""The house at work: its database started or found, Django ready, tables up to date."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click
import psycopg

from katalysator.core.language import active_language, say
from katalysator.postgres import require_fit, require_fit_server, running
from katalysator.site.environment import data_folder

DATABASE = "katalysator"
SETTINGS = "katalysator.site.settings"
_STARTING: Final = 0x6B6173
"""Number of the advisory lock under which what all need is made."""


def own_database() -> Path | None:
    """The folder of our own server; None where DATABASE_URL leads to another."""
    return None if os.environ.get("DATABASE_URL") else data_folder() / "postgres"


@contextmanager
def database_url(*, made: bool = True) -> Iterator[str]:
    """The database's address: that of DATABASE_URL, else of our own server while we use it.

    Where it need not be `made`, there may be no database there yet.
    """
    if url := os.environ.get("DATABASE_URL"):
        (require_fit if made else require_fit_server)(url)
        yield url
        return
    with running(data_folder() / "postgres") as server:
        yield server.ensure(DATABASE) if made else server.url(DATABASE)


@contextmanager
def house(*, migrated: bool = True) -> Iterator[None]:
    """Django, ready to use, with the tables of today."""
    with database_url() as url:
        os.environ["DATABASE_URL"] = url
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        import django
        from django.utils import translation

        spoken = active_language()
        django.setup()
        translation.activate(spoken)
        if migrated:
            from django.core.management import call_command

            with one_at_a_time():
                call_command("migrate", verbosity=0, interactive=False)
        yield


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Keep other starts on this database from the block, and say so where we are kept."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        took = connection.execute("SELECT pg_try_advisory_lock(%s)", [_STARTING]).fetchone()
        if took == (False,):
            click.echo(say("Another start is under way here: waiting for it."), err=True)
            connection.execute("SELECT pg_advisory_lock(%s)", [_STARTING])
        yield
