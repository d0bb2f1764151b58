"""Occupations and skills found by what people call them, in their own words and in either language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from katalysator.engine.arrays import Float64Array
from katalysator.engine.concepts.reading import plain
from katalysator.engine.skills.labels import LabelIndex, Weights
from katalysator.engine.skills.spans import Span, Word, spans_of, words_of
from katalysator.engine.skills.taxonomy import NamedRows, Taxonomy
from katalysator.engine.skills.title_form import TitleForm, alternatives, without_gender
from katalysator.engine.text.embedding import Embedder

_TITLE: Final = Weights(label=1.2, name=0.5, all_labels=1.2, letters=6.5, hub=0.6)
_LONGEST_TITLE: Final = 4  # words of a piece of a query
_MOST_PIECES: Final = 40
_MOST_WORDS: Final = 60  # of a query that are read
_LEFT_OUT: Final = 4.0  # of a score, for a piece that leaves all of the query out
_BESIDE: Final = 10  # one in so many names of skills says what is near everything


class FoundOccupation(NamedTuple):
    """An occupation that may be meant, how surely (0 to 1), and its label that is nearest, with the language of that."""

    row: int
    score: float
    label: str
    language: str


@dataclass(frozen=True, eq=False)
class OccupationFinder:
    """Finds the occupations of a taxonomy by a title or a sentence."""

    taxonomy: Taxonomy
    encoder: Embedder
    forms: Mapping[str, TitleForm]
    index: LabelIndex

    @classmethod
    def of(cls, taxonomy: Taxonomy, encoder: Embedder) -> "OccupationFinder":
        """Lay out the labels of all occupations."""
        forms = title_forms(taxonomy.occupations)
        skills = [rows[0] for each in taxonomy.skills.labels.values() for rows in each if rows]
        index = LabelIndex.of(
            taxonomy.occupations,
            lambda text, language: _read(text, forms.get(language)),
            encoder,
            names_only=False,
            beside=skills[::_BESIDE],
        )
        return cls(taxonomy, encoder, forms, index)

    def find(self, query: str, language: str, most: int = 10) -> list[FoundOccupation]:
        """The occupations that a query may mean, the surest first; none where it has no words."""
        form = self.forms.get(language)
        words = words_of(without_gender(query))[:_MOST_WORDS]
        told = self._told(words)
        whole = float(told.sum())
        pieces = dict[str, float]()
        spans = [Span(0, 0, 0, len(words) - 1), *spans_of(words, _LONGEST_TITLE)] if words else []
        for span in spans[:_MOST_PIECES]:
            text = _form(words, span, form)
            share = float(told[span.first : span.last + 1].sum()) / whole if whole else 1.0
            pieces[text] = max(pieces.get(text, -1.0), share)
        texts = list(pieces)
        worth = _LEFT_OUT * (np.array([*pieces.values()]) - 1.0)
        found = self.index.find(texts, self.encoder.encode(texts), worth, _TITLE)
        return [
            FoundOccupation(row, score, *self._label(label))
            for row, score, label in zip(
                found.rows[:most].tolist(), found.scores.tolist(), found.labels.tolist(), strict=False
            )
        ]

    def _told(self, words: Sequence[Word]) -> Float64Array:
        """How much each word of a query tells."""
        return np.array([float(word.tells) for word in words])

    def _label(self, label: int) -> tuple[str, str]:
        language = int(self.index.language[label])
        row = int(self.index.row[label])
        if language < 0:
            return self.taxonomy.occupations.keys[row], ""
        name = list(self.taxonomy.occupations.labels)[language]
        return self.taxonomy.occupations.labels[name][row][int(self.index.place[label])], name


def title_forms(occupations: NamedRows) -> dict[str, TitleForm]:
    """How titles of each language are put in one form, as the labels of occupations tell."""
    return {name: TitleForm.learned(rows, name) for name, rows in occupations.labels.items()}


def _read(label: str, form: TitleForm | None) -> list[str]:
    return [text for each in alternatives(label) if (text := form.of(each) if form else each)]


def _form(words: Sequence[Word], span: Span, form: TitleForm | None) -> str:
    told = " ".join(word.text for word in words[span.first : span.last + 1])
    return form.of(told) if form else plain(told.lower())
