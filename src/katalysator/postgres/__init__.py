"""PostgreSQL without an administrator: the server of a Python package, carefully controlled.

`running` takes part in the server of a data folder, `dump` and `restore` move a database as one
file, `status` tells how it is, `remove` throws a data folder away. All but `running` and `remove`
also work with a PostgreSQL server from elsewhere, named by its URL. Linux and macOS; no Django.
"""

from katalysator.postgres.archive import dump, require_dump, restore
from katalysator.postgres.errors import (
    DatabaseInUse,
    DiskFull,
    NotADump,
    PostgresError,
    ProgramsMissing,
    StartFailed,
    WrongVersion,
)
from katalysator.postgres.fitness import require_fit, require_fit_server
from katalysator.postgres.report import Database, Status, status
from katalysator.postgres.server import Server, remove, running

__all__ = [
    "Database",
    "DatabaseInUse",
    "DiskFull",
    "NotADump",
    "PostgresError",
    "ProgramsMissing",
    "Server",
    "StartFailed",
    "Status",
    "WrongVersion",
    "dump",
    "remove",
    "require_dump",
    "require_fit",
    "require_fit_server",
    "restore",
    "running",
    "status",
]
