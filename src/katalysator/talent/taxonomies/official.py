"""ESCO as it is downloaded: tables of occupations and skills in each language, and what joins them by URI."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from scipy import sparse

from katalysator.cleaning import cleaned
from katalysator.engine.skills import NamedRows, Taxonomy, links
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.talent.taxonomies.files import LANGUAGES, TaxonomyFiles, tidy_labels, unlabelled
from katalysator.talent.taxonomies.sources import TaxonomyLine, TaxonomySource

_PREFIX: Final = "http://data.europa.eu/esco/"
_BY_LANGUAGE: Final = {
    "occupations": ("conceptUri", "preferredLabel", "iscoGroup"),
    "skills": ("conceptUri", "preferredLabel", "skillType"),
    "skillGroups": ("conceptUri", "preferredLabel"),
}
_JOINING: Final = {
    "occupationSkillRelations": ("occupationUri", "relationType", "skillUri"),
    "broaderRelationsSkillPillar": ("conceptUri", "broaderUri"),
}
_NAME: Final = re.compile(r"(\w+?)(?:_([a-z]{2}))?\.csv(?:\.gz)?", re.IGNORECASE)
_VERSION: Final = re.compile(r"\bv(\d+(?:\.\d+){1,2})\b", re.IGNORECASE)
_GONE: Final = "obsolete"
_UNFIT: Final = 0.02
"""More of a table than this does not join where it is of another version; ESCO's own tables have a line or two."""
_EXAMPLES: Final = 5


@dataclass(frozen=True, slots=True)
class _Tables:
    """The names of the tables that are read: by kind and language, and by kind."""

    by_language: Mapping[tuple[str, str], str]
    joining: Mapping[str, str]
    first: str
    """The language whose rows there are; what others say is joined to them."""


@dataclass(slots=True)
class _Noticed:
    """What did not join, by table, and how much of each table was looked at."""

    looked_at: dict[str, int] = field(default_factory=dict)
    unjoined: dict[str, list[str]] = field(default_factory=dict)

    def joins(self, line: TaxonomyLine, key: str, known: Mapping[str, int]) -> int | None:
        """The row of a key, None where there is none, which is noted."""
        self.looked_at[line.file] = self.looked_at.get(line.file, 0) + 1
        row = known.get(key)
        if row is None:
            self.unjoined.setdefault(line.file, []).append(key)
        return row

    def check(self) -> None:
        """Refuse tables of which too much does not join. Raises InvalidInput."""
        for name, some in self.unjoined.items():
            if len(some) > _UNFIT * self.looked_at[name]:
                raise InvalidInput(
                    "taxonomy-mixed",
                    _("%(count)s lines of this table tell of what the others do not have, such as %(example)s: it is of another version."),
                    hint=_("Give the tables of one version alone."),
                    count=len(some),
                    example=some[0],
                ).at(name)  # fmt: skip

    def told(self) -> Mapping[str, Any]:
        """How many lines of each table did not join, with examples."""
        return {
            name: {"count": len(some), "examples": some[:_EXAMPLES]}
            for name, some in sorted(self.unjoined.items())
        }


def read_official(source: TaxonomySource, version: str) -> TaxonomyFiles:
    """The taxonomy of official tables, of any version. Raises InvalidInput: it is read whole, or not at all."""
    tables, noticed = _chosen(source), _Noticed()
    version = _version(source, version)
    occupations, skills, groups = (
        _Things(source, tables, kind, noticed) for kind in ("occupations", "skills", "skillGroups")
    )
    size = (len(occupations.keys), len(skills.keys))
    asked = _asked(source, tables, occupations.row, skills.row, noticed)
    broader = _broader(source, tables, skills, groups, noticed)
    noticed.check()
    taxonomy = Taxonomy(
        "esco",
        version,
        occupations.named(),
        skills.named(),
        groups.named(),
        tuple(_isco(line) for line in occupations.lines),
        links(asked["essential"], size),
        links(asked["optional"], size),
        broader,
        np.array([line["skillType"] == "knowledge" for line in skills.lines], np.bool_),
    )
    kinds = (occupations, skills, groups)
    descriptions = {
        name: {key: text for kind in kinds for key, text in kind.means.get(name, {}).items()}
        for name in LANGUAGES
    }
    return TaxonomyFiles(taxonomy, descriptions, _report(taxonomy, noticed, source, tables))


