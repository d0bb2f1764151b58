"""All checks in one list, and how they are done: none before what it needs is well."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from typing import Final

from django.db import Error, connection

from katalysator import postgres
from katalysator.faults import KatalysatorError, gettext_noop as _
from katalysator.running.examination import database, machine, mail, safety
from katalysator.running.examination.findings import Check, Finding, Problem
from katalysator.running.house import SITE_URL, addresses, start_django
from katalysator.site import environment

_NOWHERE: Final = "postgresql:///none"


def checks(stack: ExitStack) -> tuple[Check, ...]:
    """All checks, in the order in which they are done; the database is ours until the stack ends."""
    return (
        Check("disk", _("room on the disk"), machine.disk),
        Check("folder", _("rights on the data folder"), machine.folder),
        Check("synchronised", _("clock is kept right"), machine.synchronised),
        Check("settings", _("settings"), _settings),
        Check("debug", _("pages for builders"), safety.debug, "settings"),
        Check("hosts", _("names of the site"), safety.hosts, "settings"),
        Check("https", _("HTTPS"), safety.https, "settings"),
        Check("key", _("secret key"), safety.key, "settings"),
        Check("demo", _("example or coalition"), safety.demo, "settings"),
        Check("heads", _("heads of the audit trail"), safety.heads, "settings"),
        Check("mail", _("mail"), mail.sending, "settings"),
        Check("database", _("database"), partial(_database, stack), "settings"),
        Check("clock", _("clock of the database"), machine.clock, "database"),
        Check("extension", _("pgvector"), database.extension, "database"),
        Check("tables", _("tables"), database.tables, "database"),
        Check("user", _("user of the database"), database.user, "database"),
        Check("files", _("files of knowledge"), _files, "tables"),
        Check("queue", _("background work"), _queues, "tables"),
    )


def examined() -> list[Finding]:
    """Do all checks. Our own database server is started where it does not run, and stopped again."""
    found: dict[str, Finding] = {}
    with ExitStack() as stack:
        for check in checks(stack):
            can = not check.needs or found[check.needs].state == "well"
            found[check.name] = Finding(check, tuple(check.look()) if can else None)
    return list(found.values())


def _settings() -> Iterator[Problem]:
    """Whether the settings can be read. They name a database; whether it is there, they do not ask."""
    given = os.environ.get(SITE_URL)
    os.environ[SITE_URL] = given or _NOWHERE
    try:
        start_django()
    except environment.EnvironmentProblem as problem:
        told = _("The settings cannot be read: %(said)s")
        hint = _("What each may be stands in docs/settings.md.")
        yield Problem("settings-unread", told, hint=hint, said=str(problem))
    finally:
        if given is None:
            del os.environ[SITE_URL]


def _database(stack: ExitStack) -> Iterator[KatalysatorError]:
    """Whether the database answers, and is fit for us."""
    try:
        if SITE_URL not in os.environ:
            _require_data()
        found = stack.enter_context(addresses())
        connection.settings_dict.update(environment.database(found.site))
        stack.callback(connection.close)
        connection.ensure_connection()
    except KatalysatorError as problem:
        yield problem
    except Error as error:
        told = _("The database does not let the site in: %(said)s.")
        hint = _("Check DATABASE_URL, and whether the server runs.")
        yield Problem("database-closed", told, hint=hint, said=str(error).strip())


def _files() -> Iterator[Problem]:
    """Whether each file that a row knows is on the disk. The room knows tables, and so wants the settings first."""
    from katalysator.knowledge.files.keeping import missing

    try:
        gone = missing()
    except OSError as error:
        told = _("The folder with files of knowledge cannot be read: %(said)s.")
        hint = _("It belongs to the user that the site runs as; nobody else needs it.")
        yield Problem("files-unread", told, hint=hint, said=error.strerror or str(error))
        return
    if gone:
        told = _(
            "Files of knowledge are not on the disk: %(count)s, such as “%(name)s” of item %(item)s."
        )
        hint = _(
            "Put the folder “files” back from the backup, beside what is there (docs/running.md)."
        )
        first = gone[0]
        yield Problem(
            "files-missing", told, hint=hint, count=len(gone), name=first.name, item=first.item_id
        )


def _queues() -> tuple[KatalysatorError, ...]:
    """Whether jobs are done. The room knows tables, and so wants the settings first."""
    from katalysator.core.queues import stuck_queues

    return stuck_queues()


def _require_data() -> None:
    """Raise where our own server has no data yet: looking would make them."""
    status = postgres.status(environment.data_folder() / environment.OUR_SERVER)
    if status.problem:
        status.problem.hint = _("Start `katalysator serve`, which makes it.")
        raise status.problem
