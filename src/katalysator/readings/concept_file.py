"""Concepts of a coalition in a file, a JSON object a line: checked, with all that is wrong by its line."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from katalysator.cleaning import plain_line
from katalysator.core.language import TEXT_LANGUAGES
from katalysator.engine.concepts import check_broader, check_labels, with_own
from katalysator.faults import InvalidInput, Refused, gettext_noop as _

_LISTS: Final = (*TEXT_LANGUAGES, "broader")
_LARGEST: Final = 1 << 24  # bytes

ConceptLine: TypeAlias = Mapping[str, Any]
"""A concept as it stands on a line."""


def read(path: Path | None) -> str:
    """The lines of a file of concepts, none without one. Raises Refused with all that is wrong in it."""
    if path is None:
        return ""
    text = _text(path)
    concepts = _checked(text, path)
    known, problems = with_own(text), list[InvalidInput]()
    for number, each in concepts.items():
        try:
            check_broader(each["id"], each.get("broader", ()), known)
        except InvalidInput as fault:
            problems.append(fault.at(number))
    _refuse(problems, path)
    return as_lines(concepts.values())


def concepts_in(path: Path) -> dict[int, ConceptLine]:
    """The concepts of a file by the numbers of their lines, whatever they name as broader.

    Raises Refused with all that is wrong in it.
    """
    return _checked(_text(path), path)


def as_lines(concepts: Iterable[ConceptLine]) -> str:
    """The text of a file of concepts."""
    return "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in concepts)


def _checked(text: str, path: Path) -> dict[int, ConceptLine]:
    problems: list[InvalidInput] = []
    concepts = dict(_concepts(text, problems))
    _refuse(problems, path)
    return concepts


def _refuse(problems: Sequence[InvalidInput], path: Path) -> None:
    if problems:
        raise Refused(*(each.at(path) for each in problems))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size <= _LARGEST:
            return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        pass
    raise InvalidInput(
        "concepts-file",
        _("This is no file of concepts, or it is too large."),
        hint=_("It is text in UTF-8, with a concept on each line."),
    ).at(path)


def _concepts(text: str, problems: list[InvalidInput]) -> Iterator[tuple[int, ConceptLine]]:
    """The concepts with the numbers of their lines; what is none is added to `problems`."""
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found = _concept(line)
            if found["id"] in seen:
                raise _twice(found["id"], seen[found["id"]])
            seen[found["id"]] = number
            yield number, found
        except InvalidInput as fault:
            problems.append(fault.at(number))


def _concept(line: str) -> ConceptLine:
    """What stands on one line. Raises InvalidInput."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise _no_concept() from None
    if not isinstance(found, dict) or not isinstance(found.get("id"), str) or not found["id"]:
        raise _no_concept()
    if unknown := sorted(found.keys() - {"id", *_LISTS}):
        raise _no_field(unknown[0])
    for name in _LISTS:
        value = found.get(name, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise _no_list().at(name)
    for name in TEXT_LANGUAGES:
        found[name] = list(filter(None, map(plain_line, found.get(name, ()))))
    check_labels({name: found.get(name, []) for name in TEXT_LANGUAGES})
    return found


def _no_concept() -> InvalidInput:
    return InvalidInput(
        "concept-line",
        _("This line is no concept."),
        hint=_("Write it as %(example)s."),
        example='{"id": "heron", "nl": ["reiger"], "en": ["heron"], "broader": []}',
    )


def _no_field(name: str) -> InvalidInput:
    return InvalidInput(
        "concept-field",
        _("A concept has no “%(name)s”."),
        hint=_("It has: %(names)s."),
        name=name,
        names=("id", *_LISTS),
    )


def _no_list() -> InvalidInput:
    return InvalidInput(
        "concept-list",
        _("This is no list of names."),
        hint=_("Write them between square brackets, each between quotation marks."),
    )


def _twice(key: str, line: int) -> InvalidInput:
    return InvalidInput(
        "concept-twice",
        _("“%(name)s” stands on line %(line)s already."),
        hint=_("Give it another id, or put the two together."),
        name=key,
        line=str(line),
    )
