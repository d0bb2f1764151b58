"""PostgreSQL without an administrator: the server of a Python package, carefully controlled.

`running` takes part in the server of a data folder, `revive` starts it again where it was killed, `dump` and `restore` move a database as one
file, `status` tells how it is, `remove` throws a data folder away. All but `running` and `remove`
also work with a PostgreSQL server from elsewhere, named by its URL. Linux and macOS; no Django.
"""

from katalysator.postgres.archive import dump, require_dump, restore
from katalysator.postgres.errors import PostgresError
from katalysator.postgres.home import find as place_of
from katalysator.postgres.inspection import Status, require_fit, require_fit_server, status
from katalysator.postgres.server import Server, remove, revive, running

__all__ = [
    "PostgresError",
    "Server",
    "Status",
    "dump",
    "place_of",
    "remove",
    "require_dump",
    "require_fit",
    "require_fit_server",
    "restore",
    "revive",
    "running",
    "status",
]
