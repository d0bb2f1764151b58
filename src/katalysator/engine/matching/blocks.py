"""Blocks of arrays that a long job makes one by one, kept in a folder so that it can go on.

A short job keeps them in a dictionary, which understands the same three words. Either tells how far it
is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from zipfile import is_zipfile

import numpy as np

from katalysator.engine.arrays import Array

Arrays = Mapping[str, Array]

_MARK = "made-from.txt"


class Blocks(Protocol):
    """Arrays by the name of their block."""

    def __contains__(self, name: object, /) -> bool: ...

    def __getitem__(self, name: str, /) -> Arrays: ...

    def __setitem__(self, name: str, arrays: Arrays, /) -> None: ...


@dataclass(frozen=True, slots=True)
class BlockFolder:
    """Blocks in files, each of them whole or not there.

    `origin` tells in a line all that decides what is in them. Blocks of another origin are thrown
    away by `open`.
    """

    path: Path
    origin: str

    @property
    def is_of_other_origin(self) -> bool:
        """Whether there are blocks, but not of this origin."""
        return self._mark.exists() and not self._is_ours

    def open(self) -> "BlockFolder":
        """The folder, made if need be, with blocks of this origin only."""
        if not self._is_ours:
            self.remove()
            self.path.mkdir()
            self._mark.write_text(self.origin, "utf-8")
        return self

    @property
    def is_begun(self) -> bool:
        """Whether any block is kept."""
        return any(self.path.glob("*.npz"))

    def remove(self) -> None:
        """Take away all blocks, and the folder unless it holds anything else."""
        if self._mark.exists():
            for file in (*self.path.glob("*.npz"), *self.path.glob("*.unfinished"), self._mark):
                file.unlink()
            if not any(self.path.iterdir()):
                self.path.rmdir()

    def __contains__(self, name: object) -> bool:
        return self._is_ours and is_zipfile(self._file(str(name)))  # not where it was cut off

    def __getitem__(self, name: str) -> Arrays:
        with np.load(self._file(name), allow_pickle=False) as kept:
            return dict(kept)

    def __setitem__(self, name: str, arrays: Arrays) -> None:
        unfinished = self.path / f"{name}.unfinished"
        try:
            with unfinished.open("wb") as file:
                np.savez(file, **arrays)  # type: ignore[arg-type]
            unfinished.replace(self._file(name))
        finally:
            unfinished.unlink(missing_ok=True)

    @property
    def _mark(self) -> Path:
        return self.path / _MARK

    @property
    def _is_ours(self) -> bool:
        return self._mark.exists() and self._mark.read_text("utf-8") == self.origin

    def _file(self, name: str) -> Path:
        return self.path / f"{name}.npz"


def stamp(path: Path) -> tuple[str, int, int]:
    """Another value for another file, and where the file has changed since."""
    try:
        found = path.stat()
    except OSError:  # whoever reads it will tell
        return str(path), 0, 0
    return str(path.resolve()), found.st_size, found.st_mtime_ns


class Progress(Protocol):
    """Is told what is being done and how far it is."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


def silent(stage: str, done: int, total: int) -> None:
    """Progress for nobody."""
