"""Work and skills looked up: listed by label, found by words, and what there is to tell of one."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from katalysator.engine.skills import Called, NamedRows, Taxonomy, similar_occupations
from katalysator.talent.models import ConceptDescription

KINDS: Final = ("occupations", "skills")
LONGEST: Final = 100
"""So many letters are looked for at most."""
ALIKE: Final = 8


class GroupOfSkills(NamedTuple):
    """A group, the row -1 where skills stand in none, with the rows of skills in it."""

    row: int
    skills: Sequence[int]


def looked_up(taxonomy: Taxonomy, kind: str, words: str, language: str) -> Sequence[int]:
    """The rows of a kind with these words in a label, in any language: those that begin so first, then by label.

    Cost: 10 ms for the skills of ESCO.
    """
    order = _by_label(taxonomy, kind, language)
    sought = words.casefold().split()
    if not sought:
        return order
    said = _said(taxonomy, kind)
    found = [row for row in order if all(word in said[row] for word in sought)]
    first = f"\n{' '.join(sought)}"
    return sorted(found, key=lambda row: first not in said[row])


def description_of(key: str, language: str) -> Called | None:
    """What a thing of the taxonomy in use means, in a language or in another one. Cost: one query."""
    texts: Mapping[str, str] = dict(
        ConceptDescription.objects.filter(taxonomy__is_current=True, key=key).values_list(
            "language", "text"
        )
    )
    for name in (language, *sorted(texts)):
        if name in texts:
            return Called(texts[name], name)
    return None


def by_group(taxonomy: Taxonomy, skills: Sequence[int]) -> list[GroupOfSkills]:
    """Skills by the group right above them, the largest groups first."""
    groups: dict[int, list[int]] = {}
    size = len(taxonomy.skills)
    for skill in skills:
        over = [int(node) - size for node in taxonomy.broader[[skill]].indices if node >= size]
        groups.setdefault(over[0] if over else -1, []).append(skill)
    told = [GroupOfSkills(row, some) for row, some in groups.items()]
    return sorted(told, key=lambda each: (each.row < 0, -len(each.skills), each.row))


def asked_by(taxonomy: Taxonomy, row: int, name: str) -> list[int]:
    """The skills that an occupation asks for, by the name of the links."""
    return [int(skill) for skill in getattr(taxonomy, name)[[row]].indices]


def asking(taxonomy: Taxonomy, skill: int, name: str) -> list[int]:
    """The occupations that ask for a skill, by the name of the links."""
    return [int(row) for row in np.flatnonzero(getattr(taxonomy, name)[:, [skill]].toarray())]


def alike(taxonomy: Taxonomy, row: int) -> list[int]:
    """Work that is most like a kind of work. Cost: that of `likeness` once in each process, then .1 ms."""
    return [
        each.occupation for each in similar_occupations(taxonomy, row, ALIKE) if each.likeness > 0
    ]


@lru_cache(maxsize=8)
def _by_label(taxonomy: Taxonomy, kind: str, language: str) -> Sequence[int]:
    rows: NamedRows = getattr(taxonomy, kind)
    names = [rows.called(row, language).text.casefold() for row in range(len(rows))]
    return sorted(range(len(rows)), key=lambda row: (names[row], row))


@lru_cache(maxsize=4)
def _said(taxonomy: Taxonomy, kind: str) -> Sequence[str]:
    """All labels of each row, a line each, small."""
    rows: NamedRows = getattr(taxonomy, kind)
    return [
        "".join(f"\n{label}" for some in rows.labels.values() for label in some[row]).casefold()
        for row in range(len(rows))
    ]
