"""What is asked of vectors, whoever made them: as many as there are texts, finite, of length 1."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from katalysator.engine.arrays import Float32Array
from katalysator.engine.text.models.faults import nonsense
from katalysator.faults import gettext_noop as _

_LONGEST: Final = 2_000  # characters, as for the bundled encoders
_WIDEST: Final = 16_000  # dimensions that the database keeps


def each_once(
    texts: Sequence[str], dimension: int, read: Callable[[Sequence[str]], Float32Array]
) -> Float32Array:
    """Let each distinct text be read once; an empty one becomes the zero vector."""
    heard = [text[:_LONGEST] if text.strip() else "" for text in texts]
    row = {text: n for n, text in enumerate(dict.fromkeys(filter(None, heard)))}
    vectors = np.zeros((len(row) + 1, dimension), np.float32)
    if row:
        vectors[:-1] = read(list(row))
    return vectors[[row.get(text, -1) for text in heard]]


def unit(rows: Any, name: str) -> Float32Array:
    """Rows of numbers at length 1, float32 (n, d); refused where they are none."""
    try:
        found = np.asarray(rows, np.float64)
    except (TypeError, ValueError, OverflowError):
        found = np.zeros(0)
    if found.ndim != 2 or not 1 < found.shape[1] <= _WIDEST or not np.isfinite(found).all():
        raise nonsense(name, _("%(model)s answers with vectors that are none."))
    length = np.linalg.norm(found, axis=1, keepdims=True)
    if not (np.isfinite(length) & (length > 0.0)).all():
        raise nonsense(name, _("%(model)s answers with vectors that are none."))
    return np.asarray(found / length, np.float32)
