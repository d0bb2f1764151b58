"""What each part of a score is worth: with and without the careful encoder, and as it is learned."""

from dataclasses import astuple, fields, replace

import numpy as np
import pytest
from hypothesis import given, strategies as st

from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching import Part, Profile, Weights, both_sides, read, score
from katalysator.engine.matching.scoring import READ
from tests.engine.makers import FEW, WordEmbedder, every_pair, mixed_market, sides

WEIGHTS = Weights()
NEED = Profile("n", "Longscans herkennen", "Beelden van longen", skills=("radiologie",))


def parts(
    needs: list[Profile], offers: list[Profile], weights: Weights = WEIGHTS
) -> dict[Part, FloatArray]:
    return dict(score(*sides(needs, offers), *every_pair(needs, offers), weights).parts)


@pytest.mark.parametrize("weights", [Weights(), Weights.with_careful()])
def test_a_pair_starts_unlikely_and_every_part_is_evidence(weights: Weights) -> None:
    assert weights.start < 0
    assert min(astuple(weights)[1:]) >= 0


def test_weights_can_be_given() -> None:
    found = parts([NEED], [replace(NEED, key="o")], replace(WEIGHTS, words=0.5, skills=0.0))
    assert found[Part.WORDS] == pytest.approx([0.5 * 2 / 22])
    assert found[Part.SKILLS] == pytest.approx([0.0])


@FEW
@given(st.dictionaries(st.sampled_from(Part), st.floats(0.05, 4.0)))
def test_a_part_counts_so_many_times_what_it_did(counts: dict[Part, float]) -> None:
    needs, offers = mixed_market(4, 5)
    before = parts(needs, offers)
    after = parts(needs, offers, WEIGHTS.times(counts))
    for part in READ:
        times = 1.0 if part is Part.START else counts.get(part, 1.0)
        assert after[part] == pytest.approx(before[part] * times)


def test_the_careful_encoder_counts_as_many_times_as_the_quick_one() -> None:
    weights = Weights.with_careful()
    twice = weights.times({Part.MEANING: 2.0})
    assert (twice.meaning, twice.careful) == (2 * weights.meaning, 2 * weights.careful)
    others = [each.name for each in fields(Weights) if each.name not in ("meaning", "careful")]
    assert [getattr(twice, name) for name in others] == [getattr(weights, name) for name in others]


def test_the_careful_encoder_counts_where_both_sides_were_read_by_it() -> None:
    needs, offers = mixed_market(6, 8)
    encoder = WordEmbedder()
    rows = every_pair(needs, offers)
    quick = read(needs, encoder), read(offers, encoder)
    slow = read(needs, encoder, encoder), read(offers, encoder, encoder)
    half = slow[0], quick[1]
    plain, careful, mixed = (
        score(*both_sides(needs, offers, *each), *rows) for each in (quick, slow, half)
    )
    difference = careful.parts[Part.START] - plain.parts[Part.START]
    assert difference == pytest.approx(Weights.with_careful().start - WEIGHTS.start)
    assert np.array_equal(mixed.odds, plain.odds)
    assert not np.array_equal(careful.parts[Part.MEANING], plain.parts[Part.MEANING])
