"""Words: weighted n-grams of letters, which see through Dutch compounds and inflections.

"beeldherkenning" and "beelden herkennen" share most of their letter groups though not one word.
"""

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
from scipy import sparse

from katalysator.engine.arrays import Float32Array, Int32Array, Int64Array
from katalysator.engine.concepts.thesaurus import Thesaurus, bundled_thesaurus

BUCKETS = 1 << 18
_SHORTEST, _LONGEST = 3, 5
_WORD = re.compile(r"\w+")
_COMMON = 0.05  # share of the texts from which on a word tells little
_FEW = 20  # texts; among fewer, how often a word occurs says nothing
_ELSEWHERE, _USUAL = 50, 0.02  # texts of before, and the share of them that holds a concept
_TAUGHT = 300  # texts of a board that taught what the rarity of a concept is worth
FUNCTION_WORDS = frozenset(
    """
    alleen altijd andere bijna binnen buiten daarbij daarna daarom daarvoor degene deze
    dezelfde door eerst eigen elke enkele graag groot hebben hebt hier iedere iemand iets
    ieder kleine komen kunnen langs later liefst maken meeste meer minder minstens moeten moet
    mogen naast nemen nieuwe nodig onder ongeveer onze over samen sinds soms staan steeds
    straks tegen tijdens tussen twee drie vier vijf tien vaak verder vooral voordat waar
    waarbij waarin waarmee waarom waarop wanneer weer welke werken wereld willen worden wordt
    zelf zelfs zichzelf zoals zoeken zonder zullen about above across after again against
    along already also although always among another around because become before being below
    between beyond could during each either enough every first from further given have having
    hence however instead itself large least less like looking make many might more most much
    must need never next often only other others ought ours place rather same several shall
    should since small some still such than that their them then there these they thing this
    those three through together towards under until upon using very want wants well were what
    when where whether which while whom whose will with within without would years year your
    jaren maand maanden months weken weeks dagen days uren hours
    """.split()
)

Grams = Int32Array


def words(text: str) -> list[str]:
    """The words of a text, lower-cased, in order."""
    return _WORD.findall(text.lower())


def whole_words(text: str) -> set[str]:
    """The distinct words of a text, each with its edges marked: as no key of a concept is written."""
    return {f"<{word}>" for word in words(text)}


@lru_cache(maxsize=200_000)
def _word_grams(word: str) -> tuple[int, ...]:
    """Buckets of one word: its letter groups of 3 to 5, with the word's edges marked."""
    edged = f"<{word}>"
    sizes = range(_SHORTEST, min(_LONGEST, len(edged)) + 1)
    pieces = {edged[i : i + n] for n in sizes for i in range(len(edged) - n + 1)} | {edged}
    return tuple(map(_bucket, pieces))


def _bucket(piece: str) -> int:
    return zlib.crc32(piece.encode()) % BUCKETS


def grams(text: str) -> Grams:
    """Distinct letter groups of a text as sorted bucket numbers, int32 of shape (g,).

    Groups are hashed (CRC-32) into 2**18 buckets, so that no vocabulary needs to be kept.
    Cost: 0.1 ms for a text of 400 characters whose words were seen before.
    """
    found = {bucket for word in set(words(text)) for bucket in _word_grams(word)}
    return np.fromiter(sorted(found), np.int32, len(found))


