"""Parts of a file, as a header Range asks for them (RFC 9110, one range of bytes)."""

import re
from dataclasses import dataclass
from typing import Final

_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_TOLD: Final = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(\d{1,18}|\*)")


class NoSuchRange(ValueError):  # noqa: N818
    """The file is shorter than what is asked for begins."""


@dataclass(frozen=True, slots=True)
class ByteRange:
    """From the byte `first` to the byte `last`, both with it, of `size` in all; None where nobody knows that."""

    first: int
    last: int
    size: int | None

    @property
    def length(self) -> int:
        """How many bytes."""
        return self.last - self.first + 1

    @property
    def header(self) -> str:
        """What Content-Range says of it."""
        return f"bytes {self.first}-{self.last}/{'*' if self.size is None else self.size}"


def asked_range(header: str, size: int) -> ByteRange | None:
    """The part that a header asks for; None where it asks for all, or for something that we do not give in parts.

    Raises NoSuchRange.
    """
    found = _RANGE.fullmatch(header.strip())
    if found is None or found.groups() == ("", ""):
        return None
    begin, end = found.groups()
    if begin == "":
        length = min(int(end), size)
        if length == 0:
            raise NoSuchRange
        return ByteRange(size - length, size - 1, size)
    first, last = int(begin), min(int(end), size - 1) if end else size - 1
    if first >= size:
        raise NoSuchRange
    return ByteRange(first, last, size) if first <= last else None


def one_range(header: str) -> str:
    """A header that asks for one part, to be passed on; empty for any other."""
    found = _RANGE.fullmatch(header.strip())
    if found is None or found.groups() == ("", ""):
        return ""
    begin, end = found.groups()
    return "" if begin and end and int(begin) > int(end) else header.strip()


def told_range(header: str) -> ByteRange | None:
    """The part that a header Content-Range tells of; None where it cannot be read."""
    found = _TOLD.fullmatch(header.strip())
    if found is None:
        return None
    first, last, size = found.groups()
    part = ByteRange(int(first), int(last), None if size == "*" else int(size))
    return part if part.first <= part.last else None
