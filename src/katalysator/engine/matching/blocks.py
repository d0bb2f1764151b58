"""Blocks of arrays that a long job makes one by one, kept in a folder so that it can go on.

A short job keeps them in a dictionary, which understands the same three words.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

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

    def open(self) -> "BlockFolder":
        """The folder, made if need be, with blocks of this origin only."""
        mark = self.path / _MARK
        if not mark.exists() or mark.read_text("utf-8") != self.origin:
            self.remove()
            self.path.mkdir()
            mark.write_text(self.origin, "utf-8")
        return self

    def remove(self) -> None:
        """Take it away with all that is in it; a folder that is none of ours stays."""
        if (self.path / _MARK).exists():
            shutil.rmtree(self.path)

    def __len__(self) -> int:
        """How many blocks there are."""
        return sum(1 for _ in self.path.glob("*.npz"))

    def __contains__(self, name: object) -> bool:
        return self._file(str(name)).exists()

    def __getitem__(self, name: str) -> Arrays:
        with np.load(self._file(name), allow_pickle=False) as kept:
            return dict(kept)

    def __setitem__(self, name: str, arrays: Arrays) -> None:
        unfinished = self.path / f"{name}.unfinished"
        with unfinished.open("wb") as file:
            np.savez(file, **arrays)  # type: ignore[arg-type]
        unfinished.replace(self._file(name))

    def _file(self, name: str) -> Path:
        return self.path / f"{name}.npz"
