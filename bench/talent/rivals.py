"""Finders of occupations that others would make: each scores an occupation by its best label, as ours does."""

from collections.abc import Callable, Sequence

import numpy as np
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

from katalysator.engine.arrays import Array
from katalysator.engine.skills import NamedRows
from katalysator.engine.text import Embedder

Ranking = Callable[[str, str], list[int]]
"""The rows of the ten best occupations for a question in a language."""
_MOST = 10


def fuzzy(occupations: NamedRows) -> Ranking:
    """Rapidfuzz, token_sort_ratio over all labels."""
    labels, owner = _laid_out(occupations)

    def ranked(asked: str, _language: str) -> list[int]:
        found = process.extract(
            asked.lower(), labels, scorer=fuzz.token_sort_ratio, limit=10 * _MOST
        )
        return list(dict.fromkeys(int(owner[row]) for _, _, row in found))[:_MOST]

    return ranked


def letters(occupations: NamedRows) -> Ranking:
    """TF-IDF of letter groups of 2 to 4 within words, cosine."""
    labels, owner = _laid_out(occupations)
    weighing = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    matrix = weighing.fit_transform(labels).T.tocsr()
    return lambda asked, _: _best(
        (weighing.transform([asked.lower()]) @ matrix).toarray()[0], owner
    )


def meaning(occupations: NamedRows, encoder: Embedder) -> Ranking:
    """Plain search by meaning: the nearest label."""
    labels, owner = _laid_out(occupations)
    vectors = encoder.encode(labels)
    return lambda asked, _: _best(vectors @ encoder.encode([asked.lower()])[0], owner)


def _laid_out(occupations: NamedRows) -> tuple[list[str], Array]:
    pairs = sorted(
        {
            (row, label.lower())
            for rows in occupations.labels.values()
            for row, labels in enumerate(rows)
            for label in labels
        }
    )
    return [label for _, label in pairs], np.array([row for row, _ in pairs])


def _best(scores: Array, owner: Array) -> list[int]:
    """The owners of the best labels, each once."""
    some: Sequence[int] = np.argsort(-scores, kind="stable")[: 50 * _MOST].tolist()
    return list(dict.fromkeys(int(owner[row]) for row in some))[:_MOST]
