"""Checks of the database: what it has, and as whom we come there. Whether it answers: `checks`."""

from collections.abc import Iterator

from django.db import connection

from katalysator.faults import gettext_noop as _
from katalysator.postgres.inspection import OLDEST_VECTOR, vector_version
from katalysator.postgres.roles import standing
from katalysator.running.examination.findings import Advice, Problem


def extension() -> Iterator[Problem]:
    """Whether the database itself has pgvector, new enough."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extversion FROM pg_extension WHERE extname = 'vector'")
        row = cursor.fetchone()
    if row is None or vector_version(row[0]) < OLDEST_VECTOR:
        yield Problem(
            "no-pgvector",
            _("The database has no pgvector, or too old a one; %(oldest)s or newer is needed."),
            hint=_(
                "As its administrator: CREATE EXTENSION vector, or ALTER EXTENSION vector UPDATE."
            ),
            oldest=".".join(map(str, OLDEST_VECTOR)),
        )


def tables() -> Iterator[Problem]:
    """Whether the tables are those of this version."""
    from katalysator.site.health import is_ready

    if not is_ready():
        yield Problem(
            "tables-old",
            _("The tables in the database are not those of this version."),
            hint=_("Run `katalysator manage migrate`, or start `katalysator serve` again."),
        )


def user() -> Iterator[Problem]:
    """Whether the site comes as somebody who could rewrite what happened."""
    connection.ensure_connection()
    found = standing(connection.connection)
    if found.is_superuser:
        yield Problem(
            "superuser",
            _("The site works as %(name)s, a superuser of the database server."),
            hint=_("Give it a user of its own: docs/running.md."),
            name=found.name,
        )
    elif found.owns:
        yield Advice(
            "one-role",
            _("The site works as %(name)s, who owns the tables and could rewrite the audit trail."),
            hint=_("Two users are safer, DATABASE_OWNER_URL beside DATABASE_URL: docs/running.md."),
            name=found.name,
        )
    elif found.rewrites:
        yield Problem(
            "rewrites",
            _("%(name)s, as whom the site works, may change the audit trail or make tables."),
            hint=_(
                "Start `katalysator serve` with DATABASE_OWNER_URL: it takes those rights back."
            ),
            name=found.name,
        )
