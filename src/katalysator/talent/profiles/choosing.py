"""Occupations and skills to choose from: those of the taxonomy that is used now, by their labels."""

from collections.abc import Collection
from typing import Final, Literal, NamedTuple, TypeAlias

from django.db.models import Q

from katalysator.engine.skills import NamedRows, Taxonomy
from katalysator.faults import gettext_noop as _
from katalysator.talent.models import ProfileOccupation, ProfileSkill, SkillProfile
from katalysator.talent.taxonomies.current import current_taxonomy
from katalysator.talent.taxonomies.uses import uses_keys
from katalysator.talent.work.looking import looked_up

ConceptKind: TypeAlias = Literal["occupation", "skill"]
"""What a thing of a taxonomy is."""
MOST_FOUND: Final = 20
LONGEST_QUERY: Final = 100
"""Characters of what is looked for."""


class NamedConcept(NamedTuple):
    """An occupation or a skill by its key, with its label, and the language of that; empty where it has none."""

    key: str
    label: str
    language: str


class ShownConcept(NamedTuple):
    """One of a profile as it is read now: `is_known` of today's taxonomy, or else what became of it, where that is known."""

    record: ProfileOccupation | ProfileSkill
    label: str
    language: str
    is_known: bool
    successor: NamedConcept | None


def has_taxonomy() -> bool:
    """Whether there is anything to choose from. Cost: a query."""
    return current_taxonomy() is not None


def found(chosen: ConceptKind, words: str, language: str) -> list[NamedConcept]:
    """Those with all these words in a label, in any language, those that begin so first. Cost: that of `looked_up`."""
    taxonomy = current_taxonomy()
    sought = words[:LONGEST_QUERY].strip()
    if taxonomy is None or not sought:
        return []
    rows = looked_up(taxonomy, f"{chosen}s", sought, language)[:MOST_FOUND]
    return [_named(_rows(taxonomy, chosen), row, language) for row in rows]


def chosen_by_key(chosen: ConceptKind, key: str, language: str) -> NamedConcept | None:
    """The one of this key in today's taxonomy; None where it is not there."""
    taxonomy = current_taxonomy()
    rows = _rows(taxonomy, chosen) if taxonomy else None
    if rows is None or key not in rows.row:
        return None
    return _named(rows, rows.row[key], language)


def successor_of(
    taxonomy: Taxonomy, chosen: ConceptKind, key: str, language: str
) -> NamedConcept | None:
    """What one of an earlier version is now, however many versions ago; None where it has gone."""
    rows, seen = _rows(taxonomy, chosen), {key}
    while (key := taxonomy.redirects.get(key, "")) and key not in seen:
        if key in rows.row:
            return _named(rows, rows.row[key], language)
        seen.add(key)
    return None


def shown(
    taxonomy: Taxonomy | None, record: ProfileOccupation | ProfileSkill, language: str
) -> ShownConcept:
    """One of a profile in a language, where the taxonomy has it; else as it was called when it was chosen."""
    if taxonomy is None:
        return ShownConcept(record, record.label, record.language, is_known=True, successor=None)
    chosen: ConceptKind = "skill" if isinstance(record, ProfileSkill) else "occupation"
    rows = _rows(taxonomy, chosen)
    if record.key in rows.row:
        told = _named(rows, rows.row[record.key], language)
        return ShownConcept(record, told.label, told.language, is_known=True, successor=None)
    later = successor_of(taxonomy, chosen, record.key, language)
    return ShownConcept(record, record.label, record.language, is_known=False, successor=later)


def _rows(taxonomy: Taxonomy, chosen: ConceptKind) -> NamedRows:
    return taxonomy.skills if chosen == "skill" else taxonomy.occupations


def _named(rows: NamedRows, row: int, language: str) -> NamedConcept:
    told = rows.called(row, language)
    return NamedConcept(rows.keys[row], told.text, told.language)


@uses_keys("profiles", _("skill profiles"))
def profiles_with(keys: Collection[str]) -> int:
    """How many profiles keep any of some keys."""
    has = Q(skills__key__in=keys) | Q(occupations__key__in=keys)
    return SkillProfile.objects.filter(has).distinct().count()
