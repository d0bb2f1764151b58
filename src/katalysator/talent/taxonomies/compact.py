"""ESCO in one folder of packed tables with all languages: relations by number of row, labels split by bars."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from scipy import sparse

from katalysator.engine.skills import NamedRows, Taxonomy, links
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.talent.taxonomies.files import LANGUAGES, TaxonomyFiles, tidy_labels, unlabelled
from katalysator.talent.taxonomies.sources import TaxonomyLine, TaxonomySource

_NEEDED: Final = (
    "occupations.csv.gz",
    "skills.csv.gz",
    "skill_groups.csv.gz",
    "occupation_skill.csv.gz",
    "skill_broader.csv.gz",
)
_Rows = Sequence[TaxonomyLine]


def is_compact(source: TaxonomySource) -> bool:
    """Whether these are such tables."""
    return "occupation_skill.csv.gz" in source.names


def read_source(source: TaxonomySource, version: str) -> TaxonomyFiles:
    """The taxonomy of such tables. Raises InvalidInput where one is missing, or says what there is not."""
    if missing := [name for name in _NEEDED if name not in source.names]:
        raise InvalidInput(
            "taxonomy-half",
            _("This is half a taxonomy: %(missing)s is missing."),
            hint=_("Give all of its tables together."),
            missing=tuple(missing),
        )
    if not version:
        raise InvalidInput(
            "taxonomy-version",
            _("These files do not tell of which version they are."),
            hint=_("Say which version it is, such as 1.1.1."),
        ).at("version")
    told = ("uri", *(f"label_{name}" for name in LANGUAGES))
    occupations = list(source.lines("occupations.csv.gz", "isco", *told))
    skills = list(source.lines("skills.csv.gz", "type", *told))
    groups = list(source.lines("skill_groups.csv.gz", *told))
    asked = list(source.lines("occupation_skill.csv.gz", "occ_idx", "skill_idx", "rel"))
    size = (len(occupations), len(skills))
    taxonomy = Taxonomy(
        "esco",
        version,
        _named_rows(occupations),
        _named_rows(skills),
        _named_rows(groups),
        tuple(row["isco"] for row in occupations),
        links(_asked(asked, "e", size), size),
        links(_asked(asked, "o", size), size),
        _broader(source.lines("skill_broader.csv.gz", "child", "parent"), groups, len(skills)),
        np.array([row["type"] == "k" for row in skills]),
    )
    means = _descriptions([*occupations, *skills, *groups])
    return TaxonomyFiles(taxonomy, means, {"unlabelled": unlabelled(taxonomy)})


def _named_rows(rows: _Rows) -> NamedRows:
    labels = {
        name: [tidy_labels(row[f"label_{name}"], row[f"alt_{name}"]) for row in rows]
        for name in LANGUAGES
    }
    seen = set[str]()
    for row in rows:
        if not row["uri"] or row["uri"] in seen:
            raise row.wrong(
                InvalidInput("taxonomy-key", _("“%(key)s” is no key of its own."), key=row["uri"])
            )
        seen.add(row["uri"])
    return NamedRows(tuple(row["uri"] for row in rows), labels)


def _asked(
    rows: _Rows, rel: str, size: tuple[int, int]
) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    told = [
        (_row(row, "occ_idx", size[0]), _row(row, "skill_idx", size[1]))
        for row in rows
        if row["rel"] == rel
    ]
    return np.array(told, np.int64).reshape(-1, 2).T


def _row(line: TaxonomyLine, name: str, size: int) -> int:
    """The number of a row that there is."""
    said = line[name]
    if said.isascii() and said.isdigit() and int(said) < size:
        return int(said)
    raise line.wrong(_no_such_row(said))


def _broader(lines: Iterator[TaxonomyLine], groups: _Rows, skills: int) -> sparse.csr_array:
    place = {row["uri"]: skills + number for number, row in enumerate(groups)}
    place |= {f"s{number}": number for number in range(skills)}
    told = [(_place(line, "child", place), _place(line, "parent", place)) for line in lines]
    size = skills + len(groups)
    return links(np.array(told, np.int64).reshape(-1, 2).T, (size, size))


def _place(line: TaxonomyLine, name: str, place: Mapping[str, int]) -> int:
    found = place.get(line[name])
    if found is None:
        raise line.wrong(_no_such_row(line[name]))
    return found


def _no_such_row(said: str) -> InvalidInput:
    return InvalidInput(
        "taxonomy-row",
        _("There is no row “%(said)s” in the other table."),
        hint=_("Give the tables of one version alone."),
        said=said,
    )


def _descriptions(rows: _Rows) -> Mapping[str, Mapping[str, str]]:
    return {
        name: {row["uri"]: text for row in rows if (text := row[f"desc_{name}"])}
        for name in LANGUAGES
    }
