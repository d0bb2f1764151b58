"""The encoders of the benchmarks, which read each text once for all runs."""

import hashlib
import os
import sqlite3
from collections.abc import Iterator, MutableMapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from katalysator.cli.match.reading import KEY
from katalysator.engine.arrays import Float32Array
from katalysator.engine.text import BUNDLED_MODEL, Embedder, EncoderChoice, bundled

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


class CachedEmbedder:
    """An embedder that remembers: `store` maps a digest of (model, text) to its vector."""

    def __init__(self, embedder: Embedder, store: MutableMapping[bytes, Float32Array]) -> None:
        self.name = embedder.name
        self.dimension = embedder.dimension
        self._embedder = embedder
        self._store = store

    def encode(self, texts: Sequence[str]) -> Float32Array:
        """Unit vectors as the embedder gives; each distinct text is encoded once."""
        keys = [self._key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._store}
        for key, vector in zip(new, self._embedder.encode(list(new.values())), strict=True):
            self._store[key] = vector
        if not keys:
            return np.zeros((0, self.dimension), np.float32)
        return np.stack([self._store[key] for key in keys])

    def _key(self, text: str) -> bytes:
        return hashlib.blake2b(f"{self.name}\0{text}".encode(), digest_size=16).digest()


def encoders(spec: str = BUNDLED_MODEL) -> tuple[Embedder, Embedder | None]:
    """The quick encoder and a careful one: that which comes along, where it is installed, or another."""
    store, slow = Vectors(_FILE), EncoderChoice(spec, os.environ.get(KEY, "")).load()
    return CachedEmbedder(bundled(), store), CachedEmbedder(slow, store) if slow else None
