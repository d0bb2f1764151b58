"""The bilingual thesaurus: what the concepts of a coalition are called, and how they hang together."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from scipy import sparse

BROADER: Final = 0.5  # of a concept, for the next broader one

_FILE = Path(__file__).with_name("concepts.jsonl")


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept: its labels by language, the first to be shown, and the keys of broader ones."""

    key: str
    labels: Mapping[str, tuple[str, ...]]
    broader: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """What it is called in a language; in any other where it has no label there."""
        found = self.labels.get(language) or next(iter(self.labels.values()))
        return found[0]


@dataclass(frozen=True, eq=False)
class Thesaurus:
    """Concepts in order; `row` is the place of each key."""

    concepts: tuple[Concept, ...]
    row: Mapping[str, int]

    @classmethod
    def of(cls, concepts: Iterable[Concept]) -> "Thesaurus":
        """Concepts by key; of one key the last one counts, so that a coalition can mend ours."""
        latest = {concept.key: concept for concept in concepts}
        return cls(tuple(latest.values()), {key: row for row, key in enumerate(latest)})

    def __len__(self) -> int:
        return len(self.concepts)

    def kept(self, meant: sparse.csr_array) -> list[dict[str, float]]:
        """How surely each text means each concept, by its key, which stays when rows change."""
        return [
            {
                self.concepts[row].key: round(weight, 3)
                for row, weight in zip(
                    meant.indices[start:end].tolist(), meant.data[start:end].tolist(), strict=True
                )
            }
            for start, end in pairwise(meant.indptr.tolist())
        ]

    def with_broader(self, keys: Iterable[str]) -> set[str]:
        """The concepts and those above them, as far as `widened` goes."""
        found = set(keys)
        for _ in range(2):
            found |= {above for key in found if key in self.row for above in self[key].broader}
        return found

    def __getitem__(self, key: str) -> Concept:
        return self.concepts[self.row[key]]

    def rows(self, meant: Sequence[Mapping[str, float]]) -> sparse.csr_array:
        """What was kept of some texts as CSR float32 (texts, n); concepts that are no more are left out."""
        found = [
            sorted((self.row[key], weight) for key, weight in each.items() if key in self.row)
            for each in meant
        ]
        start = np.cumsum([0, *map(len, found)])
        column = np.array([row for each in found for row, _ in each], np.int32)
        value = np.array([weight for each in found for _, weight in each], np.float32)
        return sparse.csr_array((value, column, start), shape=(len(found), len(self)))

    @cached_property
    def widened(self) -> sparse.csr_array:
        """What a concept says of itself and of the broader ones, CSR (n, n).

        1 for itself, `BROADER` for the next broader, its square for the one above. Cost: linear.
        """
        size = len(self.concepts)
        pairs = [
            (row, self.row[above])
            for row, concept in enumerate(self.concepts)
            for above in concept.broader
            if above in self.row
        ]
        narrow, broad = np.array(pairs, np.int64).reshape(-1, 2).T
        up = sparse.csr_array((np.full(len(narrow), BROADER), (narrow, broad)), shape=(size, size))
        once = sparse.csr_array(sparse.eye_array(size)).maximum(up)
        above = sparse.csr_array(up @ up)
        above.data[:] = BROADER**2  # by however many ways
        return sparse.csr_array(once.maximum(above))

    @cached_property
    def narrowed(self) -> sparse.csr_array:
        """The same from the other end, CSR (n, n): what the narrower ones say of a concept."""
        return sparse.csr_array(self.widened.T.tocsr())


@lru_cache(maxsize=2)
def with_own(lines: str) -> Thesaurus:
    """The bundled thesaurus with concepts of a coalition, in JSON lines as `read_concepts` takes.

    One with the key of ours stands in its place; without any it is ours. The last two are kept, so that
    their labels stay laid out. Cost: linear.
    """
    own = read_concepts(lines.split("\n"))
    return Thesaurus.of([*bundled_thesaurus().concepts, *own]) if own else bundled_thesaurus()


def read_concepts(lines: Iterable[str]) -> list[Concept]:
    """Concepts out of JSON lines: ``{"id", "nl": [...], "en": [...], "broader": [...]}``."""
    return [_concept(json.loads(line)) for line in lines if line.strip()]


def _concept(given: Mapping[str, Sequence[str] | str]) -> Concept:
    labels = {
        name: tuple(value)
        for name, value in given.items()
        if name not in ("id", "broader") and value
    }
    return Concept(str(given["id"]), labels, tuple(given.get("broader", ())))


@cache
def bundled_thesaurus() -> Thesaurus:
    """The thesaurus that ships with the project, read at its first use and kept."""
    return Thesaurus.of(read_concepts(_FILE.read_text(encoding="utf-8").splitlines()))
