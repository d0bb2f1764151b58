"""What is told of a person: the heaviest skills that are there, and those that lack, of the own opening or the nearest."""

import numpy as np
from hypothesis import given

from katalysator.engine.arrays import Float64Array
from katalysator.engine.skills import (
    AlikeOpenings,
    NationSide,
    PlacementEvidence,
    Taxonomy,
    seats_of,
)
from katalysator.engine.skills.coverage import demands_in
from katalysator.engine.skills.national.evidence import MISSING, STRONGEST
from tests.engine.national.nations import SKILLS, TAXONOMY, divided
from tests.engine.national.test_division import some_openings, some_people
from tests.examples import examples


def points(taxonomy: Taxonomy, openings: NationSide) -> Float64Array:
    """What each opening asks of each skill, (O, S)."""
    essential, optional = (
        each.as_matrix(SKILLS) for each in (openings.essential, openings.optional)
    )
    demands = demands_in(taxonomy, essential, optional)
    asked: Float64Array = (demands.essential + demands.optional).toarray().astype(np.float64)
    return asked


@given(some_people, some_openings)
@examples(60)
def test_evidence_is_of_what_is_asked_and_the_heaviest_comes_first(
    people: NationSide, openings: NationSide
) -> None:
    division = divided(people, openings)
    alike = AlikeOpenings.of_openings(openings, TAXONOMY)
    opening = seats_of(division.kind, alike, openings.seats, 1)
    evidence = PlacementEvidence(TAXONOMY, (people, openings), alike, division, opening)
    asked, has = points(TAXONOMY, openings), people.essential.as_matrix(SKILLS).toarray()
    place = {name: number for number, name in enumerate(openings.ids)}
    for person, row in enumerate(evidence.table(0, len(people)).rows(named=True)):
        name = row["opening"] or row["nearest"]
        if name is None:
            assert row["strongest"] == row["missing"] == []
            continue
        weight = asked[place[name]]
        there, lacking = (
            np.flatnonzero(has[person] & (weight > 0)),
            np.flatnonzero(~has[person] & (weight > 0)),
        )
        assert (row["held"], row["needed"]) == (there.size, there.size + lacking.size)
        for told, all_, most in (("strongest", there, STRONGEST), ("missing", lacking, MISSING)):
            rows = [TAXONOMY.skills.row[key] for key in row[told]]
            assert set(rows) <= set(all_.tolist())
            heaviest = sorted(weight[all_], reverse=True)[:most]
            assert [weight[skill] for skill in rows] == heaviest


@given(some_people, some_openings)
@examples(30)
def test_some_rows_are_as_all(people: NationSide, openings: NationSide) -> None:
    division = divided(people, openings)
    alike = AlikeOpenings.of_openings(openings, TAXONOMY)
    opening = seats_of(division.kind, alike, openings.seats, 1)
    evidence = PlacementEvidence(TAXONOMY, (people, openings), alike, division, opening)
    whole, middle = evidence.table(0, len(people)), len(people) // 2
    assert evidence.table(0, middle).vstack(evidence.table(middle, len(people))).equals(whole)
