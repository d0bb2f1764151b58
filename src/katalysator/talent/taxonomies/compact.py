"""ESCO in one folder of packed tables with all languages: relations by number of row, labels split by bars."""

import csv
import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from scipy import sparse

from katalysator.engine.skills import NamedRows, Taxonomy, links

LANGUAGES: Final = ("nl", "en")
_Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class TaxonomyFiles:
    """A taxonomy that was read, and what its occupations, skills and groups mean: by language and key."""

    taxonomy: Taxonomy
    descriptions: Mapping[str, Mapping[str, str]]


def read_compact(folder: Path, version: str) -> TaxonomyFiles:
    """The taxonomy of a folder with occupations.csv.gz, skills.csv.gz and what joins them. Cost: 2 s."""
    occupations, skills, groups = (
        _rows(folder / f"{name}.csv.gz") for name in ("occupations", "skills", "skill_groups")
    )
    asked = _rows(folder / "occupation_skill.csv.gz")
    size = (len(occupations), len(skills))
    taxonomy = Taxonomy(
        "esco",
        version,
        _named_rows(occupations),
        _named_rows(skills),
        _named_rows(groups),
        tuple(row["isco"] for row in occupations),
        links(_asked(asked, "e"), size),
        links(_asked(asked, "o"), size),
        _broader(folder / "skill_broader.csv.gz", groups, len(skills)),
        np.array([row["type"] == "k" for row in skills]),
    )
    return TaxonomyFiles(taxonomy, _descriptions([*occupations, *skills, *groups]))


def _rows(path: Path) -> _Rows:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _named_rows(rows: _Rows) -> NamedRows:
    labels = {name: [tuple(_labels(row, name)) for row in rows] for name in LANGUAGES}
    return NamedRows(tuple(row["uri"] for row in rows), labels)


def _labels(row: Mapping[str, str], language: str) -> Iterator[str]:
    """The labels of a row, the preferred one first, each once; none where there is no preferred one."""
    if row[f"label_{language}"]:
        others = row.get(f"alt_{language}", "").split("|")
        yield from dict.fromkeys(filter(None, [row[f"label_{language}"], *others]))


def _asked(rows: _Rows, rel: str) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    told = [(int(row["occ_idx"]), int(row["skill_idx"])) for row in rows if row["rel"] == rel]
    return np.array(told, np.int64).reshape(-1, 2).T


def _broader(path: Path, groups: _Rows, skills: int) -> sparse.csr_array:
    place = {row["uri"]: skills + number for number, row in enumerate(groups)}
    place |= {f"s{number}": number for number in range(skills)}
    told = [(place[row["child"]], place[row["parent"]]) for row in _rows(path)]
    size = skills + len(groups)
    return links(np.array(told, np.int64).reshape(-1, 2).T, (size, size))


def _descriptions(rows: _Rows) -> Mapping[str, Mapping[str, str]]:
    return {
        name: {row["uri"]: text for row in rows if (text := row.get(f"desc_{name}", ""))}
        for name in LANGUAGES
    }
