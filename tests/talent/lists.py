"""A list of people for work, of a taxonomy that is small."""

from collections.abc import Mapping, Sequence
from typing import Any

from katalysator.coalition.models import Organisation, Person
from katalysator.engine.skills import pack
from katalysator.talent.models import Consultation, ConsultedPerson, TaxonomyVersion
from katalysator.talent.oversight import verbs
from katalysator.talent.oversight.ranking import TalentCandidate
from tests import builders
from tests.talent.taxonomies import small_taxonomy

WHY = "Wij zoeken iemand met statistiek."


def used_taxonomy() -> TaxonomyVersion:
    """The small taxonomy, as the one that is used."""
    taxonomy = small_taxonomy()
    packed = pack(taxonomy)
    TaxonomyVersion.objects.exclude(digest="0" * 64).update(is_current=False)
    made, _is_new = TaxonomyVersion.objects.get_or_create(
        digest="0" * 64,
        defaults={
            "name": taxonomy.name,
            "version": taxonomy.version,
            "languages": ["nl", "en"],
            "occupations": len(taxonomy.occupations),
            "skills": len(taxonomy.skills),
            "content": packed,
            "is_current": True,
        },
    )
    return made


def candidates(*held: Mapping[str, int] | Sequence[str]) -> list[TalentCandidate]:
    """People who have these skills, by the ends of their keys."""
    found = []
    for each in held:
        shares = each if isinstance(each, Mapping) else dict.fromkeys(each, 100)
        skills = {f"skill/{name}": share for name, share in shares.items()}
        found.append(TalentCandidate(builders.person().pk, skills))
    return found


def consultation(
    organisation: Organisation | None = None,
    by: Person | None = None,
    people: Sequence[TalentCandidate] | None = None,
    **said: Any,
) -> Consultation:
    """A list for a data analyst that somebody of a participant asked for."""
    used_taxonomy()
    owner = organisation or builders.organisation()
    told = {"purpose": "job", "opening": "Analist gezocht", "occupation": "data-analist"} | said
    if people is None:
        people = candidates(["statistics", "sql"], ["talking"], ["wounds"])
    return verbs.consult(owner, by=by or builders.person(owner), candidates=people, **told)


def first_of(made: Consultation) -> ConsultedPerson:
    """Who has most in a list."""
    return max(made.people.all(), key=lambda each: each.gained)
