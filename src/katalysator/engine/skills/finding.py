"""Occupations and skills found by what people call them, in their own words and in either language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import exp, log
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np

from katalysator.engine.arrays import Float64Array
from katalysator.engine.concepts.reading import plain
from katalysator.engine.skills.labels import FinderWeights, FoundThings, LabelIndex
from katalysator.engine.skills.learned_likeness import BothEncoders
from katalysator.engine.skills.spans import LINKING, Word, WordSpan, spans_of, words_of
from katalysator.engine.skills.taxonomy import NamedRows, Taxonomy
from katalysator.engine.skills.title_form import TitleForm, alternatives, without_gender
from katalysator.engine.text.embedding import Embedder

_SKILL: Final = FinderWeights(label=1.0, name=0.0, all_labels=1.5, letters=3.0, hub=0.6)


class _TitleReading(NamedTuple):
    """How titles are read: what counts how much, and how surely what is found is meant."""

    weights: FinderWeights
    left_out: float
    """What it costs to leave all of a query that tells out."""
    sure: tuple[float, float]
    """The score of which half are right, and how fast that grows."""


_PLAIN: Final = _TitleReading(
    FinderWeights(label=1.2, name=0.5, all_labels=1.2, letters=6.5, hub=0.6), 4.0, (18.0, 3.0)
)
"""By labels of which nothing was learned."""
_UNSPOKEN: Final = _PLAIN._replace(
    weights=FinderWeights(label=0.8, name=1.2, all_labels=1.0, letters=6.5, hub=1.0)
)
"""What is in a language that no label is in."""
_LEARNED: Final = _TitleReading(
    FinderWeights(label=0.6, name=0.1, all_labels=1.35, letters=3.2, hub=0.25), 4.0, (12.1, 2.9)
)
_BY_BOTH: Final = _LEARNED._replace(
    weights=FinderWeights(label=0.7, name=0.05, all_labels=1.35, letters=2.4, hub=0.3)
)
_STEPS: Final = 2_000
"""Of learning what makes titles of one language alike."""
_LONGEST_TITLE: Final = 4  # words of a piece of a query
_MOST_ASKED, _MOST_WORDS = 1_000, 60  # characters and words of a query that are read
_UNKNOWN: Final = 0.3  # what a word tells that stands in no label
_TITLE_WORDS: Final = 8  # more are a sentence
_LONGEST_SKILL: Final = 5  # words of a piece of a text
_MOST_READ: Final = 8_000  # characters
_TOLD, _ENOUGH = 3.0, 2.0  # of a score for what the words of a piece tell, up to so much
_AGAIN: Final = 2.0  # of a score, where all words of a piece were taken before
_USED: Final = 0.5  # of a score, for a skill that more occupations ask for by one spread
_PIECES, _PIECES_OF_BOTH = (
    40,
    4,
)  # of a query that are read; a careful encoder takes long for a text
_SURE_SKILL: Final = (21.0, 3.0)
"""The score of which half are right, and how fast that grows."""
_BESIDE: Final = 10  # one in so many names of skills says what is near everything


class FoundOccupation(NamedTuple):
    """An occupation that may be meant, how surely (0 to 1), and its label that is nearest, with the language of that."""

    row: int
    score: float
    label: str
    language: str


@dataclass(frozen=True, eq=False)
class OccupationFinder:
    """Finds the occupations of a taxonomy by a title or a sentence, which is read in pieces."""

    taxonomy: Taxonomy
    encoder: Embedder
    forms: Mapping[str, TitleForm]
    index: LabelIndex

    @classmethod
    def of(cls, taxonomy: Taxonomy, encoder: Embedder) -> "OccupationFinder":
        """Lay out the labels of all occupations, by one encoder or by `BothEncoders`.

        Cost: a vector a label, and what labels have in common is learned: for ESCO 150 s of CPU with the quick encoder.
        """
        forms = forms_of_titles(taxonomy.occupations)
        skills = [rows[0] for each in taxonomy.skills.labels.values() for rows in each if rows]
        index = LabelIndex.of(
            taxonomy.occupations,
            lambda text, language: _read(text, forms.get(language)),
            encoder,
            names_only=False,
            steps=_STEPS,
            beside=skills[::_BESIDE],
        )
        return cls(taxonomy, encoder, forms, index)

    def pack(self) -> bytes:
        """What was laid out, as bytes; the same gives the same. Cost: 84 MB for ESCO."""
        return self.index.pack(_named(self.taxonomy.occupations, self.encoder))

    @classmethod
    def unpack(cls, packed: bytes, taxonomy: Taxonomy, encoder: Embedder) -> "OccupationFinder":
        """A finder out of what `pack` gave. Raises ValueError where that is not of this taxonomy and encoder."""
        index = LabelIndex.unpack(packed, _named(taxonomy.occupations, encoder))
        return cls(taxonomy, encoder, forms_of_titles(taxonomy.occupations), index)

    def find(self, query: str, language: str, most: int = 10) -> list[FoundOccupation]:
        """The occupations that a query may mean, the surest first; none where it has no words."""
        words = words_of(without_gender(query[:_MOST_ASKED]), language)[:_MOST_WORDS]
        way = self._way(language)
        pieces = self._pieces(words, language, way)
        texts = list(pieces)
        worth = np.array([*pieces.values()])
        found = self.index.find(
            texts,
            self.index.read(texts, self.encoder),
            worth,
            way.weights,
            language=self._spoken.get(language, -1),
        )
        return [
            FoundOccupation(row, _surely(score, way.sure), *self._label(label))
            for row, score, label in zip(
                found.rows[:most].tolist(),
                found.scores.tolist(),
                found.labels.tolist(),
                strict=False,
            )
        ]

    def _pieces(self, words: Sequence[Word], language: str, way: _TitleReading) -> dict[str, float]:
        """The query and its pieces in one form, with what is added to the score of what each finds."""
        if not words:
            return {}
        form = self.forms.get(language)
        pieces = {_form(words, WordSpan(0, len(words) - 1), form): 0.0}
        if _is_title(words):
            return pieces
        told = np.array([_told(word, self.index, form) for word in words])
        whole = float(told.sum()) or 1.0
        for span in spans_of(words, _LONGEST_TITLE):
            text = _form(words, span, form)
            left_out = 1.0 - float(told[span.first : span.last + 1].sum()) / whole
            pieces[text] = max(pieces.get(text, -np.inf), -way.left_out * left_out)
        return self._best(pieces, way)

    def _best(self, pieces: Mapping[str, float], way: _TitleReading) -> dict[str, float]:
        """The pieces that promise most by their letters, so many as are read."""
        most = _PIECES_OF_BOTH if isinstance(self.encoder, BothEncoders) else _PIECES
        if len(pieces) <= most:
            return dict(pieces)
        promised = {
            text: worth
            + way.weights.letters * float(self.index.letters.share(text).max(initial=0.0))
            for text, worth in pieces.items()
        }
        chosen = sorted(promised, key=lambda text: -promised[text])[:most]
        return {text: pieces[text] for text in chosen}

    @cached_property
    def _spoken(self) -> Mapping[str, int]:
        """The languages that labels are in, with their numbers."""
        told = enumerate(self.taxonomy.occupations.labels.items())
        return {language: number for number, (language, rows) in told if any(rows)}

    def _way(self, language: str) -> _TitleReading:
        if language not in self._spoken:
            return _UNSPOKEN
        if self.index.likeness.is_plain:
            return _PLAIN
        return _BY_BOTH if isinstance(self.encoder, BothEncoders) else _LEARNED

    def _label(self, label: int) -> tuple[str, str]:
        language = int(self.index.language[label])
        row = int(self.index.row[label])
        if language < 0:
            return self.taxonomy.occupations.keys[row], ""
        name = list(self.taxonomy.occupations.labels)[language]
        return self.taxonomy.occupations.labels[name][row][int(self.index.place[label])], name


class FoundSkill(NamedTuple):
    """A skill that a text seems to speak of, how surely (0 to 1), and the piece of the text that says so."""

    row: int
    score: float
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class SkillFinder:
    """Finds the skills that a text speaks of, for a person to confirm."""

    taxonomy: Taxonomy
    encoder: Embedder
    index: LabelIndex

    @classmethod
    def of(cls, taxonomy: Taxonomy, encoder: Embedder) -> "SkillFinder":
        """Lay out the labels of all skills. Cost: a vector a label, half a minute for ESCO."""
        titles = [rows[0] for each in taxonomy.occupations.labels.values() for rows in each if rows]
        index = LabelIndex.of(
            taxonomy.skills,
            lambda text, _: [_plain(text)],
            encoder,
            names_only=True,
            steps=0,
            beside=titles[::_BESIDE],
        )
        return cls(taxonomy, encoder, index)

    def pack(self) -> bytes:
        """What was laid out, as bytes; the same gives the same. Cost: 34 MB for ESCO."""
        return self.index.pack(_named(self.taxonomy.skills, self.encoder))

    @classmethod
    def unpack(cls, packed: bytes, taxonomy: Taxonomy, encoder: Embedder) -> "SkillFinder":
        """A finder out of what `pack` gave. Raises ValueError where that is not of this taxonomy and encoder."""
        return cls(taxonomy, encoder, LabelIndex.unpack(packed, _named(taxonomy.skills, encoder)))

    def read(self, text: str, language: str, most: int = 10) -> list[FoundSkill]:
        """The skills that a text speaks of, the surest first, each from another place where the text has more.

        Of a long text the first 8,000 characters are read. Cost: 1 ms a word.
        """
        words = words_of(text[:_MOST_READ], language)
        spans = dict[str, WordSpan]()
        for span in spans_of(words, _LONGEST_SKILL):
            spans.setdefault(_form(words, span, None), span)
        texts, places = list(spans), list(spans.values())
        told = np.array([_told(word, self.index) for word in words])
        worth = _TOLD * np.array(
            [min(told[span.first : span.last + 1].sum(), _ENOUGH) for span in places]
        )
        found = self.index.find(
            texts, self.index.read(texts, self.encoder), worth, _SKILL, self.used
        )
        chosen = _from_all_places(found, places, len(words), most)
        return [
            FoundSkill(
                int(found.rows[at]),
                _surely(found.scores[at], _SURE_SKILL),
                words[places[found.texts[at]].first].start,
                words[places[found.texts[at]].last].end,
            )
            for at in chosen
        ]

    @cached_property
    def used(self) -> Float64Array:
        """What is added to the score of a skill as many occupations ask for it, (S,), 0 on average."""
        asked = self.taxonomy.essential + self.taxonomy.optional
        told = np.log1p(np.asarray(asked.astype(bool).sum(axis=0)).ravel())
        spread = float(told.std()) if told.size else 0.0
        return _USED * (told - told.mean()) / spread if spread else np.zeros(told.size)


def _from_all_places(
    found: FoundThings, places: Sequence[WordSpan], words: int, most: int
) -> list[int]:
    """The surest of what was found, where what is said in words that were taken before counts for less."""
    left = found.scores.copy()
    taken = np.zeros(words)
    share = [places[text] for text in found.texts.tolist()]
    chosen = list[int]()
    for _ in range(min(most, len(left))):
        again = [float(taken[span.first : span.last + 1].mean()) for span in share]
        at = int(np.argmax(left - _AGAIN * np.array(again)))
        chosen.append(at)
        left[at] = -np.inf
        taken[share[at].first : share[at].last + 1] += 1.0
    return chosen


def forms_of_titles(occupations: NamedRows) -> dict[str, TitleForm]:
    """How titles of each language are put in one form, as the labels of occupations tell."""
    return {name: TitleForm.learned(rows, name) for name, rows in occupations.labels.items()}


def _told(word: Word, index: LabelIndex, form: TitleForm | None = None) -> float:
    """How much a word tells, 0 to 1: the rarer among labels, the more."""
    lexicon, low = index.letters.lexicon, word.text.lower()
    if not word.tells:
        return 0.0
    for text in (low, form.of(low) if form else low):
        if count := lexicon.count(text):
            return 1.0 - log(1 + count) / log(1 + lexicon.texts)
    return _UNKNOWN


def _surely(score: float, sure: tuple[float, float]) -> float:
    """A score as a chance, 0 to 1."""
    middle, width = sure
    return 1.0 / (1.0 + exp((middle - score) / width))


def _read(label: str, form: TitleForm | None) -> list[str]:
    return [text for each in alternatives(label) if (text := form.of(each) if form else each)]


def _named(things: NamedRows, encoder: Embedder) -> str:
    """What an index is laid out for: another one must not be used with it."""
    return f"{encoder.name} {len(things)} {crc32(chr(10).join(things.keys).encode()):08x}"


def _is_title(words: Sequence[Word]) -> bool:
    """Whether all words are of one title: one part, not long, and none that only sentences have."""
    return (
        len(words) <= _TITLE_WORDS
        and words[-1].part == 0
        and all(word.tells or word.text.lower() in LINKING for word in words)
    )


def _form(words: Sequence[Word], span: WordSpan, form: TitleForm | None) -> str:
    told = " ".join(word.text for word in words[span.first : span.last + 1])
    return form.of(told) if form else plain(told.lower())


def _plain(label: str) -> str:
    return " ".join(word.text for word in words_of(plain(label.lower()), ""))
