"""The skills of ESCO in CSV: the official files, one for each language, or all languages in one table.

The official files of any version have conceptUri, preferredLabel and altLabels, a label on each line of
the cell. A table with all languages has uri, and of each language label_nl and alt_nl, split by bars.
Some Dutch cells hold several labels on a line, with " / " between them.
"""

import gzip
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Final

from katalysator.cleaning import cleaned, one_line
from katalysator.core.language import TEXT_LANGUAGES
from katalysator.engine.concepts import ESCO_PREFIX, Skill
from katalysator.faults import InvalidInput, Refused, gettext_noop as _
from katalysator.tables.header import below_first_row
from katalysator.tables.reading import read_grids
from katalysator.tables.table import Line

_LARGEST: Final = 1 << 28  # bytes, unpacked
_NAMED: Final = re.compile(r"_([a-z]{2})\.csv(?:\.gz)?$", re.IGNORECASE)
_SKILL: Final = re.compile(r"(?:.*/)?skill/([\w-]+)")
_URI: Final = ("conceptUri", "uri")
_BETWEEN: Final = re.compile(r"[\n|]| / ")

_BySkill = dict[str, dict[str, list[str]]]


@dataclass(frozen=True, slots=True)
class _Layout:
    """In which cells of a row its URI stands, and the labels of each language, the preferred one first."""

    uri: int
    labels: Mapping[str, tuple[int, ...]]


def read_skills(paths: Sequence[Path], language: str | None) -> list[Skill]:
    """The skills of some files, joined by their URIs, in the order in which they are met.

    `language` is that of files whose names do not tell. Raises Refused with all that is wrong.
    """
    labels, problems = _BySkill(), list[InvalidInput]()
    for path in paths:
        try:
            _add(path, language, labels, problems)
        except InvalidInput as fault:
            problems.append(fault if fault.where else fault.at(path))
    if problems:
        raise Refused(*problems)
    return [Skill(key, some) for key, some in labels.items()]


def _add(path: Path, language: str | None, labels: _BySkill, problems: list[InvalidInput]) -> None:
    with _unpacked(path) as plain:
        table = below_first_row(read_grids(plain, name=str(path))[0])
    layout = _layout(table.header.cells, _language_of(path) or language)
    for line in table.lines:
        try:
            of_skill = labels.setdefault(_key(line.cells[layout.uri]), {})
        except InvalidInput as fault:
            problems.append(table.at(fault, line.number))
            continue
        for name, some in _labels(line, layout):
            known = of_skill.setdefault(name, [])
            known += [label for label in some if label not in known]


@contextmanager
def _unpacked(path: Path) -> Iterator[Path]:
    """The file, or what is in it where it is packed by gzip."""
    if path.suffix.lower() != ".gz":
        yield path
        return
    with NamedTemporaryFile(suffix=".csv") as plain:
        _unpack(path, plain)
        yield Path(plain.name)


def _unpack(path: Path, plain: IO[bytes]) -> None:
    try:
        with gzip.open(path) as file:
            data = file.read(_LARGEST + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise InvalidInput(
            "esco-packed",
            _("This file is not packed by gzip, or it is damaged."),
            hint=_("Download it again, or unpack it first."),
        ) from None
    if len(data) > _LARGEST:
        raise InvalidInput(
            "esco-large",
            _("The file is larger than %(most)s MB."),
            hint=_("Give one file of skills for each language."),
            most=_LARGEST >> 20,
        )
    plain.write(data)
    plain.flush()


def _language_of(path: Path) -> str | None:
    """The language that the name tells, as skills_nl.csv does."""
    found = _NAMED.search(path.name)
    return found[1].lower() if found else None


def _layout(header: Sequence[str], language: str | None) -> _Layout:
    """Where things stand. Raises InvalidInput where they do not, or in another language."""
    place = {name: number for number, name in enumerate(header)}
    uri = next((place[name] for name in _URI if name in place), None)
    if uri is None or not place.keys() & {
        "preferredLabel",
        *map("label_{}".format, TEXT_LANGUAGES),
    }:
        raise InvalidInput(
            "esco-columns",
            _(
                "This is no table of skills of ESCO: it has no columns conceptUri and preferredLabel."
            ),
            hint=_("Download the classification as CSV, and give skills_en.csv or skills_nl.csv."),
        )
    if "preferredLabel" in place:
        cells = (place["preferredLabel"], *_places(place, "altLabels"))
        return _Layout(uri, {_checked(language): cells})
    labels = {name: _places(place, f"label_{name}", f"alt_{name}") for name in TEXT_LANGUAGES}
    return _Layout(uri, labels)


def _places(place: Mapping[str, int], *names: str) -> tuple[int, ...]:
    return tuple(place[name] for name in names if name in place)


def _checked(language: str | None) -> str:
    if language is None:
        raise InvalidInput(
            "esco-language-missing",
            _("The name of this file does not tell its language."),
            hint=_("Name it as skills_nl.csv, or give --labels-in."),
        )
    if language not in TEXT_LANGUAGES:
        raise InvalidInput(
            "esco-language",
            _("These labels are in “%(language)s”, and no texts are read in it."),
            hint=_("Give files in one of these languages: %(languages)s."),
            language=language,
            languages=tuple(TEXT_LANGUAGES),
        )
    return language


def _key(uri: str) -> str:
    found = _SKILL.fullmatch(uri)
    if found is None:
        raise InvalidInput(
            "esco-uri",
            _("“%(uri)s” is no address of a skill of ESCO."),
            hint=_("It ends as …/skill/0005c151-5b5a-4a66-8aac-60e734beb1ab."),
            uri=uri,
        )
    return f"{ESCO_PREFIX}{found[1].lower()}"


def _labels(line: Line, layout: _Layout) -> Iterator[tuple[str, list[str]]]:
    """The labels of a row by language, without those that say nothing; none where there is no preferred one."""
    for language, (first, *others) in layout.labels.items():
        cells = [cleaned(line.cells[place]) for place in (first, *others)]
        if cells[0]:
            each = (one_line(label) for cell in cells for label in _BETWEEN.split(cell))
            yield language, list(filter(None, each))
