"""An encoder that remembers what it read in bulk: the same labels are laid out for every task."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from katalysator.engine.arrays import Float32Array
from katalysator.engine.text import Embedder

_BULK = 100  # texts; a question is read anew each time, so that its time is true


@dataclass(frozen=True, eq=False)
class Remembering:
    """An encoder, and the vectors of the texts that it read many at once."""

    encoder: Embedder
    known: dict[str, Float32Array] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """As that of the encoder."""
        return self.encoder.name

    @property
    def dimension(self) -> int:
        """As that of the encoder."""
        return self.encoder.dimension

    def encode(self, texts: Sequence[str]) -> Float32Array:
        """Unit vectors, those of bulk as they were before."""
        if len(texts) < _BULK:
            return self.encoder.encode(texts)
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        self.known.update(zip(new, self.encoder.encode(new), strict=True))
        return np.stack([self.known[text] for text in texts])
