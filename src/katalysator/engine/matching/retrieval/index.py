"""Search among many vectors, exactly: short codes rule out what cannot be among the best.

One list of vectors on one machine, in memory; no graph, no training. Items that make the same
choices lie together, so that a choice is a few runs of memory.
"""

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

import numpy as np

from katalysator.engine.arrays import Float32Array, Float64Array, Int32Array, Int64Array
from katalysator.engine.matching.retrieval.codes import Codes
from katalysator.engine.matching.retrieval.facets import Facets, Labelled, Within, labelled

_REMEMBERED = 256  # choices whose items are kept at most, of those that leave ...
_FEW = 50_000  # ... no more items than this

ANYTHING: Within = {}


class Index:
    """The items nearest to a query by inner product.

    Parameters
    ----------
    vectors : float32 array, shape (n, d)
        Unit rows (rows of zeros are allowed).
    facets : Facets, optional
        Closed choices of the same n items.

    Notes
    -----
    Every item is compared by 64 shares of 8 bits, which leave a bound of what its inner product may
    be; of the few that still have a chance 64 more are read, and of those that then have one the
    full vectors. So the result is exact. How few there are depends on the vectors: of embeddings of
    short texts some 50, of 2,000 items as of 400,000; vectors that differ in all directions alike
    are all read in full.

    Building costs 2 s for 400,000 x 512 and holds the vectors once more, with a tenth on top. What
    up to 256 recent choices left is remembered, at 200 KB each at most. An index does not change: for
    other items build another.

    Examples
    --------
    >>> import numpy as np
    >>> index = Index(np.eye(3, dtype=np.float32), Facets.of({"region": ["NL", "BE", "NL"]}))
    >>> rows, scores = index.search(np.array([0.6, 0.8, 0.0], np.float32), 2, within={"region": "NL"})
    >>> rows.tolist(), scores.round(2).tolist()
    ([0, 2], [0.6, 0.0])

    """

    def __init__(self, vectors: Float32Array, facets: Facets | None = None) -> None:
        _check(vectors, "vectors", 2)
        if facets is not None and facets.facet and facets.items != len(vectors):
            raise ValueError(
                f"there are {len(vectors)} vectors, but {facets.items} items in facets"
            )
        given = facets or Facets(len(vectors), {})
        self._order = given.order() if given.facet else np.arange(len(vectors))
        self._facets = given.arranged(self._order) if given.facet else given
        self._vectors = np.ascontiguousarray(vectors[self._order])
        self._codes = Codes.of(self._vectors)
        self._everyone = np.arange(len(vectors), dtype=np.int32)
        self._recent: dict[Labelled, Int32Array] = {}

    def __len__(self) -> int:
        return len(self._vectors)

    def search(
        self, query: Float32Array, k: int = 20, *, within: Within = ANYTHING
    ) -> tuple[Int64Array, Float64Array]:
        """The k best items within the choices, fewer where fewer are left.

        Returns their rows and inner products, the best first, equal ones by row. `within` maps
        names of facets to an allowed label or several. Cost: 76 bytes of each item within the
        choices, and of some the full vectors.
        """
        _check(query, "query", 1, self._vectors.shape[1])
        rows = self._survivors(within)
        size = _size(k, len(rows))
        value, place = np.empty(size), np.empty(size, np.int64)
        if not size:
            return place, value
        count = self._scan(rows, query, value, place)
        return place[:count], value[:count]

    def _survivors(self, within: Within) -> Int32Array:
        if not within:
            return self._everyone
        choices = labelled(within)
        rows = self._recent.get(choices)
        if rows is None:
            rows = self._facets.survivors(within)
            if len(rows) <= _FEW:
                self._remember(choices, rows)
        return rows

    def _remember(self, choices: Labelled, rows: Int32Array) -> None:
        """Keep what some choices leave; where there are many, forget the others."""
        if len(self._recent) >= _REMEMBERED:
            self._recent.clear()
        self._recent[choices] = rows

    @cached_property
    def _scan(
        self,
    ) -> Callable[[Int32Array, Float32Array, Float64Array, Int64Array], int]:
        """The kernel with what it searches in."""
        from katalysator.engine.matching.retrieval.scanning import Store, scan

        return partial(scan, Store(self._vectors, self._order, self._codes))


def _size(k: int, left: int) -> int:
    if k < 1:
        raise ValueError(f"k must be at least 1, not {k}")
    return min(k, left)


def _check(vectors: Any, name: str, axes: int, width: int | None = None) -> None:
    if not isinstance(vectors, np.ndarray) or vectors.dtype != np.float32:
        raise ValueError(f"{name} must be a float32 array, not {_kind(vectors)}")
    if vectors.ndim != axes:
        raise ValueError(f"{name} must have {axes} axes, not shape {vectors.shape}")
    if width is not None and vectors.shape[-1] != width:
        raise ValueError(f"{name} must have {width} places, not {vectors.shape[-1]}")
    if not np.isfinite(vectors).all():
        raise ValueError(f"{name} must be finite")


def _kind(value: object) -> str:
    return f"{value.dtype}" if isinstance(value, np.ndarray) else type(value).__name__
