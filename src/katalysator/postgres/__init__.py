"""PostgreSQL without an administrator: the server of a Python package, carefully controlled.

`running` takes part in the server of a data folder, `revive` starts it again where it was killed, `dump` and `restore`
move a database as one file, `status` tells how it is, `guard` and `remove` close a data folder and throw it away, `grant`
keeps the role of the site apart from the owner of the tables. All but `running`, `revive`, `guard` and `remove` also
work with a PostgreSQL server from elsewhere, named by its URL. Linux and macOS; no Django.
"""

from katalysator.postgres.archive import dump, require_dump, restore
from katalysator.postgres.errors import PostgresError
from katalysator.postgres.home import find as place_of, guard
from katalysator.postgres.inspection import Status, require_fit, require_fit_server, status
from katalysator.postgres.roles import SITE_ROLE, grant, require_apart
from katalysator.postgres.server import Server, remove, revive, running

__all__ = [
    "SITE_ROLE",
    "PostgresError",
    "Server",
    "Status",
    "dump",
    "grant",
    "guard",
    "place_of",
    "remove",
    "require_apart",
    "require_dump",
    "require_fit",
    "require_fit_server",
    "restore",
    "revive",
    "running",
    "status",
]
