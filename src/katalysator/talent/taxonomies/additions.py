"""A taxonomy with what a coalition adds to it: own occupations and skills, and what became of keys of before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse

from katalysator.engine.skills import NamedRows, Taxonomy, links
from katalysator.talent.models import LocalConcept
from katalysator.talent.taxonomies.files import LANGUAGES


def with_additions(
    taxonomy: Taxonomy, concepts: Sequence[LocalConcept], redirects: Mapping[str, str]
) -> Taxonomy:
    """The taxonomy with these beside it; the same one where there are none.

    What an own occupation asks for and this version does not have is left out. Cost: .1 s for ESCO.
    """
    if not concepts and not redirects:
        return taxonomy
    work = [each for each in concepts if each.kind == LocalConcept.Kind.OCCUPATION]
    abilities = [each for each in concepts if each.kind == LocalConcept.Kind.SKILL]
    occupations = _with_rows(taxonomy.occupations, work)
    skills = _with_rows(taxonomy.skills, abilities)
    size = (len(occupations), len(skills))
    asked = {
        name: links(_asked(getattr(taxonomy, name), taxonomy, work, skills, name), size)
        for name in ("essential", "optional")
    }
    return replace(
        taxonomy,
        occupations=occupations,
        skills=skills,
        isco=(*taxonomy.isco, *(each.isco for each in work)),
        essential=asked["essential"],
        optional=asked["optional"],
        broader=_broader(taxonomy, abilities),
        is_knowledge=np.concatenate([taxonomy.is_knowledge, np.zeros(len(abilities), np.bool_)]),
        redirects={**taxonomy.redirects, **redirects},
        local=taxonomy.local | {each.key for each in concepts},
    )


def _with_rows(rows: NamedRows, added: Sequence[LocalConcept]) -> NamedRows:
    labels = {
        name: [
            *rows.labels.get(name, [()] * len(rows)),
            *(tuple(getattr(each, name)) for each in added),
        ]
        for name in LANGUAGES
    }
    return NamedRows((*rows.keys, *(each.key for each in added)), labels)


def _asked(
    before: sparse.csr_array,
    taxonomy: Taxonomy,
    work: Sequence[LocalConcept],
    skills: NamedRows,
    name: str,
) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    plain = sparse.coo_array(before)
    own = [
        (len(taxonomy.occupations) + number, skills.row[key])
        for number, each in enumerate(work)
        for key in getattr(each, name)
        if key in skills.row
    ]
    return np.hstack([np.stack(plain.coords), np.array(own, np.int64).reshape(-1, 2).T])


def _broader(taxonomy: Taxonomy, added: Sequence[LocalConcept]) -> sparse.csr_array:
    """What stands above what, with the groups moved on behind the skills that were added."""
    skills, groups, more = len(taxonomy.skills), taxonomy.groups, len(added)
    told = np.stack(sparse.coo_array(taxonomy.broader).coords)
    moved = np.where(told < skills, told, told + more)
    own = [
        (skills + number, skills + more + groups.row[each.group])
        for number, each in enumerate(added)
        if each.group in groups.row
    ]
    size = skills + more + len(groups)
    return links(np.hstack([moved, np.array(own, np.int64).reshape(-1, 2).T]), (size, size))
