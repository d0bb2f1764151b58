"""What lies where in a data folder, and the preparation that needs no server.

data/          the cluster; made as data.new/ and renamed when complete
socket         link to the folder of the server's socket
server.log     what the server says
users.lock     held shared by every command that takes part
start.lock     held by the one that starts or stops
server.lock    inherited by every process that works on the data: free means that none lives
elsewhere      link to the folder that has all this instead, where the server cannot reach this one
"""

import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from katalysator.faults import gettext_noop as _
from katalysator.postgres.errors import PostgresError
from katalysator.postgres.programs import Account, hand_over, in_system_store, reaches, serving

SUPERUSER: Final = "katalysator"
PORT: Final = 5432
_SOCKET: Final = f".s.PGSQL.{PORT}"
_LONGEST_SOCKET: Final = 103
"""Bytes of a socket's path that every system accepts (Linux 107, macOS 103)."""
_LARGEST_LOG: Final = 10_000_000


class _Within:
    """A path within a data folder, which need not be there; the docstring above says what it is."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, home: "Home", _kind: type) -> Path:
        return home.folder / self._name


@dataclass(frozen=True, slots=True)
class Home:
    """A data folder, and the account its server runs under (`None`: our own)."""

    folder: Path
    account: Account | None

    data = _Within("data")
    unfinished = _Within("data.new")
    log = _Within("server.log")
    users_lock = _Within("users.lock")
    start_lock = _Within("start.lock")
    server_lock = _Within("server.lock")

    @property
    def sockets(self) -> Path:
        """The folder of the server's socket, which need not exist."""
        return (self.folder / "socket").resolve()

    @property
    def socket(self) -> Path:
        """The server's socket, which need not exist."""
        return self.sockets / _SOCKET


def find(folder: Path) -> Path:
    """Return the folder that really has the data, without making or changing anything."""
    moved = folder / "elsewhere"
    if not moved.is_symlink():
        return folder.resolve()
    if not moved.is_dir():
        raise PostgresError(
            "data-moved",
            _("The database of %(folder)s was kept in %(place)s, which is gone."),
            hint=_("Put it back, or remove the link %(link)s to begin with an empty one."),
            folder=folder,
            place=moved.readlink(),
            link=moved,
        )
    return moved.resolve()


def prepare(folder: Path) -> Home:
    """Return the folder with everything in place that a server needs but its data."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        place = find(folder)
        home = _within_reach(Home(place, serving(place / "data")))
        for path in (home.users_lock, home.start_lock, home.server_lock, home.log):
            path.touch(0o600)
            hand_over(path, home.account)
    except OSError as error:
        raise PostgresError(
            "folder-closed",
            _("The folder %(folder)s cannot hold a database for this user: %(reason)s."),
            hint=_(
                "Choose a folder that this user may write to, or run the command as the user that"
                " made the database."
            ),
            folder=folder,
            reason=error,
        ) from error
    return home


def guard(folder: Path, *above: Path) -> None:
    """Close a data folder, and those above it, to all but us and the account that its server has."""
    account = serving(find(folder) / "data")
    for each in (*above, folder):
        if account is None:
            each.chmod(0o700)
        else:
            os.chown(each, -1, account.gid)
            each.chmod(0o710)


def _within_reach(home: Home) -> Home:
    if reaches(home.account, home.folder):
        return home
    if home.data.exists():
        raise PostgresError(
            "data-unreachable",
            _(
                "The owner of %(data)s cannot reach it any more, and PostgreSQL does not run as"
                " root."
            ),
            hint=_("Let that user pass through the folders above it (chmod o+x)."),
            data=home.data,
        )
    place = in_system_store(home.folder.name)
    try:
        (home.folder / "elsewhere").symlink_to(place)
    except FileExistsError:
        place.rmdir()
    return Home(find(home.folder), home.account)


def open_sockets(home: Home) -> Path:
    """Return a folder for the socket that only the server's account and root may enter.

    The one of a crashed server is used again: the addresses of those who take part stay true.
    """
    link = home.folder / "socket"
    if not (link.is_symlink() and _is_private(home)):
        link.unlink(missing_ok=True)
        made = _new_sockets(home)
        link.symlink_to(made.name if made.parent == home.folder else made)
    _clear_sockets(home.sockets)
    return home.sockets


def close_sockets(home: Home) -> None:
    """Remove the folder of the socket when nobody takes part any more."""
    _clear_sockets(home.sockets)
    with suppress(OSError):
        home.sockets.rmdir()
    (home.folder / "socket").unlink(missing_ok=True)


def _is_private(home: Home) -> bool:
    owner = home.account.uid if home.account else os.geteuid()
    with suppress(OSError):
        found = home.sockets.stat()
        return found.st_uid == owner and found.st_mode & 0o077 == 0
    return False


def _new_sockets(home: Home) -> Path:
    long = len(os.fsencode(home.folder / "socket-12345678" / _SOCKET)) > _LONGEST_SOCKET
    awkward = "," in str(home.folder)
    if long or awkward:
        made = Path(tempfile.mkdtemp(prefix="katalysator-", dir="/tmp"))
    else:
        made = Path(tempfile.mkdtemp(prefix="socket-", dir=home.folder))
    hand_over(made, home.account)
    return made


def _clear_sockets(folder: Path) -> None:
    for name in (_SOCKET, f"{_SOCKET}.lock"):
        (folder / name).unlink(missing_ok=True)


def trim_log(home: Home) -> int:
    """Put a log aside that has grown large, and return the size of the present one."""
    size = home.log.stat().st_size
    if size < _LARGEST_LOG:
        return size
    home.log.replace(home.log.with_suffix(".log.old"))
    home.log.touch(0o600)
    hand_over(home.log, home.account)
    return 0


def erase(home: Home, folder: Path) -> None:
    """Delete all that this package puts in a data folder, and the folder itself if it is empty."""
    close_sockets(home)
    for path in (home.data, home.unfinished):
        if path.exists():
            shutil.rmtree(path)
    logs, locks = (home.log, home.log.with_suffix(".log.old")), (home.users_lock, home.server_lock)
    for path in (*logs, *locks, home.start_lock, folder / "elsewhere"):
        path.unlink(missing_ok=True)
    for place in {home.folder, folder}:
        with suppress(OSError):
            place.rmdir()
