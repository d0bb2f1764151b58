"""What is asked of a finder of occupations: questions, what is right, and which labels it may know."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from katalysator.engine.skills import NamedRows, Taxonomy, TitleForm

HERE: Final = Path(__file__).parent
_HELD_OUT: Final = 0.2
_THIRD: Final = 3  # one in so many questions of our own is kept unseen


@dataclass(frozen=True, slots=True)
class Task:
    """Questions in a language, the occupations that are right for each, and the taxonomy that a finder knows."""

    name: str
    language: str
    asked: Sequence[str]
    right: Sequence[frozenset[int]]
    known: Taxonomy


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and what it speaks of: of each thing the skills that are right."""

    text: str
    language: str
    things: Sequence[frozenset[int]]


def across(taxonomy: Taxonomy) -> Task:
    """The Dutch name of each occupation, where only English labels are known."""
    names = [rows[0] for rows in taxonomy.occupations.labels["nl"]]
    nothing: list[tuple[str, ...]] = [() for _ in names]
    labels = {**taxonomy.occupations.labels, "nl": nothing}
    right = [frozenset({row}) for row in range(len(names))]
    return Task("Dutch name → English", "nl", names, right, _with(taxonomy, labels))


def held_out(taxonomy: Taxonomy, language: str, seed: int = 0) -> Task:
    """A fifth of the other labels, those that are one title with them too, asked where they are not known."""
    rows = taxonomy.occupations.labels[language]
    form = TitleForm.learned(rows, language).of
    forms = sorted({form(label) for labels in rows for label in labels[1:]})
    drawn = np.random.default_rng(seed).random(len(forms)) < _HELD_OUT
    held = {text for text, taken in zip(forms, drawn, strict=True) if taken}
    owners: dict[str, set[int]] = {}
    for row, labels in enumerate(rows):
        for label in labels:
            owners.setdefault(label, set()).add(row)
    asked = sorted({label for labels in rows for label in labels[1:] if form(label) in held})
    left = [
        tuple(label for place, label in enumerate(labels) if not place or form(label) not in held)
        for labels in rows
    ]
    known = _with(taxonomy, {**taxonomy.occupations.labels, language: left})
    right = [frozenset(owners[label]) for label in asked]
    return Task(f"label held out, {language}", language, asked, right, known)


def twins(taxonomy: Taxonomy, seed: int = 0) -> list[tuple[str, str]]:
    """Dutch labels of one occupation that differ by the end of one word, of a woman and of a man."""
    ends = {
        "ster": ("er",),
        "iste": ("ist",),
        "trice": ("teur", "tor"),
        "euse": ("eur",),
        "e": ("",),
    }
    found = set[tuple[str, str]]()
    for labels in taxonomy.occupations.labels["nl"]:
        low = {label.lower() for label in labels}
        for label in low:
            for woman, men in ends.items():
                if label.endswith(woman):
                    stem = label.removesuffix(woman)
                    found |= {(label, stem + man) for man in men if stem + man in low}
    drawn = np.random.default_rng(seed).permutation(len(found))
    return [sorted(found)[place] for place in drawn]


def own_titles(taxonomy: Taxonomy, *, unseen: bool) -> list[Task]:
    """Titles as vacancies and people write them, a task a language."""
    row = {rows[0]: number for number, rows in enumerate(taxonomy.occupations.labels["en"])}
    told = _lines("titles.jsonl", unseen)
    return [
        Task(
            f"as people write, {language}" + (", unseen" if unseen else ""),
            language,
            [each["said"] for each in told if each["language"] == language],
            [
                frozenset(row[name] for name in each["right"])
                for each in told
                if each["language"] == language
            ],
            taxonomy,
        )
        for language in ("nl", "en")
    ]


def own_sentences(taxonomy: Taxonomy, *, unseen: bool) -> list[Sentence]:
    """Sentences as vacancies and people write them, with the skills that they speak of."""
    row = {rows[0]: number for number, rows in enumerate(taxonomy.skills.labels["en"])}
    return [
        Sentence(
            each["said"],
            each["language"],
            [frozenset(row[name] for name in some) for some in each["things"]],
        )
        for each in _lines("sentences.jsonl", unseen)
    ]


def sampled(task: Task, most: int, seed: int = 0) -> Task:
    """The task with so many of its questions at most."""
    rows = np.random.default_rng(seed).permutation(len(task.asked))[:most].tolist()
    return replace(
        task, asked=[task.asked[row] for row in rows], right=[task.right[row] for row in rows]
    )


def _with(taxonomy: Taxonomy, labels: Mapping[str, Sequence[tuple[str, ...]]]) -> Taxonomy:
    return replace(taxonomy, occupations=NamedRows(taxonomy.occupations.keys, labels))


def _lines(name: str, unseen: bool) -> list[dict[str, Any]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    is_kept: Callable[[int], bool] = lambda number: number % _THIRD == _THIRD - 1  # noqa: E731
    return [json.loads(line) for number, line in enumerate(lines) if is_kept(number) == unseen]
