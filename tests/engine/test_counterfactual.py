"""What would change a match: every number is that of a changed offer, scored and checked afresh."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from katalysator.engine.matching import Constraints, Part, Profile, explain, score
from katalysator.engine.matching.counterfactual import Counterfactual, TextModels, counterfactuals
from katalysator.engine.text import Lexicon
from tests.engine.makers import FEW, WordEmbedder, listings, profiles, sides

NEED = Profile(
    "n",
    "Longscans herkennen",
    "Wij zoeken hulp bij beelden van longen",
    language="nl",
    areas=frozenset({"zorg", "data"}),
    regions=frozenset({"NL31"}),
    skills=("deep learning", "radiologie"),
)
OFFER = Profile(
    "o",
    "Beelden herkennen",
    "Wij helpen met beelden van longen",
    language="nl",
    areas=frozenset({"zorg"}),
    regions=frozenset({"NL11"}),
    skills=("deep learning",),
)
EMPTY = TextModels(WordEmbedder(), Lexicon.empty())


def rows(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.intp)


def found(
    need: Profile = NEED, offer: Profile = OFFER, *, pressure: float = 0.0, anew: bool = True
) -> dict[Part, Counterfactual]:
    (changes,) = counterfactuals(
        *sides([need], [offer], EMPTY.lexicon),
        rows(0),
        rows(0),
        pressure=np.array([pressure]),
        reader=EMPTY if anew else None,
    )
    return {each.change.part: each for each in changes}


def parts_of(need: Profile, offer: Profile) -> dict[Part, float]:
    asking, giving = sides([need], [offer], EMPTY.lexicon)
    scored = score(asking, giving, rows(0), rows(0))
    return {part: float(value[0]) for part, value in scored.parts.items()}


def changed(offer: Profile, each: Counterfactual) -> Profile:
    """The offer with the change that is told made by hand."""
    detail = each.change.detail
    match each.change.part:
        case Part.SKILLS:
            return replace(offer, skills=offer.skills + detail)
        case Part.AREAS:
            return replace(offer, areas=offer.areas | set(detail))
        case Part.REGION:
            return replace(offer, regions=offer.regions | set(detail))
    return offer


# --- against scoring by hand ---------------------------------------------------------------------


@FEW
@given(profiles(), profiles(), st.floats(-0.5, 0.0))
def test_every_score_is_that_of_the_changed_offer_read_and_scored_afresh(
    need: Profile, offer: Profile, pressure: float
) -> None:
    before = sum(parts_of(need, offer).values()) + pressure
    for part, each in found(need, offer, pressure=pressure).items():
        parts = parts_of(need, changed(offer, each))
        after = sum(parts.values()) + pressure
        if part in (Part.DIRECTION, Part.PRESSURE):
            after -= {Part.PRESSURE: pressure, **parts}[part]
        assert each.change.score == pytest.approx(after, abs=1e-6)
        assert each.gain == pytest.approx(after - before, abs=1e-6)


@FEW
@given(profiles(), profiles())
def test_whether_they_may_then_meet_is_what_the_constraints_say(
    need: Profile, offer: Profile
) -> None:
    for each in found(need, offer).values():
        again = Constraints.between([need], [changed(offer, each)]).allowed(0)
        assert each.allowed == again[0]


@FEW
@given(listings(prefix="n", least=1, most=3), listings(least=1, most=3))
def test_many_pairs_at_once_are_as_each_alone(needs: list[Profile], offers: list[Profile]) -> None:
    asking, giving = sides(needs, offers)
    need, offer = (each.astype(np.intp).ravel() for each in np.indices((len(needs), len(offers))))
    together = counterfactuals(asking, giving, need, offer)
    for n, (i, j) in enumerate(zip(need.tolist(), offer.tolist(), strict=True)):
        (alone,) = counterfactuals(asking, giving, rows(i), rows(j))
        assert [each.change.part for each in alone] == [each.change.part for each in together[n]]
        for one, other in zip(alone, together[n], strict=True):
            assert (one.allowed, one.change.detail) == (other.allowed, other.change.detail)
            assert one.gain == pytest.approx(other.gain, abs=1e-6)


# --- what is changed -----------------------------------------------------------------------------


def test_each_change_names_what_is_new() -> None:
    details = {part: each.change.detail for part, each in found().items()}
    assert details == {Part.SKILLS: ("radiologie",), Part.AREAS: ("data",), Part.REGION: ("NL31",)}


def test_nothing_changes_where_nothing_is_missing() -> None:
    full = replace(OFFER, areas=NEED.areas, regions=NEED.regions, skills=NEED.skills)
    assert found(offer=full) == {}
    assert counterfactuals(*sides([], []), rows(), rows()) == ()


def test_no_part_is_made_fuller_than_the_change_makes_it() -> None:
    """An offer of many skills that adds one more still offers much that nobody asked."""
    broad = replace(OFFER, skills=("deep learning", "python", "statistiek", "planning"))
    skills = found(offer=broad, anew=False)[Part.SKILLS]
    full = sum(parts_of(NEED, broad).values()) + 0.04 - parts_of(NEED, broad)[Part.SKILLS]
    assert skills.gain > 0.0
    assert skills.change.score < full - 0.005


def test_new_skills_are_part_of_the_text_where_there_is_a_reader() -> None:
    kept, read = (found(anew=anew)[Part.SKILLS].gain for anew in (False, True))
    assert 0.0 < kept < read


def test_a_region_that_is_insisted_on_lets_the_two_meet() -> None:
    strict = replace(NEED, needs_regions=frozenset({"NL31"}))
    for regions in ({"NL11"}, set()):
        offer = replace(OFFER, regions=frozenset(regions))
        assert not Constraints.between([strict], [offer]).allowed(0)[0]
        region = found(strict, offer)[Part.REGION]
        assert (region.allowed, region.change.detail) == (True, ("NL31",))


def test_what_another_constraint_forbids_stays_forbidden() -> None:
    elsewhere = replace(OFFER, organisation="a")
    own = replace(NEED, organisation="a")
    assert [each.allowed for each in found(own, elsewhere).values()] == [False] * 3


def test_a_region_left_open_is_no_obstacle() -> None:
    assert Part.REGION not in found(offer=replace(OFFER, regions=frozenset()))


def test_an_offer_that_asks_gets_back_what_it_lost_by_it() -> None:
    asks = replace(OFFER, title="Gezocht: beelden", text="Wij zoeken scans. Wie heeft ze?")
    lost = parts_of(NEED, asks)[Part.DIRECTION]
    assert found(offer=asks)[Part.DIRECTION].gain == pytest.approx(-lost)
    assert lost < -0.05


def test_the_price_stays_but_for_the_one_change_that_takes_it_off() -> None:
    calm, busy = found(), found(pressure=-0.2)
    assert Part.PRESSURE not in calm
    assert busy[Part.PRESSURE].gain == pytest.approx(0.2)
    for part, each in calm.items():
        assert busy[part].gain == pytest.approx(each.gain)
        assert busy[part].change.score == pytest.approx(each.change.score - 0.2)


# --- what is told --------------------------------------------------------------------------------


def test_the_explanation_tells_the_score_that_was_computed() -> None:
    changes = [each.change for each in found().values()]
    facts = explain(NEED, OFFER, parts_of(NEED, OFFER), changes=changes)
    assert facts.change == found()[Part.SKILLS].change


def test_the_explanation_tells_nobody_to_claim_another_area() -> None:
    areas = found()[Part.AREAS]
    assert areas.gain > 0.05
    assert explain(NEED, OFFER, parts_of(NEED, OFFER), changes=[areas.change]).change is None
