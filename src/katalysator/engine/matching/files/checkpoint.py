"""What is kept of unfinished work, so that a run that was broken off can go on.

A folder holds the market as arrays (``.npy``, which can be mapped into memory) and the last prices.
`market.json` says of which files the arrays were made; it is written last, so that without it they
are not to be trusted. They are only a start: the certificate is computed anew from them.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from katalysator.engine.arrays import Array, FloatArray
from katalysator.engine.matching.allocation.edges import Edges
from katalysator.engine.matching.files.market import NamedMarket
from katalysator.engine.matching.files.pairs import Opinions

_VERSION: Final = 1
_ARRAYS: Final = ("start", "opening", "score", "capacity")
_OPINIONS: Final = Opinions._fields
_IDS: Final = ("people", "openings")
_MARK: Final = "market.json"
_PRICES: Final = "prices"
_BLOCK: Final = 1 << 26


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of the work on some files.

    Parameters
    ----------
    folder : Path
        Made when there is something to keep.
    inputs : sequence of Path
        The files that the market is made of. Their places, sizes and times of change are the
        fingerprint; nothing else changes the arrays, and prices serve any wanted gap.

    """

    folder: Path
    inputs: Sequence[Path]

    @property
    def is_of_other_files(self) -> bool:
        """Whether the folder holds a market, but not of these files as they are now."""
        return (self.folder / _MARK).exists() and not self._is_ours()

    def market(self, *, opinions: bool = False) -> NamedMarket | None:
        """The market that was kept; None where none was, or not of these files, or it is broken.

        With `opinions` also where those were not kept with it.
        """
        if not self._is_ours():
            return None
        try:
            start, opening, score, capacity = (self._array(name) for name in _ARRAYS)
            people, openings = (self._ids(name) for name in _IDS)
            both = Opinions(*map(self._array, _OPINIONS)) if opinions else None
            edges = Edges(start, opening, score, capacity.size)
            return NamedMarket(edges, capacity, people, openings, both)
        except (OSError, ValueError, EOFError, pl.exceptions.PolarsError):
            return None

    def prices(self, openings: int) -> FloatArray | None:
        """The last prices that were kept, shape (openings,); None where there are none."""
        try:
            prices = self._array(_PRICES)
        except (OSError, ValueError, EOFError):
            return None
        return prices if prices.shape == (openings,) else None

    def keep_market(self, market: NamedMarket) -> None:
        """Keep the market in place of what was there. Cost: as many bytes as it has in memory."""
        self.remove()
        self.folder.mkdir(exist_ok=True)
        edges = market.edges
        arrays = (edges.start, edges.opening, edges.score, market.capacity)
        both = market.opinions._asdict() if market.opinions else {}
        for name, array in (*zip(_ARRAYS, arrays, strict=True), *both.items()):
            _save(self.folder / f"{name}.npy", array)
        for name, ids in zip(_IDS, (market.people, market.openings), strict=True):
            ids.to_frame(name).write_ipc(self.folder / f"{name}.arrow")
        with _replacing(self.folder / _MARK) as unfinished:
            unfinished.write_text(json.dumps(self._fingerprint()))

    def keep_prices(self, prices: FloatArray) -> None:
        """Keep the prices of a round in place of those of the one before."""
        with _replacing(self.folder / f"{_PRICES}.npy") as unfinished:
            _save(unfinished, prices)

    def remove(self) -> None:
        """Take away all that was kept, and the folder unless it holds anything else."""
        for name in (_MARK, *_file_names()):
            (self.folder / name).unlink(missing_ok=True)
        if self.folder.is_dir() and not any(self.folder.iterdir()):
            self.folder.rmdir()

    def _is_ours(self) -> bool:
        try:
            return bool(json.loads((self.folder / _MARK).read_bytes()) == self._fingerprint())
        except (OSError, ValueError):
            return False

    def _fingerprint(self) -> dict[str, Any]:
        files = [
            [str(path.resolve()), path.stat().st_size, path.stat().st_mtime_ns]
            for path in self.inputs
        ]
        return {"version": _VERSION, "files": files}

    def _array(self, name: str) -> Array:
        array: Array = np.load(self.folder / f"{name}.npy", allow_pickle=False)
        return array

    def _ids(self, name: str) -> pl.Series:
        return pl.read_ipc(self.folder / f"{name}.arrow")[name]


def _file_names() -> Iterator[str]:
    yield from (f"{name}.npy" for name in (_PRICES, *_ARRAYS, *_OPINIONS))
    yield from (f"{name}.arrow" for name in _IDS)


def _save(path: Path, array: Array) -> None:
    """As `numpy.save`, which hides why a disk takes no more."""
    with path.open("wb") as file:
        header = np.lib.format.header_data_from_array_1_0(array)
        np.lib.format.write_array_header_1_0(file, header)
        raw = array.data.cast("B") if array.size else b""
        for first in range(0, len(raw), _BLOCK):
            file.write(raw[first : first + _BLOCK])


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    unfinished = target.with_suffix(".unfinished")
    try:
        yield unfinished
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
