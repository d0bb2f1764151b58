"""A taxonomy written down as ESCO is downloaded."""

import csv
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from scipy import sparse

from katalysator.engine.skills import NamedRows, Taxonomy

_PREFIX = "http://data.europa.eu/esco/"


def write_official(
    taxonomy: Taxonomy, folder: Path, languages: Sequence[str] = ("nl", "en")
) -> Path:
    """Write the tables of a taxonomy into a folder, those of each language, and those that join them."""
    folder.mkdir(exist_ok=True)
    kinds = {
        "occupations": (taxonomy.occupations, "iscoGroup", taxonomy.isco),
        "skills": (
            taxonomy.skills,
            "skillType",
            ["knowledge" if each else "skill/competence" for each in taxonomy.is_knowledge],
        ),
        "skillGroups": (taxonomy.groups, "code", [""] * len(taxonomy.groups)),
    }
    for language in languages:
        for kind, (rows, column, values) in kinds.items():
            names = ["conceptUri", column, "preferredLabel", "altLabels", "status", "description"]
            write_table(
                folder / f"{kind}_{language}.csv", names, _lines(rows, language, list(values))
            )
    nodes = [_uri(key) for key in (*taxonomy.skills.keys, *taxonomy.groups.keys)]
    write_table(
        folder / "broaderRelationsSkillPillar.csv",
        ["conceptUri", "broaderUri"],
        ((nodes[one], nodes[other]) for one, other in _pairs(taxonomy.broader)),
    )
    asked = [
        (_uri(taxonomy.occupations.keys[work]), name, _uri(taxonomy.skills.keys[skill]))
        for name in ("essential", "optional")
        for work, skill in _pairs(getattr(taxonomy, name))
    ]
    write_table(
        folder / "occupationSkillRelations.csv",
        ["occupationUri", "relationType", "skillUri"],
        asked,
    )
    return folder


def write_table(path: Path, names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([names, *rows])


def zipped(folder: Path, name: str) -> Path:
    """The tables of a folder in a zip beside it."""
    path = folder.parent / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for each in sorted(folder.iterdir()):
            file.write(each, each.name)
    return path


def _lines(rows: NamedRows, language: str, values: Sequence[str]) -> Iterable[Sequence[str]]:
    for key, labels, value in zip(rows.keys, rows.labels[language], values, strict=True):
        if labels or language == "en":
            first, others = (labels[0], "\n".join(labels[1:])) if labels else ("", "")
            yield _uri(key), value, first, others, "released", f"{first}." if first else ""


def _uri(key: str) -> str:
    return f"{_PREFIX}{key}"


def _pairs(told: sparse.csr_array) -> Iterable[tuple[int, int]]:
    plain = sparse.coo_array(told)
    return zip(*(each.tolist() for each in plain.coords), strict=True)
