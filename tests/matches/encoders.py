"""Encoders for these tests that need no model: what they read depends on the letters of a text only."""

from collections.abc import Sequence

import numpy as np

from katalysator.engine.arrays import Float32Array


class Plain:
    """Texts as how often they have each of the first letters of the alphabet."""

    def __init__(self, name: str, dimension: int = 8) -> None:
        self.name, self.dimension = name, dimension

    def encode(self, texts: Sequence[str]) -> Float32Array:
        letters = [chr(ord("a") + place) for place in range(self.dimension)]
        found = np.array([[1 + text.count(each) for each in letters] for text in texts], np.float32)
        found = found.reshape(len(texts), self.dimension)
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)
