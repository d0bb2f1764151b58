"""Skills of ESCO, the European classification, as concepts beside those of a thesaurus.

Only what can be found, and means one thing where it is found: a skill is left out where its name stands
in the thesaurus already, and where its name is one ordinary word, which means many things.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import simplemma

from katalysator.engine.concepts.checking import MOST_LABELS, check_labels
from katalysator.engine.concepts.reading import LabelForm, label_form
from katalysator.engine.concepts.thesaurus import Concept, Thesaurus
from katalysator.faults import InvalidInput, gettext_noop as _

ESCO_PREFIX: Final = "esco-"
"""What the keys of concepts out of ESCO begin with."""
ESCO_NOTICE: Final = _("This service uses the ESCO classification of the European Commission.")
"""What must be said where ESCO is used (Commission Decision 2011/833/EU)."""


_Ours = AbstractSet[tuple[str, tuple[str, ...]]]  # a language, and the lemmas of a label


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill of ESCO: its key, and its labels by language, of each the preferred one first."""

    key: str
    labels: Mapping[str, Sequence[str]]


class LeftOut(StrEnum):
    """Why a skill or a label is left out."""

    OURS = "it stands in the thesaurus"
    ORDINARY = "it is one ordinary word"
    LENGTH = "it is too long, too short, or has no word"
    ALIKE = "another label of the skill is read as the same"
    MANY = "the skill has enough labels"


@dataclass(frozen=True, slots=True)
class EscoConcepts:
    """Skills as concepts, and how many skills and labels of these were left out, by why."""

    concepts: Sequence[Concept]
    skills_left_out: Mapping[LeftOut, int]
    labels_left_out: Mapping[LeftOut, int]


def esco_concepts(skills: Iterable[Skill], beside: Thesaurus) -> EscoConcepts:
    """The skills that say more than a thesaurus does, as concepts without broader ones.

    A language in which the preferred label cannot be used has none: a skill goes by its own name. Cost:
    2.5 s for all 14,000.
    """
    ours = _forms(beside)
    concepts: list[Concept] = []
    skills_left_out, labels_left_out = Counter[LeftOut](), Counter[LeftOut]()
    for skill in skills:
        told = {name: _sorted_out(some, name, ours) for name, some in skill.labels.items() if some}
        if reason := _why_not(told.values()):
            skills_left_out[reason] += 1
            continue
        for sorted_out in told.values():
            labels_left_out.update(sorted_out.left_out)
        concepts.append(
            Concept(skill.key, {name: tuple(each.kept) for name, each in told.items() if each.kept})
        )
    return EscoConcepts(concepts, skills_left_out, labels_left_out)


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The labels of a skill in one language: those that are kept, and why the name and others are not."""

    kept: Sequence[str]
    left_out: Mapping[LeftOut, int]
    name: LeftOut | None


def _sorted_out(labels: Sequence[str], language: str, ours: _Ours) -> _Sorted:
    seen, kept, left_out = set[LabelForm](), list[str](), Counter[LeftOut]()
    name: LeftOut | None = None
    for place, label in enumerate(labels):
        reason = _reason(label, language, ours, seen)
        if reason is None and len(kept) == MOST_LABELS:
            reason = LeftOut.MANY
        if reason is None:
            kept.append(label)
        else:
            left_out[reason] += 1
            name = reason if place == 0 else name
    return _Sorted(() if name else kept, left_out, name)


def _why_not(told: Iterable[_Sorted]) -> LeftOut | None:
    """Why a skill is left out: it is known by its name in a language, or has no name in any."""
    names = [each.name for each in told]
    if LeftOut.OURS in names:
        return LeftOut.OURS
    return next(iter(filter(None, names)), LeftOut.LENGTH) if all(names) else None


def _reason(label: str, language: str, ours: _Ours, seen: set[LabelForm]) -> LeftOut | None:
    """Why a label is left out, None where it is not; its form is added to those that were seen."""
    form = label_form(label, language)
    if form is None or not _fits(label, language):
        return LeftOut.LENGTH
    if (language, form.lemmas) in ours:
        return LeftOut.OURS
    if len(form.lemmas) == 1 and _is_ordinary(label, form.lemmas[0], language):
        return LeftOut.ORDINARY
    if form in seen:
        return LeftOut.ALIKE
    seen.add(form)
    return None


def _fits(label: str, language: str) -> bool:
    try:
        check_labels({language: [label]})
    except InvalidInput:
        return False
    return True


def _is_ordinary(word: str, lemma: str, language: str) -> bool:
    """Whether a word stands in a dictionary and is not written as a name, such as TypeScript."""
    if any(map(str.isupper, word[1:])) and any(map(str.islower, word)):
        return False
    forms = (word, word.lower(), lemma.rstrip("~"))
    return any(simplemma.is_known(each, language, low_memory=True) for each in forms)


def _forms(thesaurus: Thesaurus) -> _Ours:
    return {
        (language, form.lemmas)
        for concept in thesaurus.concepts
        for language, labels in concept.labels.items()
        for label in labels
        if (form := label_form(label, language))
    }
