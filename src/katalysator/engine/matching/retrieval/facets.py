"""Closed choices of many items, and which items a search within some of them leaves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from katalysator.engine.arrays import BoolArray, Int32Array, Int64Array, Rows

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
