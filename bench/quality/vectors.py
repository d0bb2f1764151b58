"""The encoders of the benchmarks, which read each text once for all runs."""

import sqlite3
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Final

import numpy as np

from katalysator.engine.arrays import Float32Array
from katalysator.engine.text import CachedEmbedder, Embedder, bundled, careful

_FILE: Final = Path(__file__).parents[2] / ".cache" / "vectors.sqlite3"


class Vectors(MutableMapping[bytes, Float32Array]):
    """Vectors by the digest of their text and model, in a file."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._kept = sqlite3.connect(file, isolation_level=None)
        self._kept.execute("CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, value BLOB)")

    def __getitem__(self, key: bytes) -> Float32Array:
        row = self._kept.execute("SELECT value FROM vector WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        return np.frombuffer(row[0], np.float32)

    def __setitem__(self, key: bytes, value: Float32Array) -> None:
        self._kept.execute("REPLACE INTO vector VALUES (?, ?)", (key, value.tobytes()))

    def __delitem__(self, key: bytes) -> None:
        self._kept.execute("DELETE FROM vector WHERE key = ?", (key,))

    def __iter__(self) -> Iterator[bytes]:
        return (row[0] for row in self._kept.execute("SELECT key FROM vector"))

    def __len__(self) -> int:
        return int(self._kept.execute("SELECT count(*) FROM vector").fetchone()[0])


def encoders() -> tuple[Embedder, Embedder | None]:
    """The quick encoder and the careful one, where that is installed."""
    store, slow = Vectors(_FILE), careful()
    return CachedEmbedder(bundled(), store), CachedEmbedder(slow, store) if slow else None
