"""The archive of open data: made where something changed since it was, and kept in the data folder until then."""

import fcntl
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final

from django.conf import settings
from django.urls import reverse

from katalysator import __version__
from katalysator.coalition.founding.current import current
from katalysator.core.archives import zipped
from katalysator.core.changes import states
from katalysator.core.exporting import DESCRIPTION, write_open
from katalysator.core.language import ENGLISH, say, speaking
from katalysator.site.outage import require_room

LICENCE: Final[Mapping[str, str]] = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
_ROOM: Final = "open-data"


@dataclass(frozen=True, slots=True)
class OpenArchive:
    """The archive, opened, and since when it is so; whoever reads it closes it."""

    file: BinaryIO
    made_at: datetime

    def description(self) -> bytes:
        """What it says of itself: a data package."""
        with zipfile.ZipFile(self.file) as archive:
            return archive.read(DESCRIPTION)


def state() -> str:
    """Names what the archive would hold now: another name after every write to what it may hold. Cost: one query."""
    return sha256(f"{__version__} {states().of()}".encode()).hexdigest()[:32]


def made_at(named: str) -> datetime | None:
    """Since when there is an archive of this state; None where it is not made yet."""
    try:
        return _moment(_path(named))
    except FileNotFoundError:
        return None


def opened(named: str) -> OpenArchive:
    """The archive of this state, or a newer one under its name; who comes while it is made waits for it.

    Raises DiskFull where there is no room for it. Cost: where something changed, a query a table and one a
    thousand rows for what hangs on them, and memory for a thousand rows.
    """
    if found := _kept(named):
        return found
    folder = _path(named).parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _kept(named) or _made(named)


def _kept(named: str) -> OpenArchive | None:
    path = _path(named)
    try:
        return OpenArchive(path.open("rb"), _moment(path))
    except FileNotFoundError:
        return None


def _made(named: str) -> OpenArchive:
    require_room()
    path = _path(named)
    with TemporaryDirectory(dir=path.parent) as made, speaking(ENGLISH):
        tables, archive = Path(made, "tables"), Path(made, "all.zip")
        tables.mkdir()
        write_open(tables, _described())
        zipped(tables, archive)
        file, moment = archive.open("rb"), _moment(archive)
        archive.replace(path)
    for each in path.parent.glob("*.zip"):
        if each != path:
            each.unlink(missing_ok=True)
    return OpenArchive(file, moment)


def _described() -> dict[str, Any]:
    """What is said of the whole."""
    name = str(current())
    home = f"{settings.ADDRESS}{reverse('open-data')}"
    return {
        "name": _ROOM,
        "title": say("Open data of %(name)s", name=name),
        "description": say(
            "All that anybody may see at %(home)s, without tables of people and e-mail addresses.",
            home=home,
        ),
        "homepage": home,
        "licenses": [LICENCE],
        "contributors": [{"title": name, "roles": ["publisher"], "path": settings.ADDRESS}],
    }


def _path(named: str) -> Path:
    path: Path = settings.FILES / _ROOM / f"{named}.zip"
    return path


def _moment(path: Path) -> datetime:
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