class _Things:
    """Occupations, skills or groups: a row for each URI of the first language, with the labels of all."""

    def __init__(
        self, source: TaxonomySource, tables: _Tables, kind: str, noticed: _Noticed
    ) -> None:
        self.means: dict[str, dict[str, str]] = {}
        first = source.lines(tables.by_language[kind, tables.first], *_BY_LANGUAGE[kind])
        self.lines = [line for line in first if line["status"] != _GONE]
        self.keys = tuple(_key(line, "conceptUri") for line in self.lines)
        self.row = {key: row for row, key in enumerate(self.keys)}
        if len(self.row) < len(self.keys):
            raise self._twice()
        self.labels = {name: [()] * len(self.keys) for name in LANGUAGES}
        self._say(tables.first, zip(range(len(self.keys)), self.lines, strict=True))
        for name in LANGUAGES:
            table = tables.by_language.get((kind, name))
            if table and name != tables.first:
                self._say(name, self._joined(source.lines(table, *_BY_LANGUAGE[kind]), noticed))

    labels: dict[str, list[tuple[str, ...]]]

    def named(self) -> NamedRows:
        """Their keys and labels."""
        return NamedRows(self.keys, self.labels)

    def _joined(
        self, lines: Iterator[TaxonomyLine], noticed: _Noticed
    ) -> Iterator[tuple[int, TaxonomyLine]]:
        for line in lines:
            row = noticed.joins(line, _key(line, "conceptUri"), self.row)
            if row is not None:
                yield row, line

    def _say(self, language: str, lines: Iterator[tuple[int, TaxonomyLine]]) -> None:
        means = self.means.setdefault(language, {})
        for row, line in lines:
            self.labels[language][row] = tidy_labels(line["preferredLabel"], line["altLabels"])
            if text := cleaned(line["description"]):
                means[self.keys[row]] = text

    def _twice(self) -> InvalidInput:
        seen = set[str]()
        for line, key in zip(self.lines, self.keys, strict=True):
            if key in seen:
                return line.wrong(
                    InvalidInput("taxonomy-key", _("“%(key)s” is there twice."), key=key)
                )
            seen.add(key)
        raise AssertionError


def _chosen(source: TaxonomySource) -> _Tables:
    """Which tables are read. Raises InvalidInput where some that there must be are missing."""
    by_language, joining = dict[tuple[str, str], str](), dict[str, str]()
    for name in source.names:
        found = _NAME.fullmatch(name)
        kind, language = (found[1], (found[2] or "").lower()) if found else ("", "")
        if kind in _BY_LANGUAGE and language in LANGUAGES:
            by_language[kind, language] = name
        elif kind in _JOINING:
            joining.setdefault(kind, name)
    whole = [
        name for name in reversed(LANGUAGES) if all((kind, name) in by_language for kind in _BY_LANGUAGE)
    ]  # fmt: skip
    missing = [kind for kind in _JOINING if kind not in joining]
    if not whole:
        missing += [kind for kind in _BY_LANGUAGE if (kind, "en") not in by_language]
    if missing:
        raise InvalidInput(
            "taxonomy-half",
            _("This is half a taxonomy: %(missing)s is missing."),
            hint=_("Give all of its tables together, with those of at least one language: Dutch or English."),
            missing=tuple(f"{kind}….csv" for kind in missing),
        )  # fmt: skip
    return _Tables(by_language, joining, whole[0])


