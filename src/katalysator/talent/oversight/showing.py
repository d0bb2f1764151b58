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
    taxonomy = _taxonomy(consultation)
    order = (
        sorted(rows, key=lambda row: (-row.gained, row.key))
        if by_evidence
        else sorted(rows, key=lambda row: row.key)
    )
    return [person_shown(taxonomy, row) for row in order]


def about(rows: Sequence[ConsultedPerson]) -> Iterator[ShownPerson]:
    """What was shown of one person in several lists. Cost: a query for each taxonomy that they were made with."""
    known: dict[str, Taxonomy | None] = {}
    for row in rows:
        digest = row.consultation.taxonomy
        if digest not in known:
            known[digest] = _taxonomy(row.consultation)
        yield person_shown(known[digest], row)


def person_shown(taxonomy: Taxonomy | None, row: ConsultedPerson) -> ShownPerson:
    """A person with labels; keys where the taxonomy is not here any more."""
    return ShownPerson(row, _called(taxonomy, row.has), _called(taxonomy, row.lacks))


def occupation_of(consultation: Consultation) -> Called:
    """What the occupation is called that a list is for."""
    taxonomy = _taxonomy(consultation)
    if taxonomy is None:
        return Called(consultation.occupation, "")
    rows = taxonomy.occupations
    return rows.called(rows.row[consultation.occupation], active_language())


def _taxonomy(consultation: Consultation) -> Taxonomy | None:
    try:
        return taxonomy_by(consultation.taxonomy)
    except TaxonomyVersion.DoesNotExist:
        return None


def _called(taxonomy: Taxonomy | None, keys: Sequence[str]) -> list[Called]:
    if taxonomy is None:
        return [Called(key, "") for key in keys]
    skills = taxonomy.skills
    return [skills.called(skills.row[key], active_language()) for key in keys if key in skills.row]
