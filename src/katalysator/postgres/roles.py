"""Who may do what in a database: its owner makes and changes the tables, the site only fills them.

The site's role can read, add, change and delete rows, save where tables say otherwise below. It makes
nothing, owns nothing and runs nothing on the server. `grant` gives it just that, after every change of
the tables; `require_apart` refuses two addresses that would not keep owner and site apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from psycopg import Connection, sql

from katalysator.faults import gettext_noop as _
from katalysator.postgres.connection import connected
from katalysator.postgres.errors import PostgresError

SITE_ROLE: Final = "katalysator_site"
"""The site's role on our own server; elsewhere it is the user of its URL."""

WRITTEN_ONCE: Final = frozenset({"core_event"})
"""Tables whose rows are added and never changed."""
KEPT_BY_OWNER: Final = frozenset({"django_migrations"})
"""Tables that say how far the owner is."""

_FILLS: Final = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
_COUNTS: Final = frozenset({"SELECT", "USAGE"})
_GRANTING: Final = "SELECT pg_advisory_xact_lock(hashtextextended('katalysator grants', 0))"

# What belongs to an extension is left as its administrator made it.
_OWN: Final = """
    NOT EXISTS (SELECT FROM pg_depend WHERE objid = thing.oid AND deptype = 'e')
"""
_RELATIONS: Final = f"""
    SELECT thing.relname, thing.relkind = 'S',
           ARRAY(SELECT privilege_type FROM aclexplode(thing.relacl) WHERE grantee = role.oid)
    FROM pg_class AS thing, pg_roles AS role
    WHERE role.rolname = %s AND thing.relnamespace = 'public'::regnamespace
      AND thing.relkind IN ('r', 'p', 'v', 'm', 'S') AND {_OWN}
    ORDER BY thing.relname
"""  # noqa: S608 — of our own parts
_ROUTINES: Final = f"""
    SELECT thing.oid::regprocedure::text FROM pg_proc AS thing
    WHERE thing.pronamespace = 'public'::regnamespace AND {_OWN}
      AND NOT has_function_privilege(%s, thing.oid, 'EXECUTE')
"""  # noqa: S608
_PLACES: Final = """
    SELECT current_database(), has_database_privilege(%(role)s, current_database(), 'CONNECT')
        AND NOT has_database_privilege(%(role)s, current_database(), 'CREATE, TEMPORARY')
        AND has_schema_privilege(%(role)s, 'public', 'USAGE')
        AND NOT has_schema_privilege(%(role)s, 'public', 'CREATE')
"""
_PLACE: Final = """
    REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC, {role};
    REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role};
    GRANT CONNECT ON DATABASE {database} TO {role};
    GRANT USAGE ON SCHEMA public TO {role};
"""


def wanted(relation: str, *, sequence: bool = False) -> frozenset[str]:
    """What the site's role may do with a table, view or sequence of this name."""
    if sequence:
        return _COUNTS
    if relation in KEPT_BY_OWNER:
        return frozenset({"SELECT"})
    return frozenset({"SELECT", "INSERT"}) if relation in WRITTEN_ONCE else _FILLS


def make_site_role(maintenance: Connection) -> None:
    """Make the site's role of our own server, where it is not there yet."""
    known = maintenance.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [SITE_ROLE])
    if known.fetchone() is None:
        create = sql.SQL("CREATE ROLE {} LOGIN")
        maintenance.execute(create.format(sql.Identifier(SITE_ROLE)))


def grant(owner: str, site: str) -> None:
    """Give the role of the one URL what it needs in the database of the other, and no more.

    Only what is not so yet is changed, all at once. Cost: five queries.
    """
    failure = PostgresError("grant-failed", _("Giving the site's role its rights failed."))
    with connected(site, failure) as connection:
        role = connection.info.user
    with connected(owner, failure) as connection, connection.transaction():
        connection.execute(_GRANTING)
        for statement in _missing(connection, role):
            connection.execute(statement)


