"""A list as its page shows it: without names and in no order that means something, unless somebody asks for one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from katalysator.core.language import active_language
from katalysator.engine.skills import Called, Taxonomy
from katalysator.talent.models import Consultation, ConsultedPerson, TaxonomyVersion
from katalysator.talent.taxonomies.current import taxonomy_by


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """A person as a list shows them: what they have and lack, with the language of each label."""

    row: ConsultedPerson
    has: Sequence[Called]
    lacks: Sequence[Called]


def shown(
    consultation: Consultation, rows: Sequence[ConsultedPerson], *, by_evidence: bool = False
) -> list[ShownPerson]:
    """The people of a list, by their keys or who has most first. Cost: a query."""
    taxonomy = _taxonomies([consultation])[consultation.taxonomy]
    order = (
        sorted(rows, key=lambda row: (-row.gained, row.key))
        if by_evidence
        else sorted(rows, key=lambda row: row.key)
    )
    return [person_shown(taxonomy, row) for row in order]


def about(rows: Sequence[ConsultedPerson]) -> Iterator[ShownPerson]:
    """What was shown of one person in several lists. Cost: a query for each taxonomy that they were made with."""
    known = _taxonomies([row.consultation for row in rows])
    for row in rows:
        yield person_shown(known[row.consultation.taxonomy], row)


def person_shown(taxonomy: Taxonomy | None, row: ConsultedPerson) -> ShownPerson:
    """A person with labels; keys where the taxonomy is not here any more."""
    return ShownPerson(row, _called(taxonomy, row.has), _called(taxonomy, row.lacks))


def occupations_of(consultations: Sequence[Consultation]) -> list[Called]:
    """What the occupations are called that lists are for. Cost: a query for each taxonomy that they were made with."""
    known = _taxonomies(consultations)
    return [_occupation(known[each.taxonomy], each.occupation) for each in consultations]


def _occupation(taxonomy: Taxonomy | None, key: str) -> Called:
    if taxonomy is None:
        return Called(key, "")
    rows = taxonomy.occupations
    return rows.called(rows.row[key], active_language())


def _taxonomies(consultations: Sequence[Consultation]) -> dict[str, Taxonomy | None]:
    """The taxonomies that lists were made with, by their digests; None for one that is not here any more."""
    return {digest: _taxonomy(digest) for digest in {each.taxonomy for each in consultations}}


def _taxonomy(digest: str) -> Taxonomy | None:
    try:
        return taxonomy_by(digest)
    except TaxonomyVersion.DoesNotExist:
        return None


def _called(taxonomy: Taxonomy | None, keys: Sequence[str]) -> list[Called]:
    if taxonomy is None:
        return [Called(key, "") for key in keys]
    skills = taxonomy.skills
    return [skills.called(skills.row[key], active_language()) for key in keys if key in skills.row]
