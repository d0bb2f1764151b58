"""`python -m bench.quality.search`: words alone, meaning alone, concepts alone, and all of them."""

import argparse
import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from rank_bm25 import BM25Okapi

from bench.quality.measures import TOP, Ranking, gain_interval, ndcg
from bench.quality.pages import written
from bench.quality.sets import GOOD_GRADE, board
from bench.quality.vectors import encoders
from katalysator.engine.arrays import FloatArray
from katalysator.engine.concepts import bundled_thesaurus
from katalysator.engine.matching import Profile, read
from katalysator.engine.search import Document, Relevance, read_query, relevance
from katalysator.engine.text import Embedder, Lexicon
from katalysator.engine.text.keyword import words

HERE: Final = Path(__file__).parent
_CHOSEN_ON: Final = ("municipal", "crossing")
_KEPT: Final = ("port",)  # its queries were written and graded after weights and limits were chosen
_MARK: Final = "search"
Grades = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One query on one board, in a language, with the grade of each offer that is of any use."""

    key: str
    board: str
    language: str
    text: str
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Answers:
    """What every ranker thinks of each offer of a board, for one query."""

    asked: Asked
    offers: Sequence[Profile]
    bm25: FloatArray
    found: Sequence[Relevance]

    @property
    def crosses(self) -> bool:
        """Whether no useful offer is in the language of the query."""
        spoken = {each.key: each.language for each in self.offers}
        useful = [key for key, grade in self.asked.grades.items() if grade >= GOOD_GRADE]
        return all(spoken[key] != self.asked.language for key in useful)


Worth = Callable[[Answers], FloatArray]
RANKERS: Final[Mapping[str, Worth]] = {
    "words (BM25)": lambda answers: answers.bm25,
    "words, our own": lambda answers: _each(answers, lambda one: one.words),
    "concepts": lambda answers: _each(answers, lambda one: one.concepts),
    "meaning": lambda answers: _each(answers, lambda one: one.likeness),
    "**search**": lambda answers: _each(answers, lambda one: one.total),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.quality.search", description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FILE", help="refresh the figures in a page")
    arguments = parser.parse_args()
    quick, _careful = encoders()
    answers = [each for name in (*_CHOSEN_ON, *_KEPT) for each in _answers(name, quick)]
    figures = "\n".join(_rows(answers))
    print(figures)
    if arguments.write:
        written(arguments.write, _MARK, figures)
    return 0


def queries() -> list[Asked]:
    """All queries, with their grades."""
    grades: Grades = {}
    for row in _table("grades.csv"):
        grades.setdefault(row["query"], {})[row["offer"]] = int(row["grade"])
    return [
        Asked(row["id"], row["board"], row["language"], row["query"], grades[row["id"]])
        for row in _table("queries.csv")
    ]


def _answers(name: str, embedder: Embedder) -> Iterator[Answers]:
    offers = board(name).offers
    reading = read(offers, embedder)
    known = Lexicon.fit(reading.grams, reading.counted())
    concepts = bundled_thesaurus().kept(reading.concepts)
    by_words = BM25Okapi([words(offer.said) for offer in offers])
    for asked in queries():
        if asked.board == name:
            query = read_query(asked.text, embedder)
            likeness = (reading.meaning @ query.meaning).tolist()
            documents = list(_documents(offers, concepts, likeness))
            found = relevance(query, documents, known)
            yield Answers(asked, offers, by_words.get_scores(words(asked.text)), found)


def _documents(
    offers: Sequence[Profile], concepts: Sequence[Mapping[str, float]], likeness: Sequence[float]
) -> Iterator[Document]:
    for offer, told, near in zip(offers, concepts, likeness, strict=True):
        yield Document(offer.title, "\n".join((offer.text, *offer.skills)), told, near)


def _rows(answers: Sequence[Answers]) -> Iterator[str]:
    sets = {
        **{
            name: [one for one in answers if one.asked.board == name]
            for name in (*_CHOSEN_ON, *_KEPT)
        },
        "all": answers,
        "all, other language": [one for one in answers if one.crosses],
    }
    heads = [f"{name} ({len(some)})" for name, some in sets.items()]
    yield f"| ranked by (nDCG@5 / P@5) | {' | '.join(heads)} |"
    yield f"| --- |{' ---: |' * len(sets)}"
    for name, worth in RANKERS.items():
        yield f"| {name} | {' | '.join(_figures(some, worth) for some in sets.values())} |"
    for rival in ("words (BM25)", "meaning"):
        yield f"| gain over {rival} (95 %) | {' | '.join(_gain(some, rival) for some in sets.values())} |"
    shown = [one for each in answers for one in each.found if one.is_found]
    yield f"\nFound for a query: {len(shown) / len(answers):.1f} of 150 or 160 offers; {_kept(answers)}."


def _figures(answers: Sequence[Answers], worth: Worth) -> str:
    ranking, grades = _ranking(answers, worth), {one.asked.key: one.asked.grades for one in answers}
    useful = [
        np.mean([grades[key].get(offer, 0) >= GOOD_GRADE for offer in ranking[key][:TOP]])
        for key in ranking
    ]
    return f"{_short(ndcg(ranking, grades))} / {_short(float(np.mean(useful)))}"


def _gain(answers: Sequence[Answers], rival: str) -> str:
    grades = {one.asked.key: one.asked.grades for one in answers}
    ours, theirs = (_ranking(answers, RANKERS[name]) for name in ("**search**", rival))
    mean, low, high = gain_interval(ours, theirs, grades)
    return f"{mean:+.2f} ({low:.2f} to {high:.2f})"


def _kept(answers: Sequence[Answers]) -> str:
    useful = [
        one.is_found
        for each in answers
        for offer, one in zip(each.offers, each.found, strict=True)
        if each.asked.grades.get(offer.key, 0) >= GOOD_GRADE
    ]
    return f"of the useful ones {np.mean(useful):.0%}"


def _ranking(answers: Sequence[Answers], worth: Worth) -> Ranking:
    """The offers of each query by falling worth; equals by the order of the board."""
    return {
        one.asked.key: [one.offers[row].key for row in np.argsort(-worth(one), kind="stable")]
        for one in answers
    }


def _each(answers: Answers, of: Callable[[Relevance], float]) -> FloatArray:
    return np.array([of(one) for one in answers.found], np.float64)


def _short(figure: float) -> str:
    return f"{figure:.2f}".removeprefix("0")


def _table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    raise SystemExit(main())
