"""What the anonymous route finds by words: work and skills that are meant.

The one door of `roads` to this; what stands behind it may change.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from katalysator.engine.skills import NamedRows, Taxonomy, links

_ALIKE: Final = 0.3
_MEANT: Final = 0.62
_WORD: Final = re.compile(r"\w+", re.UNICODE)
_LONGEST_SPAN: Final = 5
_MOST_WORDS: Final = 300
_GRAM: Final = 3


class FoundOccupation(NamedTuple):
    """An occupation that some words may mean, by the label that is most like them."""

    row: int
    score: float
    label: str
    language: str


class FoundSkill(NamedTuple):
    """A skill that a text may tell of, between two places in it."""

    row: int
    score: float
    start: int
    end: int


def find_occupations(taxonomy: Taxonomy, query: str, most: int = 6) -> Sequence[FoundOccupation]:
    """The occupations that words may mean, the likeliest first."""
    index = _index(taxonomy, "occupations")
    return [
        FoundOccupation(row, score, *index.label(place))
        for row, score, place in index.best(query, most, _ALIKE)
    ]


def read_skills(taxonomy: Taxonomy, text: str, most: int = 12) -> Sequence[FoundSkill]:
    """The skills that a text may tell of, each by the words that are most like a label of it."""
    index = _index(taxonomy, "skills")
    best: dict[int, FoundSkill] = {}
    for start, end in _spans(text):
        for row, score, _place in index.best(text[start:end], 1, _MEANT):
            if row not in best or score > best[row].score:
                best[row] = FoundSkill(row, score, start, end)
    kept: list[FoundSkill] = []
    for each in sorted(best.values(), key=lambda found: (-found.score, found.start)):
        if not any(each.start < other.end and other.start < each.end for other in kept):
            kept.append(each)
    return sorted(kept[:most], key=lambda found: found.start)


class _Index:
    """Labels of one kind of thing by their groups of three letters."""

    def __init__(self, rows: NamedRows) -> None:
        named = [
            (row, label, language)
            for language, some in rows.labels.items()
            for row, labels in enumerate(some)
            for label in labels
        ]
        self.rows = [row for row, _label, _language in named]
        self.labels = [(label, language) for _row, label, language in named]
        grams = [_grams(label) for _row, label, _language in named]
        self.gram: Mapping[str, int] = {
            gram: number
            for number, gram in enumerate(sorted({one for each in grams for one in each}))
        }
        places = [(self.gram[gram], place) for place, some in enumerate(grams) for gram in some]
        pairs = np.array(places, np.int64).reshape(-1, 2).T
        self.labels_of = links(pairs, (len(self.gram), len(named)))
        self.sizes = np.array([len(some) for some in grams], np.int64)

    def best(self, text: str, most: int, least: float) -> Iterator[tuple[int, float, int]]:
        """Things by their best label: row, how alike (Dice), and the place of the label."""
        asked = _grams(text)
        known = [gram for gram in asked if gram in self.gram]
        if not known:
            return
        lines = self.labels_of[[self.gram[gram] for gram in known]]
        together = np.asarray(lines.sum(axis=0)).ravel()
        alike = 2 * together / (self.sizes + len(asked))
        seen = set[int]()
        for place in np.argsort(-alike, kind="stable")[: 20 * most]:
            row = self.rows[place]
            if alike[place] < least or len(seen) == most:
                return
            if row not in seen:
                seen.add(row)
                yield row, float(alike[place]), int(place)

    def label(self, place: int) -> tuple[str, str]:
        """A label, and its language."""
        return self.labels[place]


@lru_cache(maxsize=4)
def _index(taxonomy: Taxonomy, kind: str) -> _Index:
    return _Index(getattr(taxonomy, kind))


def _grams(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = _WORD.findall("".join(each for each in plain if not unicodedata.combining(each)))
    padded = f" {' '.join(words)} "
    return {padded[at : at + _GRAM] for at in range(len(padded) - _GRAM + 1)}


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """One to five words that follow each other, of the first words of a text."""
    words = [(found.start(), found.end()) for found in _WORD.finditer(text)][:_MOST_WORDS]
    for first, (start, _end) in enumerate(words):
        for _start, end in words[first : first + _LONGEST_SPAN]:
            yield start, end
