"""PostgreSQL without an administrator: the server of a Python package, carefully controlled.

`running` takes part in the server of a data folder, `dump` and `restore` move a database as one
file, `status` tells how it is, `remove` throws a data folder away. All but `running` and `remove`
also work with a PostgreSQL server from elsewhere, named by its URL. Linux and macOS; no Django.
"""

from katalysator.postgres.archive import dump, require_dump, restore
from katalysator.postgres.errors import PostgresError
from katalysator.postgres.inspection import Status, require_fit, require_fit_server, status
from katalysator.postgres.server import Server, remove, running

__all__ = [
    "PostgresError",
    "Server",
    "Status",
    "dump",
    "remove",
    "require_dump",
    "require_fit",
    "require_fit_server",
    "restore",
    "running",
    "status",
]
