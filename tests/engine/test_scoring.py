"""The score: named parts that add up, judged from both sides, never higher than 1."""

from dataclasses import astuple, replace

import numpy as np
import pytest
from hypothesis import given

from katalysator.engine.matching import Part, Profile, Scores, Weights, score
from tests.engine.makers import FEW, listings, profiles, sides

CLOSE = 1e-6
WEIGHTS = Weights()
POSITIVE = {
    Part.SUBJECT: WEIGHTS.subject,
    Part.WORDS: WEIGHTS.words,
    Part.SKILLS: WEIGHTS.skills,
    Part.AREAS: WEIGHTS.areas,
    Part.REGION: WEIGHTS.region,
}
FULL = Profile(
    "n",
    "Longscans herkennen",
    "Beelden van longen in de zorg",
    language="nl",
    areas=frozenset({"zorg", "data"}),
    regions=frozenset({"NL31"}),
    skills=("deep learning", "radiologie"),
)


def every_pair(needs: list[Profile], offers: list[Profile]) -> tuple[np.ndarray, np.ndarray]:
    rows, columns = np.divmod(np.arange(len(needs) * len(offers)), max(1, len(offers)))
    return rows.astype(np.intp), columns.astype(np.intp)


def scored(needs: list[Profile], offers: list[Profile], weights: Weights | None = None) -> Scores:
    return score(*sides(needs, offers), *every_pair(needs, offers), weights)


def parts(need: Profile, *offers: Profile) -> dict[Part, list[float]]:
    """Each part for one need and some offers."""
    return {part: value.tolist() for part, value in scored([need], list(offers)).parts.items()}


def test_the_positive_weights_add_up_to_1() -> None:
    assert sum(POSITIVE.values()) == pytest.approx(1.0)
    assert min(astuple(WEIGHTS)) > 0


@FEW
@given(listings(prefix="n"), listings())
def test_the_parts_add_up_to_the_total(needs: list[Profile], offers: list[Profile]) -> None:
    found = scored(needs, offers)
    summed = np.zeros(len(needs) * len(offers))
    for value in found.parts.values():
        summed += value
    assert found.total == pytest.approx(summed)
    assert set(found.parts) == set(Part) - {Part.PRESSURE}


@FEW
@given(listings(prefix="n"), listings())
def test_every_part_keeps_to_its_bounds(needs: list[Profile], offers: list[Profile]) -> None:
    found = scored(needs, offers)
    for part, most in POSITIVE.items():
        assert ((found.parts[part] >= 0) & (found.parts[part] <= most + CLOSE)).all(), part
    assert (found.parts[Part.MUTUAL] <= CLOSE).all()
    assert (found.parts[Part.DIRECTION] <= 0).all()
    assert (found.parts[Part.DIRECTION] >= -WEIGHTS.direction).all()
    assert (found.total <= 1 + CLOSE).all()


@FEW
@given(listings(prefix="n", least=1), listings(least=1))
def test_both_sides_count_alike(needs: list[Profile], offers: list[Profile]) -> None:
    there, back = scored(needs, offers), scored(offers, needs)
    for part in (*POSITIVE, Part.MUTUAL):
        turned = back.parts[part].reshape(len(offers), len(needs)).T.ravel()
        assert there.parts[part] == pytest.approx(turned, abs=CLOSE), part


@FEW
@given(listings(prefix="n", least=1), listings(least=1), profiles())
def test_a_pair_scores_the_same_whoever_else_is_there(
    needs: list[Profile], offers: list[Profile], extra: Profile
) -> None:
    asking, giving = sides(needs, [*offers, replace(extra, market="elsewhere")])
    rows, columns = every_pair(needs, offers)
    whole = score(asking, giving, rows, columns)
    for pair in range(len(rows)):
        alone = score(asking, giving, rows[pair : pair + 1], columns[pair : pair + 1])
        assert alone.total[0] == pytest.approx(whole.total[pair], abs=CLOSE)


def test_a_pair_has_the_same_bits_from_both_sides() -> None:
    words = [f"woord{n} taak{n * 7 % 11} gezocht" for n in range(40)]
    needs = [Profile(f"n{n}", " ".join(words[n:][:5])) for n in range(30)]
    offers = [Profile(f"o{n}", " ".join(words[: n + 3])) for n in range(30)]
    asking, giving = sides(needs, offers)
    here, there = np.arange(30), np.zeros(30, np.intp)
    by_need = [score(asking, giving, there + n, here).total for n in range(30)]
    by_offer = [score(asking, giving, here, there + n).total for n in range(30)]
    assert np.array_equal(np.array(by_need), np.array(by_offer).T)


