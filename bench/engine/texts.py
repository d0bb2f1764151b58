"""Many distinct short texts and their embeddings, made once and kept: real data for retrieval.

The phrases come from `bench.phrases`: a method, a subject, a skill and a second subject, in Dutch or
English. The labels are those of ESCO (skills and occupations with their other names), when a copy of
it is given. Reading 400,000 phrases takes some eight minutes, once.
"""

import csv
import gzip
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from bench.phrases import METHODS, SKILLS, SUBJECTS, Pair
from katalysator.engine.text import bundled

Matrix = NDArray[np.float32]

CACHE = Path(".cache/vectors")
_FORMS: tuple[Pair, ...] = (
    (
        "{method} voor {subject}, met {skill} en {second}",
        "{method} for {subject}, {skill}, {second}",
    ),
    (
        "{subject} en {second}: {method} met {skill}",
        "{subject} and {second}: {method} with {skill}",
    ),
)
_COLUMNS = ("label_en", "label_nl", "alt_en", "alt_nl")
_STEP = 4_096


def phrases(count: int, *, seed: int = 1) -> list[str]:
    """`count` distinct phrases of 50 to 100 characters in random order."""
    random = np.random.default_rng(seed)
    subjects = [pair for area in SUBJECTS.values() for pair in area]
    found: dict[str, None] = {}
    while len(found) < count:
        found[_phrase(random, subjects)] = None
    return list(found)


def _phrase(random: np.random.Generator, subjects: list[Pair]) -> str:
    language = int(random.random() < 0.3)
    first, second = random.choice(len(subjects), 2, replace=False)
    return _FORMS[random.integers(len(_FORMS))][language].format(
        method=METHODS[random.integers(len(METHODS))][language],
        skill=SKILLS[random.integers(len(SKILLS))][language],
        subject=subjects[first][language],
        second=subjects[second][language],
    )


def labels(esco: Path, *, seed: int = 1) -> list[str]:
    """Distinct names of ESCO skills and occupations in random order."""
    found = dict.fromkeys(label for label in _labels(esco) if label)
    names = list(found)
    return [names[row] for row in np.random.default_rng(seed).permutation(len(names))]


def _labels(esco: Path) -> Iterator[str]:
    for name in ("skills.csv.gz", "occupations.csv.gz"):
        with gzip.open(esco / name, "rt", newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                for column in _COLUMNS:
                    yield from row[column].split("|")


def vectors(name: str, texts: list[str]) -> Matrix:
    """Embeddings of the texts, float32 (len(texts), 512), from the cache when they are there."""
    path = CACHE / f"{name}-{len(texts)}.npy"
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part.npy")
        np.save(unfinished, _read(texts))
        unfinished.rename(path)
    found: Matrix = np.load(path)
    return found


def _read(texts: list[str]) -> Matrix:
    began, parts = perf_counter(), []
    for first in range(0, len(texts), _STEP):
        parts.append(bundled().encode(texts[first : first + _STEP]))
        left = (perf_counter() - began) / (first + _STEP) * max(0, len(texts) - first - _STEP)
        print(f"reading texts, {left:.0f} s left ", end="\r", file=sys.stderr, flush=True)
    return np.concatenate(parts)
