"""How relevant texts are to a query: evidence from words, concepts and meaning, added up.

The weights are round numbers, chosen on a small graded set: see docs/search.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log
from typing import Final

from katalysator.engine.search.query import Sought, concepts_told
from katalysator.engine.search.words import SoughtWord, folded, lowered
from katalysator.engine.text import Lexicon

WORDS, CONCEPTS, SPREAD = 8.0, 6.0, 0.06
"""What all words in the title are worth, all concepts, and the likeness that is worth 1."""

_IN_TEXT: Final = 0.8  # of a word, where it stands in the text and not in the title
_NAMED: Final = 0.9  # ... of all words, where they are the name of whom it belongs to
_ENOUGH: Final = 3.0  # evidence from which on something is found
_HALF: Final = 0.5  # of the words, or of the concepts: fewer of both say something together only
_CLOSE: Final = 0.2  # likeness that makes up for both
_LEAST: Final = 1e-3  # what a word weighs that is in every text


class Way(StrEnum):
    """How something was found; the first of these that holds."""

    WORDS = "words"
    CONCEPTS = "concepts"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Document:
    """What may be found: a title, all else that is said, its concepts by key, how near the query it lies.

    `likeness` is the cosine of the meanings, 0 where the text was not read yet. `is_named`: the query is a
    name of it, or of who or what it belongs to.
    """

    title: str
    text: str
    concepts: Mapping[str, float]
    likeness: float
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Relevance:
    """The shares of the query's words and concepts that were found (0 to 1), and the likeness."""

    words: float
    concepts: float
    likeness: float

    @property
    def total(self) -> float:
        """All evidence. Words count by their cube: one of three is chance, all three are none."""
        near = max(self.likeness, 0.0) / SPREAD
        return round(WORDS * self.words**3 + CONCEPTS * self.concepts + near, 6)

    @property
    def is_found(self) -> bool:
        """Whether it is worth showing: half of what is asked for is told, or the meaning is close."""
        told = self.words >= _HALF or self.concepts >= _HALF
        return (told or self.likeness >= _CLOSE) and self.total >= _ENOUGH

    @property
    def way(self) -> Way:
        """How it was found."""
        if self.words > 0.0:
            return Way.WORDS
        return Way.CONCEPTS if self.concepts > 0.0 else Way.MEANING


def relevance(query: Sought, documents: Sequence[Document], known: Lexicon) -> list[Relevance]:
    """How relevant each document is. Cost: 20 microseconds a document of 400 characters."""
    words = [(word, _rarity(word.word, known)) for word in query.words]
    fold = folded if any(word.in_capitals for word in query.words) else lowered
    concepts = [
        (concepts_told(key, query.thesaurus), sure * known.concept_rarity(key) + _LEAST)
        for key, sure in query.concepts.items()
    ]
    return [
        Relevance(
            max(_share_found(words, fold(each.title), fold(each.text)), _NAMED * each.is_named),
            _share_told(concepts, each.concepts),
            each.likeness,
        )
        for each in documents
    ]


def _rarity(word: str, known: Lexicon) -> float:
    return log((1 + known.texts) / (1 + known.count(word))) + _LEAST


def _share_found(words: Sequence[tuple[SoughtWord, float]], title: str, text: str) -> float:
    """The share of the words that are there, each by its rarity and by where and how it is written."""
    found = sum(weight * _surely_told(word, title, text) for word, weight in words)
    return found / sum(weight for _word, weight in words)


def _surely_told(word: SoughtWord, title: str, text: str) -> float:
    """How surely a word is there; the text is not looked at where it cannot say more than the title."""
    titled = word.surest(title)
    return titled if titled >= _IN_TEXT else max(titled, _IN_TEXT * word.surest(text))


def _share_told(
    asked: Sequence[tuple[Mapping[str, float], float]], told: Mapping[str, float]
) -> float:
    """The share of the concepts that are told of, each by its rarity."""
    if not asked or not told:
        return 0.0
    found = sum(weight * _told(shares, told) for shares, weight in asked)
    return found / sum(weight for _shares, weight in asked)


def _told(shares: Mapping[str, float], told: Mapping[str, float]) -> float:
    return max((shares[key] * sure for key, sure in told.items() if key in shares), default=0.0)