def test_a_need_and_its_twin_in_another_language_score_1() -> None:
    twin = replace(FULL, key="o", language="en")
    assert scored([FULL], [twin]).total == pytest.approx([1.0])


def test_texts_in_one_language_must_lie_closer_to_count_as_much() -> None:
    offer = replace(FULL, key="o", title="Vrachtwagens", text="Sensor data in de zorg, bij nacht")
    here, there = parts(FULL, offer, replace(offer, language="en"))[Part.SUBJECT]
    assert 0 < here < there < WEIGHTS.subject


def test_closer_meaning_scores_higher() -> None:
    near = Profile("o1", "Longscans herkennen in de zorg")
    far = Profile("o2", "Vrachtwagens laden bij nacht")
    close, distant = parts(FULL, near, far)[Part.SUBJECT]
    assert close > distant


def test_shared_words_count_and_others_do_not() -> None:
    same, inflected, other = parts(
        FULL,
        replace(FULL, key="o1"),
        Profile("o2", "Longscan herkenning"),
        Profile("o3", "Xyz qqq"),
    )[Part.WORDS]
    assert same == pytest.approx(WEIGHTS.words)
    assert same > inflected > other == 0


@pytest.mark.parametrize(
    ("part", "field", "none", "half", "full"),
    [
        (Part.SKILLS, "skills", ("python",), ("deep learning",), ("deep learning", "radiologie")),
        (Part.AREAS, "areas", {"agro"}, {"zorg"}, {"zorg", "data"}),
    ],
)
def test_coverage_rises_with_what_is_met(
    part: Part, field: str, none: object, half: object, full: object
) -> None:
    empty = () if field == "skills" else frozenset[str]()
    offers = [
        replace(FULL, key=f"o{n}", **{field: frozenset(said) if isinstance(said, set) else said})  # type: ignore[arg-type]
        for n, said in enumerate((none, half, full, empty))
    ]
    missed, some, all_, unstated = parts(FULL, *offers)[part]
    assert missed == 0
    assert missed < some < all_
    assert all_ == pytest.approx(POSITIVE[part])
    assert missed < unstated < all_


def test_a_part_is_the_mean_of_what_each_side_finds_met() -> None:
    need = replace(FULL, areas=frozenset({"zorg"}))
    offer = replace(FULL, key="o", areas=frozenset({"zorg", "agro", "data", "energie"}))
    assert parts(need, offer)[Part.AREAS] == [pytest.approx(WEIGHTS.areas * (1 + 1 / 4) / 2)]


def test_a_match_that_suits_one_side_only_loses_on_mutual() -> None:
    even = replace(FULL, key="o1", areas=frozenset({"zorg", "agro"}))
    need = replace(FULL, areas=frozenset({"zorg"}))
    lopsided = replace(FULL, key="o2", areas=frozenset({"zorg", *"abcdefgh"}))
    assert parts(FULL, even)[Part.MUTUAL] == [pytest.approx(0.0, abs=1e-9)]
    (loss,) = parts(need, lopsided)[Part.MUTUAL]
    assert -0.05 < loss < -1e-4


@pytest.mark.parametrize(
    ("regions", "share"), [({"NL31"}, 1.0), ({"NL"}, 1.0), ({"BE"}, 0.0), (set(), 0.5)]
)
def test_nearness_is_all_nothing_or_unstated(regions: set[str], share: float) -> None:
    offer = replace(FULL, key="o", regions=frozenset(regions))
    assert parts(FULL, offer)[Part.REGION] == [pytest.approx(WEIGHTS.region * share)]


def test_an_offer_that_asks_loses_points_and_one_that_gives_does_not() -> None:
    asks = Profile("o1", "Wij zoeken longscans", "Wie heeft ze voor ons?")
    gives = Profile("o2", "Wij bieden longscans", "Wij leveren ze aan.")
    lost, kept = parts(FULL, asks, gives)[Part.DIRECTION]
    assert lost < -0.3
    assert kept == 0


def test_weights_can_be_given() -> None:
    offer = replace(FULL, key="o")
    found = scored([FULL], [offer], replace(WEIGHTS, areas=0.5, mutual=0.0))
    assert found.parts[Part.AREAS] == pytest.approx([0.5])
    assert found.parts[Part.MUTUAL] == pytest.approx([0.0])


def test_scores_can_be_added_to() -> None:
    found = scored([FULL], [replace(FULL, key="o1"), Profile("o2", "sensor")])
    pressed = found.with_part(Part.PRESSURE, np.array([-0.25, 0.0]))
    assert pressed.total == pytest.approx(found.total - [0.25, 0.0])
    assert Part.PRESSURE not in found.parts


def test_no_pairs_no_scores() -> None:
    assert scored([], []).total.shape == (0,)