def _missing(connection: Connection, role: str) -> Iterator[sql.Composed | bytes]:
    """The statements that make the rights of the role what they should be."""
    named = sql.Identifier(role)
    database, settled = _row(connection, _PLACES, {"role": role})
    if not settled:
        yield sql.SQL(_PLACE).format(database=sql.Identifier(database), role=named)
    for name, is_sequence, given in connection.execute(_RELATIONS.encode(), [role]).fetchall():
        if (rights := wanted(name, sequence=is_sequence)) != set(given):
            yield _given(rights, sql.Identifier("public", name), named, is_sequence)
    for (routine,) in connection.execute(_ROUTINES.encode(), [role]).fetchall():
        yield f"GRANT EXECUTE ON ROUTINE {routine} TO {named.as_string(connection)}".encode()


def _given(
    rights: frozenset[str], thing: sql.Identifier, role: sql.Identifier, is_sequence: bool
) -> sql.Composed:
    kind = sql.SQL("SEQUENCE" if is_sequence else "TABLE")
    listed = sql.SQL(", ").join(sql.SQL(right) for right in sorted(rights))
    return sql.SQL(
        "REVOKE ALL ON {kind} {thing} FROM {role}; GRANT {listed} ON {kind} {thing} TO {role}"
    ).format(kind=kind, thing=thing, role=role, listed=listed)


@dataclass(frozen=True, slots=True)
class RoleStanding:
    """How a role stands in a database.

    Attributes
    ----------
    name
        Its name.
    is_superuser
        Whether it may do everything on the whole server.
    owns
        Whether it owns our tables, itself or as a member of who does, or could become their owner.
    rewrites
        Whether it may change or delete what is written once, or make things in the database.

    """

    name: str
    is_superuser: bool
    owns: bool
    rewrites: bool


_STANDING: Final = """
    SELECT current_user, role.rolsuper,
           role.rolcreaterole OR EXISTS (
               SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace
               AND relkind IN ('r', 'p') AND pg_has_role(current_user, relowner, 'MEMBER')),
           has_schema_privilege('public', 'CREATE') OR EXISTS (
               SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace
               AND relname = ANY(%s) AND (has_any_column_privilege(oid, 'UPDATE')
               OR has_table_privilege(oid, 'DELETE, TRUNCATE, TRIGGER')))
    FROM pg_roles AS role WHERE role.rolname = current_user
"""


def standing(connection: Connection) -> RoleStanding:
    """Tell how the role of this connection stands in its database. Cost: one query."""
    return RoleStanding(*_row(connection, _STANDING, [list(WRITTEN_ONCE)]))


def require_apart(owner: str, site: str) -> None:
    """Raise unless both URLs lead to one database, in which the site's role owns nothing."""
    failure = PostgresError("server-unseen", _("Looking at the database server failed."))
    with connected(owner, failure) as connection:
        place = _row(connection, _WHERE)
        role = connection.info.user
    with connected(site, failure) as connection:
        if _row(connection, _WHERE) != place:
            raise PostgresError(
                "two-databases",
                _("DATABASE_URL and DATABASE_OWNER_URL lead to different databases."),
                hint=_("Let both name the same one, with two users."),
            )
        found = standing(connection)
    if found.is_superuser or found.owns:
        raise PostgresError(
            "site-owns",
            _("The user %(site)s of DATABASE_URL is the owner of the tables, or may become it."),
            hint=_(
                "Take that away: ALTER ROLE … NOSUPERUSER NOCREATEROLE, and REASSIGN OWNED BY"
                " %(site)s TO %(owner)s."
            ),
            site=found.name,
            owner=role,
        )


_WHERE: Final = "SELECT current_database()::text, pg_postmaster_start_time()"


def _row(
    connection: Connection, query: str, values: dict[str, str] | list[Any] | None = None
) -> tuple[Any, ...]:
    row = connection.execute(query.encode(), values).fetchone()
    assert row is not None  # noqa: S101 — these queries always have one
    return row
