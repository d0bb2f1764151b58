"""Data of a source, opened to be read a block at a time: all of it, or the part that is asked for."""

from collections.abc import Callable, Mapping
from typing import Final

from katalysator.dataspace.delivery.sources import file, http, s3
from katalysator.dataspace.delivery.sources.opened import OpenedData
from katalysator.dataspace.models import DataSource

_WAYS: Final[Mapping[str, Callable[[DataSource, str], OpenedData]]] = {
    DataSource.Kind.FILE: file.opened,
    DataSource.Kind.HTTP: http.opened,
    DataSource.Kind.S3: s3.opened,
}


def opened(source: DataSource, asked: str = "") -> OpenedData:
    """The data of a source, or the part that a header Range asks for; close it.

    Raises SourceFault where it cannot be had, NoSuchRange.
    """
    return _WAYS[source.kind](source, asked)
