"""What any source gives, once it is opened."""

from dataclasses import dataclass
from typing import Protocol

from katalysator.dataspace.delivery.ranges import ByteRange
from katalysator.faults import KatalysatorError


class SourceFault(KatalysatorError):  # noqa: N818
    """A source does not give its data; the sentence is for who holds it, not for who asks."""


class Readable(Protocol):
    """What is read a block at a time, and closed."""

    def read(self, most: int) -> bytes:
        """What there is of what is left, at most so many bytes; none at the end."""

    def close(self) -> None:
        """Read no more."""


@dataclass(frozen=True, slots=True)
class OpenedData:
    """Which part it is (None: all of it), how many bytes will come (None: nobody knows), and where they are read."""

    part: ByteRange | None
    length: int | None
    blocks: Readable
    media_type: str = ""
