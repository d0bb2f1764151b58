"""What is usual for a profile: hubs are known as such, and few neighbours prove little."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

from katalysator.engine.arrays import Float32Array, FloatArray
from katalysator.engine.concepts.reading import concept_rows
from katalysator.engine.matching import (
    CAREFUL,
    QUICK,
    Part,
    Profile,
    Sample,
    Standing,
    TextFeatures,
    both_sides,
    join,
    read,
    score,
    standing,
)
from katalysator.engine.matching.usual import by_market
from tests.engine.makers import FEW, WordEmbedder, listings

CLOSE = 1e-6
ENOUGH = 20

cosines = arrays(np.float64, st.integers(1, 60), elements=st.floats(-0.9, 0.9))


def people(count: int, market: str = "", language: str = "nl") -> list[Profile]:
    return [Profile(f"{market}{n}", "", market=market, language=language) for n in range(count)]


def reading(quick: FloatArray, careful: FloatArray | None = None) -> TextFeatures:
    """What was read in texts of which only the meaning is known."""
    size = len(quick)
    slow = np.zeros((size, 0)) if careful is None else careful
    nothing = tuple(np.zeros(0, np.int32) for _ in range(size))
    return TextFeatures(
        unit(quick), unit(slow), concept_rows([((), "nl")] * size), nothing, np.zeros(size)
    )


def unit(vectors: FloatArray) -> Float32Array:
    return vectors.astype(np.float32)


def at(cosines: FloatArray) -> FloatArray:
    """Unit vectors that have these cosines with the first axis."""
    return np.stack([cosines, np.sqrt(1 - cosines**2)], axis=1)


def sample(profiles: Sequence[Profile], found: TextFeatures) -> Sample:
    return Sample.of(profiles, [(slice(0, len(profiles)), found)])


def among(cosines: FloatArray) -> Standing:
    """The standing of one need among offers that lie so near to it."""
    offers = sample(people(len(cosines)), reading(at(cosines)))
    return standing(people(1), reading(np.array([[1.0, 0.0]])), offers)


# --- how near is usual ---------------------------------------------------------------------------


def test_of_nobody_is_more_known_than_the_habit_of_the_encoders() -> None:
    found = Standing.usual(2)
    assert found.mean.tolist() == [[QUICK.mean, CAREFUL.mean]] * 2
    assert found.spread.tolist() == [[QUICK.spread, CAREFUL.spread]] * 2
    assert found.lean.tolist() == [0.0, 0.0]


@FEW
@given(cosines)
def test_the_mean_is_that_of_all_and_of_twenty_that_nobody_saw(near: FloatArray) -> None:
    expected = (near.sum() + ENOUGH * QUICK.mean) / (near.size + ENOUGH)
    assert among(near).mean[0, 0] == pytest.approx(expected, abs=CLOSE)


@FEW
@given(cosines)
def test_the_spread_is_that_of_all_and_of_twenty_that_nobody_saw(near: FloatArray) -> None:
    unseen = QUICK.mean + QUICK.spread * np.resize([-1.0, 1.0], ENOUGH)
    least = QUICK.spread / 4
    expected = max(least, float(np.std([*near, *unseen])))
    assert among(near).spread[0, 0] == pytest.approx(expected, abs=CLOSE)


def test_a_small_market_is_drawn_to_the_habit_and_a_large_one_is_not() -> None:
    one, many = among(np.full(1, 0.9)), among(np.full(500, 0.9))
    assert one.mean[0, 0] - QUICK.mean < 0.05
    assert 0.9 - many.mean[0, 0] < 0.05


def test_however_alike_all_are_the_spread_is_never_nothing() -> None:
    assert among(np.full(60_000, QUICK.mean)).spread[0, 0] >= QUICK.spread / 4


def test_only_the_own_market_counts_and_an_empty_one_is_usual() -> None:
    offers = [*people(30, "data"), *people(30, "pilot")]
    near = at(np.repeat([0.8, -0.2], 30))
    needs = [replace(one, market=market) for one in people(1) for market in ("data", "pilot", "x")]
    asked = reading(np.tile([1.0, 0.0], (3, 1)))
    found = standing(needs, asked, sample(offers, reading(near)))
    data, pilot, empty = found.mean[:, 0]
    assert data == pytest.approx(among(np.full(30, 0.8)).mean[0, 0], abs=CLOSE)
    assert pilot == pytest.approx(among(np.full(30, -0.2)).mean[0, 0], abs=CLOSE)
    assert empty == QUICK.mean


@FEW
@given(listings(prefix="n", most=8), listings(most=8))
def test_what_the_encoders_did_not_read_is_usual(
    needs: list[Profile], offers: list[Profile]
) -> None:
    asked, given_ = read(needs, WordEmbedder()), read(offers, WordEmbedder())
    found = standing(needs, asked, sample(offers, given_))
    assert (found.mean[:, 1] == CAREFUL.mean).all()
    assert (found.spread[:, 1] == CAREFUL.spread).all()


# --- hubs ----------------------------------------------------------------------------------------


def test_hubs_are_taken_away() -> None:
    """Who lies near everybody is no better a match than who lies as near to one only."""
    random = np.random.default_rng(7)
    needs = people(200)
    asked = random.normal([1.0, *np.zeros(29)], 0.3, (200, 30))
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    hub = asked.mean(axis=0) / np.linalg.norm(asked.mean(axis=0))
    near = float(asked[0] @ hub)
    aside = asked[0] - near * hub
    loner = near * asked[0] - np.sqrt(1 - near**2) * (hub - near * asked[0]) / np.linalg.norm(aside)
    given_ = np.stack([hub, loner])
    asking, giving = both_sides(needs, people(2), reading(asked), reading(given_))
    here = np.zeros(2, np.intp)
    by_hub, by_loner = score(asking, giving, here, np.arange(2)).parts[Part.MEANING]
    assert asked[0] @ loner == pytest.approx(near)
    assert giving.standing.mean[0, 0] > giving.standing.mean[1, 0]
    assert by_hub < by_loner


# --- languages -----------------------------------------------------------------------------------


def test_texts_of_one_language_must_lie_nearer_for_the_careful_encoder() -> None:
    near = at(np.full(60, 0.9))
    offers = [*people(60, "nl", "nl"), *people(60, "en", "en")]
    needs = [replace(people(1)[0], market=market) for market in ("nl", "en")]
    both = reading(np.concatenate([near, near]), np.concatenate([near, near]))
    asked = reading(np.tile([1.0, 0.0], (2, 1)), np.tile([1.0, 0.0], (2, 1)))
    found = standing(needs, asked, sample(offers, both))
    share = 60 / (60 + ENOUGH)
    same, other = found.mean[:, 1]
    assert other - same == pytest.approx(share * CAREFUL.language, abs=CLOSE)
    assert found.mean[0, 0] == found.mean[1, 0]


# --- blocks and samples --------------------------------------------------------------------------


@FEW
@given(listings(prefix="n", most=9), listings(most=9), st.integers(1, 9), st.integers(1, 9))
def test_the_result_is_the_same_whichever_blocks_they_come_in(
    needs: list[Profile], offers: list[Profile], size: int, other: int
) -> None:
    asked, given_ = read(needs, WordEmbedder()), read(offers, WordEmbedder())
    own, others = sample(needs, asked), in_blocks(offers, other)
    whole = standing(needs, asked, sample(offers, given_), own)
    assert others.lean == sample(offers, given_).lean
    for first in range(0, len(needs), size):
        span = slice(first, first + size)
        block = read(needs[span], WordEmbedder())
        found = standing(needs[span], block, others, in_blocks(needs, size))
        assert found.mean == pytest.approx(whole.mean[span], abs=CLOSE)
        assert found.spread == pytest.approx(whole.spread[span], abs=1e-4)
        assert np.array_equal(found.lean, whole.lean[span])


def in_blocks(profiles: list[Profile], size: int) -> Sample:
    spans = [slice(first, first + size) for first in range(0, len(profiles), size)]
    return Sample.of(profiles, [(span, read(profiles[span], WordEmbedder())) for span in spans])


def test_five_hundred_of_each_market_stand_for_all_from_its_first_to_its_last() -> None:
    profiles = [*people(5_000, "large"), *people(3, "small")]
    rows = np.arange(len(profiles), dtype=np.float64)[:, None]
    found = sample(profiles, reading(rows))
    chosen = {market: found.meaning[each, 0] for market, each in by_market(found.profiles).items()}
    assert chosen["small"].tolist() == [5_000, 5_001, 5_002]
    assert len(chosen["large"]) == 512
    assert set(np.diff(chosen["large"]).tolist()) == {9, 10}
    assert chosen["large"][0] == 0
    assert chosen["large"][-1] > 4_980


def test_nobody_stands_for_nobody() -> None:
    nobody = sample([], join([]))
    assert (nobody.profiles, nobody.meaning.shape, nobody.lean) == ((), (0, 0), {})
    assert standing(people(1), reading(np.ones((1, 2))), nobody).mean[0, 0] == QUICK.mean


# --- who asks and who gives ----------------------------------------------------------------------


def leaning(values: Sequence[float]) -> Sample:
    found = reading(np.zeros((len(values), 2)))
    lean = np.array(values, np.float64)
    return sample(people(len(values), "data"), replace(found, lean=lean))


def test_a_half_usually_speaks_as_its_middle_does() -> None:
    assert leaning([-1.0, -1.0, -0.5, 0.0, 1.0]).lean == {"data": -0.5}


def test_fewer_than_five_have_no_habit() -> None:
    assert leaning([-1.0] * 4).lean == {}


def test_the_habit_is_that_of_the_own_half() -> None:
    needs = people(2, "data")
    asked = reading(np.zeros((2, 2)))
    found = standing(needs, asked, leaning([1.0] * 5), leaning([-1.0] * 5))
    assert found.lean.tolist() == [-1.0, -1.0]
    assert standing(needs, asked, leaning([1.0] * 5)).lean.tolist() == [0.0, 0.0]
