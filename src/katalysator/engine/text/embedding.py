"""Meaning: texts of sixteen languages as points on one sphere."""

import hashlib
from collections.abc import MutableMapping, Sequence
from functools import cache
from typing import Protocol

import numpy as np

from katalysator.engine.arrays import Float32Array

_LONGEST = 2_000  # characters; the model's own window ends before this


class Embedder(Protocol):
    """Turns texts into unit vectors; texts that mean the same lie close together."""

    name: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> Float32Array:
        """Unit vectors, float32 of shape (len(texts), dimension)."""
        ...


class UniversalSentenceEncoder:
    """Multilingual Universal Sentence Encoder (Yang and others, 2020), bundled, offline.

    Texts are lower-cased first: measured on Dutch and English titles, that gains 2 to 5 points.
    A text that is given twice is encoded once. Cost: 2 s and 150 MB to load, then 0.3 ms a short
    text and 2 ms a text of 400 characters.
    """

    name = "use-multilingual-1"
    dimension = 512

    def __init__(self) -> None:
        from katalysator.engine.text.network import Network

        self._network = Network()

    def encode(self, texts: Sequence[str]) -> Float32Array:
        """Unit vectors of shape (len(texts), 512); an empty text becomes the zero vector."""
        heard = [text.lower()[:_LONGEST] if text.strip() else "" for text in texts]
        row = {text: n for n, text in enumerate(dict.fromkeys(filter(None, heard)))}
        vectors = np.zeros((len(row) + 1, self.dimension), np.float32)
        vectors[:-1] = self._network.encode(list(row))
        return vectors[[row.get(text, -1) for text in heard]]


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


@cache
def bundled() -> Embedder:
    """The embedder that ships with the project, loaded at its first use and kept."""
    return UniversalSentenceEncoder()
