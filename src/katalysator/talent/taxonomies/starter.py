"""A small taxonomy of our own writing, with which a coalition begins until it takes in a larger one."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from scipy import sparse

from katalysator.engine.skills import NamedRows, Taxonomy, links
from katalysator.talent.taxonomies.files import LANGUAGES, TaxonomyFiles

NAME: Final = "starter"
VERSION: Final = "1"

_Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class ExampleCourse:
    """A course of a school that does not exist: what it teaches and asks for first, by keys of skills."""

    key: str
    titles: Mapping[str, str]
    school: str
    level: str
    hours: int
    cost: int
    teaches: tuple[str, ...]
    asks: tuple[str, ...]


@cache
def read_starter() -> TaxonomyFiles:
    """The starter set, in Dutch and English. Cost: 10 ms, once in each process."""
    occupations, skills, groups = map(_rows, ("occupations", "skills", "groups"))
    row = {each["key"]: number for number, each in enumerate(skills)}
    taxonomy = Taxonomy(
        NAME,
        VERSION,
        _named_rows("work", occupations),
        _named_rows("skill", skills),
        _named_rows("group", groups),
        tuple(each["isco"] for each in occupations),
        _asked(occupations, "essential", row),
        _asked(occupations, "optional", row),
        _broader(skills, groups),
        np.array([each["kind"] == "k" for each in skills]),
    )
    descriptions = {
        name: {_key("work", each["key"]): each[f"means_{name}"] for each in occupations}
        for name in LANGUAGES
    }
    return TaxonomyFiles(taxonomy, descriptions)


def example_courses() -> tuple[ExampleCourse, ...]:
    """Courses that teach skills of the starter set, for the example."""
    return tuple(
        ExampleCourse(
            each["key"],
            {name: each[name] for name in LANGUAGES},
            each["school"],
            each["level"],
            int(each["hours"]),
            int(each["cost"]),
            *(
                tuple(_key("skill", key) for key in each[name].split())
                for name in ("teaches", "asks")
            ),
        )
        for each in _rows("courses")
    )


def _rows(name: str) -> _Rows:
    text = (files(__package__) / "starter" / f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def _key(kind: str, name: str) -> str:
    return f"{NAME}/{kind}/{name}"


def _named_rows(kind: str, rows: _Rows) -> NamedRows:
    labels = {name: [tuple(each[name].split("|")) for each in rows] for name in LANGUAGES}
    return NamedRows(tuple(_key(kind, each["key"]) for each in rows), labels)


def _asked(occupations: _Rows, column: str, row: Mapping[str, int]) -> sparse.csr_array:
    pairs = [
        (number, row[key])
        for number, each in enumerate(occupations)
        for key in each[column].split()
    ]
    return links(np.array(pairs).T, (len(occupations), len(row)))


def _broader(skills: _Rows, groups: _Rows) -> sparse.csr_array:
    place = {each["key"]: len(skills) + number for number, each in enumerate(groups)}
    pairs = [(number, place[each["group"]]) for number, each in enumerate(skills)]
    pairs += [(place[each["key"]], place[each["above"]]) for each in groups if each["above"]]
    size = len(skills) + len(groups)
    return links(np.array(pairs).T, (size, size))
