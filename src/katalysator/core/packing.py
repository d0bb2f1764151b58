"""Texts that are compressed one by one, once, and put together to a body for each answer."""

import secrets
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_HEAD: Final = b"\x1f\x8b\x08\x08\0\0\0\0\0\xff"  # of a file of gzip with a name, of no date
_END: Final = b"\x03\0"  # of a deflated text
_NAME: Final = 100  # letters at most
_LONGEST: Final = 0xFFFF  # bytes that stand in a deflated text as they are
_CRC: Final = 0xEDB88320  # the polynomial of the check sum, the lowest power first
_ONE: Final = 1 << 31
_REPEATED: Final = 60  # letters at most of what stands in many places


@dataclass(frozen=True, slots=True)
class PackedPiece:
    """A text, compressed so that it can stand beside others, with its bytes (`size`) and check sum.

    `shift` is what the check sum of a text is multiplied by where this one comes after it.
    """

    packed: bytes
    size: int
    check: int
    shift: int

    @classmethod
    def of(cls, text: str, level: int = 6) -> "PackedPiece":
        """Compress a text: a fifth of what it takes to keep it."""
        return _repeated(text) if len(text) <= _REPEATED else cls._packed(text, level)

    @classmethod
    def _packed(cls, text: str, level: int) -> "PackedPiece":
        data, packer = text.encode(), zlib.compressobj(level, wbits=-zlib.MAX_WBITS)
        packed = packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)
        return cls(packed, len(data), zlib.crc32(data), _power(8 * len(data)))

    @classmethod
    def short(cls, text: str) -> "PackedPiece":
        """Take a short text as it is, so that its size tells nothing of it. Cost: a tenth of `of`."""
        data = text.encode()
        if len(data) > _LONGEST:
            return cls.of(text)
        size = len(data).to_bytes(2, "little")
        inverse = (len(data) ^ _LONGEST).to_bytes(2, "little")
        packed = b"\0" + size + inverse + data
        return cls(packed, len(data), zlib.crc32(data), _power(8 * len(data)))

    @property
    def plain(self) -> bytes:
        """The text. Cost: .2 ms for 100 kB."""
        return zlib.decompressobj(wbits=-zlib.MAX_WBITS).decompress(self.packed)


@lru_cache(512)
def _repeated(text: str) -> PackedPiece:
    """A text such as stands between the rows of every list."""
    return PackedPiece._packed(text, level=6)  # noqa: SLF001 — its own module


def gzipped(pieces: Sequence[PackedPiece]) -> bytes:
    """A file of gzip; its name is of any length, so that the size tells nothing of what is secret."""
    check = size = 0
    for each in pieces:
        check, size = _times(check, each.shift) ^ each.check, size + each.size
    sums = check.to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little")
    head = _HEAD + b"k" * secrets.randbelow(_NAME) + b"\0"
    return b"".join([head, *(each.packed for each in pieces), _END, sums])


def _times(one: int, other: int) -> int:
    """The product of two polynomials, modulo that of the check sum (RFC 1952, as zlib combines sums)."""
    product, power = 0, _ONE
    while one:
        if one & power:
            product ^= other
            one ^= power
        power >>= 1
        other = (other >> 1) ^ (_CRC if other & 1 else 0)
    return product


@lru_cache(4_096)
def _power(bits: int) -> int:
    """The polynomial x to this power, by squares."""
    found, square = _ONE, _ONE >> 1
    while bits:
        if bits & 1:
            found = _times(found, square)
        square, bits = _times(square, square), bits >> 1
    return found
