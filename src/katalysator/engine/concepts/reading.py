"""Finding concepts in a text: labels by their lemmas, in the words as people write them.

A label is found where its words stand together, whatever their endings and with a small word between
them; a Dutch compound is also read as the labels that it begins or ends with.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple

import simplemma

from katalysator.engine.concepts.thesaurus import Thesaurus, bundled_thesaurus

_LANGUAGES: Final = ("nl", "en")
_WORD = re.compile(r"[^\W_]+(?:'[a-z]+)?")
_SMALL: Final = frozenset(
    "a an and at by de den der die dat een en for from het how if in is it je maar met naar of om on onze op or our te ten "
    "that the this to tot u uit van voor we when where which wij who with your".split()
)
_BETWEEN: Final = 1  # small words that may stand between the words of a label
_CAPITALS: Final = 3  # letters; a shorter abbreviation must be written in capitals
_SHORT: Final = 5  # letters; of a shorter word another form may be another word
_FOREIGN: Final = 6  # letters; a shorter English word in a Dutch text may be Dutch
_LONGEST: Final = 5  # words of a label that are looked at

IN_COMPOUND: Final = 0.7  # of a concept, where a compound begins or ends with its label
ELSEWHERE: Final = 0.8  # ... and where it is called by its name in the other language
_PART, _REST = 5, 3  # letters of a label in a compound, and of what is left
_LINKS: Final = ("", "s", "en", "e", "n")


class Mention(NamedTuple):
    """A concept in a text: its row, how surely it is meant (0 to 1), and the words that say so."""

    concept: int
    weight: float
    said: str


class _Label(NamedTuple):
    lemmas: tuple[str, ...]
    exactly: str  # how its one word must be written, where other forms of it may mean something else
    concept: int
    weight: float


@dataclass(frozen=True, eq=False)
class ConceptReader:
    """Labels laid out to be found: by language, by their first stem."""

    thesaurus: Thesaurus
    by_lemma: Mapping[str, Mapping[str, Sequence[_Label]]]

    @classmethod
    def of(cls, thesaurus: Thesaurus) -> "ConceptReader":
        """Lay out the labels. Cost: 20 ms a thousand concepts."""
        return cls(thesaurus, {language: _laid_out(thesaurus, language) for language in _LANGUAGES})

    def read(self, text: str, language: str) -> list[Mention]:
        """The concepts of a text, each once, in the order of the text.

        Dutch texts are read for English labels too: people use them. Cost: 0.1 ms a text.
        """
        words = _WORD.findall(plain(text))
        best: dict[int, Mention] = {}
        for mention in self._mentions(words, language):
            known = best.get(mention.concept)
            if known is None or known.weight < mention.weight:
                best[mention.concept] = mention
        return list(best.values())

    def _mentions(self, words: Sequence[str], language: str) -> Iterator[Mention]:
        if language == "nl":
            covered = yield from self._found(words, "nl", 1.0)
            yield from self._compounds(words, covered)
            yield from self._found(words, "en", ELSEWHERE)
        else:
            yield from self._found(words, "en", 1.0)

    def _found(
        self, words: Sequence[str], language: str, sure: float
    ) -> Iterator[Mention]:
        """Labels at each word, the longest that is there; returns the words that they cover."""
        labels, lemmas = self.by_lemma[language], [lemma(word.lower(), language) for word in words]
        covered: set[int] = set()
        foreign = sure < 1.0
        for start, first in enumerate(lemmas):
            ends = 0
            for label in labels.get(first, ()):  # the longest first
                if ends and len(label.lemmas) < longest:
                    break
                if foreign and len(label.lemmas) == 1 and len(first) < _FOREIGN:
                    continue
                end = _fits(label, words, lemmas, start)
                if end:
                    ends, longest = end, len(label.lemmas)
                    covered.update(range(start, end))
                    yield Mention(label.concept, sure * label.weight, " ".join(words[start:end]))
        return covered

    def _compounds(self, words: Sequence[str], covered: set[int]) -> Iterator[Mention]:
        for place, word in enumerate(words):
            if place not in covered and len(word) >= _PART + _REST:
                for label in self._parts(word.lower()):
                    yield Mention(label.concept, IN_COMPOUND * label.weight, word)

    @lru_cache(maxsize=100_000)  # noqa: B019
    def _parts(self, word: str) -> list[_Label]:
        """The labels of one word that a compound ends or begins with, the longest of each."""
        labels = self.by_lemma["nl"]
        found = []
        for cut in range(_REST, len(word) - _PART + 1):  # the longest tail first
            tail = [each for each in labels.get(lemma(word[cut:], "nl"), ()) if len(each.lemmas) == 1]
            if tail:
                found += tail
                break
        for cut in range(len(word) - _REST, _PART - 1, -1):  # the longest head first
            heads = {
                lemma(word[: cut - len(link)], "nl")
                for link in _LINKS
                if word[:cut].endswith(link) and cut - len(link) >= _PART
            }
            head = [
                each for one in sorted(heads) for each in labels.get(one, ()) if len(each.lemmas) == 1
            ]
            if head:
                found += head
                break
        return [label for label in found if not label.exactly]


def _fits(label: _Label, words: Sequence[str], lemmas: Sequence[str], start: int) -> int:
    """Where the label that begins at a word ends, 0 if it is not there."""
    if label.exactly and words[start] not in (label.exactly, label.exactly.capitalize()):
        return 0
    at = start + 1
    for wanted in label.lemmas[1:]:
        skipped = 0
        while at < len(words) and lemmas[at] != wanted and skipped < _BETWEEN and words[at].lower() in _SMALL:
            at, skipped = at + 1, skipped + 1
        if at >= len(words) or lemmas[at] != wanted:
            return 0
        at += 1
    return at


def _laid_out(thesaurus: Thesaurus, language: str) -> dict[str, list[_Label]]:
    shared: dict[tuple[str, ...], set[int]] = {}
    found: list[_Label] = []
    for row, concept in enumerate(thesaurus.concepts):
        for text in concept.labels.get(language, ()):
            words = _WORD.findall(plain(text))
            lemmas = tuple(
                lemma(word.lower(), language)
                for n, word in enumerate(words)
                if n == 0 or len(words) == 1 or word.lower() not in _SMALL
            )[:_LONGEST]
            if lemmas:
                found.append(_Label(lemmas, _exactly(words, lemmas), row, 1.0))
                shared.setdefault(lemmas, set()).add(row)
    laid: dict[str, list[_Label]] = {}
    for label in dict.fromkeys(found):
        weight = 1.0 / len(shared[label.lemmas])
        laid.setdefault(label.lemmas[0], []).append(label._replace(weight=weight))
    for labels in laid.values():
        labels.sort(key=lambda label: -len(label.lemmas))
    return laid


def _exactly(words: Sequence[str], lemmas: Sequence[str]) -> str:
    """The word of a label that must be found as it is: an abbreviation, or a short inflected form."""
    word = words[0]
    if len(words) > 1:
        return ""
    if word.isupper() and len(word) <= _CAPITALS:
        return word
    return word.lower() if len(lemmas[0]) <= _SHORT and word.lower() != lemmas[0] else ""


def plain(text: str) -> str:
    """Without accents: people leave them out."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=200_000)
def lemma(word: str, language: str) -> str:
    """The form of a word that stands in a dictionary."""
    return str(simplemma.lemmatize(word, language)).lower()


@cache
def bundled_concepts() -> ConceptReader:
    """The reader of the thesaurus that ships with the project."""
    return ConceptReader.of(bundled_thesaurus())
