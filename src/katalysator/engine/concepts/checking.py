"""What a concept may say, wherever it is written: a form, a table or a file."""

from collections.abc import Mapping, Sequence
from typing import Final

from katalysator.engine.concepts.thesaurus import Thesaurus
from katalysator.faults import InvalidInput, gettext_noop as _

MOST_LABELS: Final = 20
"""Of a concept, in one language."""
_SHORTEST: Final = 2  # letters of a label
_LONGEST: Final = 100


def check_labels(labels: Mapping[str, Sequence[str]]) -> None:
    """Refuse a concept without labels, with too many, or with one of a wrong length, by language."""
    if not any(labels.values()):
        raise InvalidInput(
            "concept-labels",
            _("A concept has no label yet."),
            hint=_("Write what people call it, in Dutch or in English."),
        ).at(next(iter(labels)))
    for language, some in labels.items():
        if len(some) > MOST_LABELS:
            raise InvalidInput(
                "concept-labels-many",
                _("These are %(count)s labels."),
                hint=_("Name at most %(most)s."),
                count=len(some),
                most=MOST_LABELS,
            ).at(language)
        for label in some:
            _check_length(label, language)


def check_broader(key: str, broader: Sequence[str], known: Thesaurus) -> None:
    """Refuse broader concepts that are not there, or that have this one above them."""
    for each in broader:
        if each != key and each not in known.row:
            raise InvalidInput(
                "concept-broader",
                _("There is no concept “%(name)s”."),
                hint=_("Add it first, or name another one."),
                name=each,
            ).at("broader")
        if key in _all_above(each, known):
            raise InvalidInput(
                "concept-circle",
                _("“%(name)s” is this concept itself, or narrower than it."),
                hint=_("Name a concept that is wider."),
                name=each,
            ).at("broader")


def _check_length(label: str, place: str) -> None:
    if sum(map(str.isalnum, label)) < _SHORTEST:
        raise InvalidInput(
            "concept-label-short",
            _("“%(label)s” is too short for a label: it would be found everywhere."),
            hint=_("Use two letters or more."),
            label=label,
        ).at(place)
    if len(label) > _LONGEST:
        raise InvalidInput(
            "concept-label-long",
            _("“%(label)s” is too long for a label."),
            hint=_("Use at most %(most)s characters."),
            label=f"{label[:30]}…",
            most=_LONGEST,
        ).at(place)


def _all_above(key: str, known: Thesaurus) -> set[str]:
    """A concept and all that are broader, however far."""
    found, todo = {key}, [key]
    while todo:
        each = todo.pop()
        new = {*known[each].broader} - found if each in known.row else set()
        found |= new
        todo += new
    return found
