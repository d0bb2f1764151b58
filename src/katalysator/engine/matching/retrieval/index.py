"""Search among many vectors within closed choices, exactly: short codes rule out what cannot be among the best.

One list of vectors on one machine, in memory; no graph, no training. Items that make the same
choices lie together, so that a choice is a few runs of memory.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np

from katalysator.engine.arrays import (
    BoolArray,
    Float32Array,
    Float64Array,
    Int32Array,
    Int64Array,
    Rows,
)
from katalysator.engine.matching.retrieval.codes import Codes

Allowed = str | Collection[str]
Within = Mapping[str, Allowed]
Labelled = frozenset[tuple[str, frozenset[str]]]


@dataclass(frozen=True, slots=True, eq=False)
class Facet:
    """One closed choice: the items with label number ``l`` are ``row[start[l]:start[l + 1]]``.

    `first` (n,) is the number of each item's first label, -1 for none; `single` says that no item
    has another, so that it tells all.
    """

    number: Mapping[str, int]
    start: Int64Array
    row: Int32Array
    first: Int32Array
    single: bool

    @classmethod
    def of(cls, labels: Sequence[Allowed]) -> "Facet":
        number: dict[str, int] = {}
        pairs = [
            (number.setdefault(label, len(number)), row)
            for row, given in enumerate(labels)
            for label in sorted(listed(given))
        ]
        label, row = np.array(pairs, np.int64).reshape(-1, 2).T
        start = np.concatenate([[0], np.cumsum(np.bincount(label, minlength=len(number)))])
        first = np.full(len(labels), -1, np.int32)
        first[row[::-1]] = label[::-1]
        ordered = row[np.argsort(label, kind="stable")].astype(np.int32)
        return cls(number, start, ordered, first, len(np.unique(row)) == len(row))

    def postings(self, allowed: Allowed) -> list[Int32Array]:
        """The items of each allowed label; a label that nobody has adds nothing."""
        return [self.row[self.start[n] : self.start[n + 1]] for n in self._numbers(allowed)]

    def held(self, allowed: Allowed) -> BoolArray:
        """Which items hold an allowed label, bool (n,). Cost: n bytes."""
        held = np.zeros(len(self.first), np.bool_)
        for rows in self.postings(allowed):
            held[rows] = True
        return held

    def among(self, rows: Int32Array, allowed: Allowed) -> Int32Array:
        """Those of the rows that hold an allowed label."""
        if not self.single:
            return rows[self.held(allowed)[rows]]
        wanted = np.zeros(len(self.number) + 1, np.bool_)  # the last for items without a label
        wanted[self._numbers(allowed)] = True
        return rows[wanted[self.first[rows]]]

    def _numbers(self, allowed: Allowed) -> list[int]:
        return sorted(self.number[label] for label in listed(allowed) if label in self.number)

    def arranged(self, rank: Int32Array) -> "Facet":
        """The same choices of the same items at other places."""
        row = rank[self.row]
        label = np.repeat(np.arange(len(self.number)), np.diff(self.start))
        first = np.empty_like(self.first)
        first[rank] = self.first
        return Facet(self.number, self.start, row[np.lexsort((row, label))], first, self.single)


@dataclass(frozen=True, slots=True, eq=False)
class Facets:
    """Closed choices of n items, as postings.

    Examples
    --------
    >>> facets = Facets.of({"region": ["NL31", "NL32", "NL31"], "level": [["hbo", "wo"], [], ["wo"]]})
    >>> facets.survivors({"region": "NL31", "level": ["wo", "mbo"]}).tolist()
    [0, 2]

    """

    items: int
    facet: Mapping[str, Facet]

    @classmethod
    def of(cls, labels: Mapping[str, Sequence[Allowed]]) -> "Facets":
        """Choices by facet, for each item a label or several; all facets of one length.

        Cost: 1 us for each label of each item.
        """
        sizes = {name: len(given) for name, given in labels.items()}
        if len(set(sizes.values())) > 1:
            raise ValueError(f"facets must tell about the same number of items, not {sizes}")
        facets = {name: Facet.of(given) for name, given in labels.items()}
        return cls(next(iter(sizes.values()), 0), facets)

    def survivors(self, within: Within) -> Int32Array:
        """Items that hold one of the allowed labels of every facet, int32, rising.

        The facet with the fewest items comes first. Cost: its postings, and a byte for each item
        where several labels are allowed or held. An empty `within` leaves all, as does a facet that
        is not named.
        """
        counts = self._counts(within)
        names = sorted(counts, key=counts.__getitem__)
        if not names:
            return np.arange(self.items, dtype=np.int32)
        rows = self._rows(names[0], within[names[0]])
        for name in names[1:]:
            rows = self.facet[name].among(rows, within[name])
        return rows

    def _counts(self, within: Within) -> dict[str, int]:
        unknown = sorted(set(within) - set(self.facet))
        if unknown:
            raise ValueError(f"there is no facet {unknown[0]!r}; there are {sorted(self.facet)}")
        return {
            name: sum(map(len, self.facet[name].postings(allowed)))
            for name, allowed in within.items()
        }

    def _rows(self, name: str, allowed: Allowed) -> Int32Array:
        postings = self.facet[name].postings(allowed)
        if len(postings) == 1:
            return postings[0]
        return np.flatnonzero(self.facet[name].held(allowed)).astype(np.int32)

    def arranged(self, order: Rows) -> "Facets":
        """The facets of the items in another order: item ``n`` is the former ``order[n]``."""
        rank = np.empty(len(order), np.int32)
        rank[order] = np.arange(len(order), dtype=np.int32)
        return Facets(self.items, {name: one.arranged(rank) for name, one in self.facet.items()})

    def order(self) -> Rows:
        """Items sorted by their first labels, so that those that are alike lie together."""
        keys = [facet.first for facet in self.facet.values()]
        return np.lexsort(np.stack([np.arange(self.items, dtype=np.int32), *reversed(keys)]))


def listed(allowed: Allowed) -> frozenset[str]:
    """One label or several, as a set."""
    return frozenset([allowed] if isinstance(allowed, str) else allowed)


def labelled(within: Within) -> Labelled:
    """Choices as a key: the same for the same choices, in whatever order and form."""
    return frozenset((name, listed(allowed)) for name, allowed in within.items())


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