def _version(source: TaxonomySource, said: str) -> str:
    """Which version it is, as was said, or as the names of the zips tell. Raises InvalidInput where these differ."""
    found = {match[1] for name in source.inside if (match := _VERSION.search(name))}
    if said:
        found.add(said)
    if len(found) > 1:
        raise InvalidInput(
            "taxonomy-versions",
            _("These files are of more than one version: %(versions)s."),
            hint=_("Give the tables of one version alone."),
            versions=tuple(sorted(found)),
        ).at("version")
    if not found:
        raise InvalidInput(
            "taxonomy-version",
            _("These files do not tell of which version they are."),
            hint=_("Say which version it is, such as 1.1.1."),
        ).at("version")
    return found.pop()


def _key(line: TaxonomyLine, column: str) -> str:
    uri = line[column].strip()
    if not uri:
        raise line.wrong(InvalidInput("taxonomy-key", _("There is no URI in this line.")))
    return uri.removeprefix(_PREFIX)


def _isco(line: TaxonomyLine) -> str:
    """The unit group of an occupation, four digits; groups of the armed forces have lost their zeros in some files."""
    code = line["iscoGroup"].strip().removeprefix("C")
    if not code:
        return ""
    if not (code.isascii() and code.isdigit() and len(code) <= 4):
        raise line.wrong(
            InvalidInput("taxonomy-isco", _("“%(isco)s” is no code of ISCO-08."), isco=code)
        )
    return code.zfill(4)


def _asked(
    source: TaxonomySource,
    tables: _Tables,
    occupations: Mapping[str, int],
    skills: Mapping[str, int],
    noticed: _Noticed,
) -> Mapping[str, np.ndarray[Any, Any]]:
    name = tables.joining["occupationSkillRelations"]
    pairs: dict[str, list[tuple[int, int]]] = {"essential": [], "optional": []}
    for line in source.lines(name, *_JOINING["occupationSkillRelations"]):
        relation = pairs.get(line["relationType"].lower())
        if relation is None:
            raise line.wrong(
                InvalidInput(
                    "taxonomy-relation",
                    _("“%(relation)s” is neither essential nor optional."),
                    relation=line["relationType"],
                )
            )
        _join(line, noticed, relation, ("occupationUri", occupations.get), ("skillUri", skills.get))
    return {name: _pairs(some) for name, some in pairs.items()}


def _broader(
    source: TaxonomySource, tables: _Tables, skills: _Things, groups: _Things, noticed: _Noticed
) -> sparse.csr_array:
    place = dict(skills.row)
    place |= {key: len(skills.keys) + row for key, row in groups.row.items()}
    pairs: list[tuple[int, int]] = []
    name = "broaderRelationsSkillPillar"
    for line in source.lines(tables.joining[name], *_JOINING[name]):
        _join(line, noticed, pairs, ("conceptUri", place.get), ("broaderUri", place.get))
    size = len(skills.keys) + len(groups.keys)
    return links(_pairs(pairs), (size, size))


def _join(
    line: TaxonomyLine,
    noticed: _Noticed,
    pairs: list[tuple[int, int]],
    *ends: tuple[str, Callable[[str], int | None]],
) -> None:
    """Add the pair of rows that a line joins; where one is not there, that is noted."""
    keys = [_key(line, column) for column, _find in ends]
    rows = [find(key) for key, (_column, find) in zip(keys, ends, strict=True)]
    known = {key: row for key, row in zip(keys, rows, strict=True) if row is not None}
    missing = next((key for key in keys if key not in known), keys[0])
    if noticed.joins(line, missing, known) is not None:
        pairs.append((known[keys[0]], known[keys[1]]))


def _pairs(some: Sequence[tuple[int, int]]) -> np.ndarray[Any, Any]:
    return np.array(some, np.int64).reshape(-1, 2).T


def _report(
    taxonomy: Taxonomy, noticed: _Noticed, source: TaxonomySource, tables: _Tables
) -> Mapping[str, Any]:
    """What did not join, what lacks a label in a language, and which tables were not read."""
    used = {*tables.by_language.values(), *tables.joining.values()}
    return {
        "unjoined": noticed.told(),
        "unread": [name for name in source.names if name not in used],
        "unlabelled": unlabelled(taxonomy),
    }
