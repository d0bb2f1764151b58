"""The house at work: its database started or found, Django ready, tables up to date.

The owner of the database makes and changes the tables; the site and its workers only fill them, and do
not learn the owner's address.
"""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
import psycopg

from katalysator import postgres
from katalysator.core.language import active_language, say
from katalysator.faults import InvalidInput, KatalysatorError, gettext_noop as _
from katalysator.running.data_folder import keep_private
from katalysator.site.environment import OUR_SERVER, data_folder, database

DATABASE: Final = "katalysator"
SETTINGS: Final = "katalysator.site.settings"
SITE_URL: Final = "DATABASE_URL"
_OWNER_URL: Final = "DATABASE_OWNER_URL"
_STARTING: Final = 0x6B6173
"""Number of the advisory lock under which what all need is made."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one database: for its owner and for the site, the same where that is one user."""

    owner: str
    site: str

    @property
    def apart(self) -> bool:
        """Whether the site is another user than the owner."""
        return self.owner != self.site


def own_database() -> Path | None:
    """The folder of our own server; None where the environment leads to another."""
    if SITE_URL in os.environ or _OWNER_URL in os.environ:
        return None
    return data_folder() / OUR_SERVER


@contextmanager
def addresses(*, made: bool = True) -> Iterator[Addresses]:
    """The database's addresses: those of the environment, else of our own server while we use it.

    Where it need not be `made`, there may be no database there yet.
    """
    place = own_database()
    if place is None:
        keep_private(data_folder())
        yield _given(made)
        return
    place.mkdir(exist_ok=True)
    keep_private(data_folder())
    with postgres.running(place) as server:
        if made:
            server.ensure(DATABASE)
        else:
            server.ensure_site_role()
        yield Addresses(server.url(DATABASE), server.url(DATABASE, role=postgres.SITE_ROLE))


def _given(made: bool) -> Addresses:
    site = os.environ.get(SITE_URL)
    if not site:
        raise InvalidInput(
            "url-of-owner-only",
            _("DATABASE_OWNER_URL is set, and DATABASE_URL is not."),
            hint=_("Name the same database in DATABASE_URL, with the user that the site has."),
        )
    found = Addresses(os.environ.get(_OWNER_URL) or site, site)
    (postgres.require_fit if made else postgres.require_fit_server)(found.owner)
    if made and found.apart:
        postgres.require_apart(found.owner, found.site)
    return found


@contextmanager
def house(*, migrated: bool = True, owned: bool = False) -> Iterator[None]:
    """Django, ready to use, with the tables of today.

    It works as the site's user; as the owner, after whom the site gets its rights, where `owned`.
    """
    with addresses() as found:
        _get_ready(found.site)
        if migrated:
            _migrate(found)
        with _owning(found) if owned else nullcontext():
            yield


def _get_ready(url: str) -> None:
    os.environ[SITE_URL] = url
    os.environ.pop(_OWNER_URL, None)  # what is started from here is to know no more than it needs
    start_django()


def start_django() -> None:
    """Let Django read the settings and get ready, in the language that is spoken."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import django
    from django.utils import translation

    spoken = active_language()
    gc.disable()  # nothing falls away while all is loaded: a fifth of the time of a start
    django.setup()
    gc.freeze()
    gc.enable()
    translation.activate(spoken)


def _migrate(found: Addresses) -> None:
    """Bring the tables up to date, as their owner, who then gives the site its rights."""
    from katalysator.running.migrating import migrate

    with one_at_a_time(), _owning(found):
        if _pending():
            _require_rights()
            migrate()
            _begin()


def _begin() -> None:
    """Give a site what it begins with: a taxonomy of work, until it takes in another."""
    from katalysator.core.actors import OPERATOR
    from katalysator.talent.taxonomies.verbs import take_in_starter

    take_in_starter(by=OPERATOR)


def _pending() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _require_rights() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT has_schema_privilege('public', 'CREATE')")
        if cursor.fetchone() != (True,):
            raise KatalysatorError(
                "tables-old",
                _("The tables are not those of this version, and this user may not change them."),
                hint=_("Name their owner in DATABASE_OWNER_URL."),
            )


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Keep other starts on this database from the block, and say so where we are kept."""
    with psycopg.connect(os.environ[SITE_URL], autocommit=True) as connection:
        took = connection.execute("SELECT pg_try_advisory_lock(%s)", [_STARTING]).fetchone()
        if took == (False,):
            click.echo(say("Another start is under way here: waiting for it."), err=True)
            connection.execute("SELECT pg_advisory_lock(%s)", [_STARTING])
        yield


@contextmanager
def _owning(found: Addresses) -> Iterator[None]:
    """Let Django work as the owner for a while, and give the site its rights afterwards."""
    from django.db import connection

    if not found.apart:
        yield
        return
    connection.close()
    connection.settings_dict.update(database(found.owner))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(database(found.site))
        postgres.grant(found.owner, found.site)