@dataclass(frozen=True, eq=False)
class Lexicon:
    """How rare each letter group and each concept is among `texts` texts: the rarer, the more it says.

    `frequency` (BUCKETS,) and `concepts` (C,), int32, count the texts that hold it; the rows of concepts
    are those of `thesaurus`, by which the texts were read.
    """

    frequency: Int32Array
    concepts: Int32Array
    texts: int
    thesaurus: Thesaurus = field(default_factory=bundled_thesaurus)

    @classmethod
    def fit(
        cls, documents: Iterable[Grams], concepts: Int32Array, thesaurus: Thesaurus | None = None
    ) -> "Lexicon":
        """Count the letter groups of the documents; `concepts` (C,) were counted. Cost: one pass."""
        frequency = np.zeros(BUCKETS, np.int32)
        count = 0
        for count, document in enumerate(documents, 1):  # noqa: B007
            frequency[document] += 1
        known = bundled_thesaurus() if thesaurus is None else thesaurus
        return cls(frequency, concepts, count, known)

    @classmethod
    def empty(cls) -> "Lexicon":
        """A lexicon that knows nothing: every letter group weighs the same, and every concept."""
        return cls(np.zeros(BUCKETS, np.int32), np.zeros(0, np.int32), 0)

    @cached_property
    def weights(self) -> Float32Array:
        """Smoothed inverse document frequency (Sparck Jones, 1972), float32 (BUCKETS,)."""
        rarity = np.log((1 + self.texts) / (1 + self.frequency)) + 1e-3
        return rarity.astype(np.float32)

    @property
    def trust(self) -> float:
        """How far the rarity of words can be trusted, 0 to 1: among few texts it is chance."""
        return self.texts / (self.texts + _FEW)

    @property
    def measure(self) -> float:
        """What a score measures the rarity of concepts by: 1 up to as many texts as taught what it is worth.

        Among more texts the rarest concept is rarer, and a pair no likelier: it comes to say as much as it did there.
        """
        many = max(self.texts, _TAUGHT) + _ELSEWHERE
        return float(np.log(_TAUGHT + _ELSEWHERE) / np.log(many))

    def concept_weights(self, size: int) -> Float32Array:
        """The same of `size` concepts, float32 (size,): in few texts nearly what is usual elsewhere."""
        if size not in self._weighed:
            count = np.zeros(size, np.int32)
            count[: len(self.concepts)] = self.concepts[:size]
            self._weighed[size] = self._rarity(count)
        return self._weighed[size]

    @cached_property
    def _weighed(self) -> dict[int, Float32Array]:
        """What was found before, of so many concepts: each pair that is explained asks for it."""
        return {}

    def concept_rarity(self, key: str) -> float:
        """The same of one concept; of one that is not known, as if it were in no text."""
        return float(self._rarity(np.array(self.concept_count(key))))

    def _rarity(self, count: Int32Array) -> Float32Array:
        rarity = np.log((self.texts + _ELSEWHERE) / (count + _ELSEWHERE * _USUAL))
        return np.maximum(rarity, 0.0).astype(np.float32)

    def concept_count(self, key: str) -> int:
        """In how many texts a concept or a narrower one is meant; of one that is not known, 0."""
        row = self.thesaurus.row.get(key, len(self.concepts))
        return int(self.concepts[row]) if row < len(self.concepts) else 0

    def count(self, word: str) -> int:
        """In how many texts the word occurs; words that share its bucket count too."""
        return int(self.frequency[_bucket(f"<{word}>")])

    def is_telling(self, word: str) -> bool:
        """Whether a word says what a text is about: no function word, and not in many texts."""
        if word in FUNCTION_WORDS:
            return False
        return self.texts < _FEW or self.count(word) <= _COMMON * self.texts

    def skill_worth(self, skills: str) -> dict[str, float]:
        """What each whole word adds to what two texts share of their skills: the product of two `skill_rows`."""
        return {word: float(self.weights[_bucket(word)]) for word in whole_words(skills)}

    def skill_rows(self, texts: Sequence[str]) -> sparse.csr_array:
        """The distinct whole words of some texts, each as the root of its weight, CSR (n, BUCKETS)."""
        rows = [sorted(set(map(_bucket, whole_words(text)))) for text in texts]
        start = np.cumsum([0, *map(len, rows)])
        column = np.array([bucket for row in rows for bucket in row], np.int32)
        return _rows(np.sqrt(self.weights[column]), column, start)

    def matrix(self, documents: Sequence[Grams]) -> sparse.csr_array:
        """Weighted rows of unit length, CSR of shape (len(documents), BUCKETS)."""
        weights = self.weights
        start = np.cumsum([0, *map(len, documents)])
        column = np.concatenate([np.zeros(0, np.int32), *documents])
        value = weights[column]
        squares = np.concatenate([[0.0], np.cumsum(value.astype(np.float64) ** 2)])
        length = np.sqrt(squares[start[1:]] - squares[start[:-1]])
        value = value / np.repeat(np.maximum(length, 1e-9), np.diff(start)).astype(np.float32)
        return _rows(value, column, start)


def _rows(value: Float32Array, column: Int32Array, start: Int64Array) -> sparse.csr_array:
    """CSR (n, BUCKETS), its places in half the bytes where they fit."""
    places = start.astype(sparse.get_index_dtype(maxval=int(start[-1])))
    return sparse.csr_array((value, column, places), shape=(len(start) - 1, BUCKETS))
