"""A file that is kept here."""

from typing import BinaryIO

from katalysator.core.attachments import store
from katalysator.dataspace.delivery.ranges import asked_range
from katalysator.dataspace.delivery.sources.opened import OpenedData, SourceFault
from katalysator.dataspace.models import DataSource
from katalysator.faults import gettext_noop as _

ROOM = "dataspace"


class _Part:
    """So many bytes of a file, from where it stands."""

    def __init__(self, file: BinaryIO, left: int) -> None:
        self._file, self._left = file, left

    def read(self, most: int) -> bytes:
        block = self._file.read(min(most, self._left))
        self._left -= len(block)
        return block

    def close(self) -> None:
        self._file.close()


def opened(source: DataSource, asked: str) -> OpenedData:
    """A file, or a part of it. Raises SourceFault, NoSuchRange."""
    size = source.size or 0
    part = asked_range(asked, size)
    try:
        file = store.opened(ROOM, source.key)
    except OSError:
        raise SourceFault("source-file", _("The file is not there any more.")) from None
    length = part.length if part else size
    file.seek(part.first if part else 0)
    return OpenedData(part, length, _Part(file, length), source.media_type)
