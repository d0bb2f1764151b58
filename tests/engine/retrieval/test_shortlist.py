"""The shortlist is what a look at every single pair would choose, and never what is forbidden."""

from collections.abc import Iterator
from importlib import import_module
from math import inf

import numpy as np
import pytest
from hypothesis import given, strategies as st

from katalysator.engine.arrays import FloatArray
from katalysator.engine.matching import (
    QUICK,
    Constraints,
    Profile,
    Side,
    Standing,
    TextFeatures,
    in_sight_of,
    score,
    shortlist,
)
from katalysator.engine.matching.retrieval.shortlist import CONCEPTS_SHARE, WORDS_SHARE
from katalysator.engine.text import Lexicon
from tests.engine.makers import (
    DAYS,
    FEW,
    WORDS,
    days,
    every_pair,
    listings,
    mixed_market,
    sides,
    wanting_a_place,
)

module = import_module("katalysator.engine.matching.retrieval.shortlist")


@pytest.fixture(params=["at once", "by the kernels"], autouse=True)
def way(request: pytest.FixtureRequest) -> Iterator[None]:
    """Small markets are compared at once, large ones by compiled kernels: both give the same."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "by the kernels":
            patch.setattr(module, "_FEW", -1)
        yield


CLOSE = 1e-5


def nearness(needs: Side, offers: Side) -> FloatArray:
    """Meaning, set against what is usual for the offer, words, concepts and skills of all pairs, by the book."""
    meaning = needs.reading.meaning.astype(float) @ offers.reading.meaning.astype(float).T
    mean, spread = offers.standing.mean[:, 0], offers.standing.spread[:, 0]
    against = QUICK.spread * (meaning - mean) / spread
    words = (needs.words @ offers.words.T).toarray()
    concepts = (needs.concepts @ offers.concepts.T).toarray()
    skills = (needs.skills @ offers.skills.T).toarray()
    shared = WORDS_SHARE * words + CONCEPTS_SHARE * (concepts + skills)
    return np.asarray((meaning + against) / 2 + shared)


@FEW
@given(listings(prefix="n"), listings(most=12), st.integers(1, 14))
def test_the_shortlist_equals_brute_force(
    needs: list[Profile], offers: list[Profile], size: int
) -> None:
    asking, giving = sides(needs, offers)
    constraints = Constraints.between(needs, offers)
    rows, columns = shortlist(asking, giving, constraints, size=size)
    near = nearness(asking, giving)
    assert (np.diff(rows) >= 0).all()
    for need in range(len(needs)):
        allowed = np.flatnonzero(constraints.allowed(need)).tolist()
        chosen = columns[rows == need].tolist()
        worth = near[need, chosen].tolist()
        best = sorted(near[need, allowed].tolist(), reverse=True)
        assert len(set(chosen)) == len(chosen)
        assert set(chosen) <= set(allowed)
        assert worth == pytest.approx(best[:size], abs=CLOSE)


@FEW
@given(listings(prefix="n", least=1), listings(most=8), st.data())
def test_an_offer_that_breaks_a_constraint_changes_nothing(
    needs: list[Profile], offers: list[Profile], data: st.DataObject
) -> None:
    needs = wanting_a_place(needs)
    full = Profile("full", "beeld zorg sensor data", ranges={"place": (-inf, 0.0)})
    place = data.draw(st.integers(0, len(offers)))
    more = [*offers[:place], full, *offers[place:]]
    asking, giving = sides(needs, more)
    fewer = giving_without(giving, place)
    rows, columns = shortlist(asking, giving, Constraints.between(needs, more), size=3)
    before = shortlist(asking, fewer, Constraints.between(needs, offers), size=3)
    assert place not in columns
    assert rows.tolist() == before[0].tolist()
    assert (columns - (columns > place)).tolist() == before[1].tolist()


def giving_without(offers: Side, place: int) -> Side:
    """The same side, read and weighed as it was, with one profile gone."""
    kept = np.delete(np.arange(len(offers)), place)
    read, usual = offers.reading, offers.standing
    return Side(
        tuple(offers.profiles[row] for row in kept),
        TextFeatures(
            read.meaning[kept],
            read.careful[kept],
            read.concepts[kept],
            tuple(read.grams[row] for row in kept),
            read.lean[kept],
        ),
        offers.words[kept],
        offers.concepts[kept],
        offers.skills[kept],
        offers.astray[kept],
        Standing(usual.mean[kept], usual.spread[kept], usual.size[kept], usual.lean[kept]),
        offers.measure,
    )


@pytest.mark.parametrize("size", [35, 60])
def test_equals_keep_the_order_of_the_offers(size: int) -> None:
    needs = [Profile("n", "longscans herkennen")]
    offers = [Profile(f"o{n}", "longscans herkennen" if n % 2 else f"kas {n}") for n in range(60)]
    asking, giving = sides(needs, offers)
    _, columns = shortlist(asking, giving, Constraints.between(needs, offers), size=size)
    assert len(columns) == size
    assert columns[:30].tolist() == list(range(1, 60, 2))


def test_many_needs_are_compared_in_batches_and_told_how_many_are_done() -> None:
    needs = [Profile(f"n{n}", "vraag", market=f"markt {n % 7}") for n in range(300)]
    offers = [Profile(f"o{n}", "vraag", market=f"markt {n}") for n in range(7)]
    asking, giving = sides(needs, offers)
    told: list[int] = []
    rows, columns = shortlist(
        asking, giving, Constraints.between(needs, offers), size=1, tick=told.append
    )
    assert rows.tolist() == list(range(300))
    assert columns.tolist() == [n % 7 for n in range(300)]
    assert told == sorted(set(told))
    assert told[-1] == 300


def test_a_need_finds_the_same_alone_as_among_many() -> None:
    needs, offers = town(needs=300, offers=90)
    asking, giving = sides(needs, offers)
    rows, columns = shortlist(asking, giving, Constraints.between(needs, offers), size=7)
    for row in range(0, 300, 17):
        alone = [needs[row]]
        one, _ = sides(alone, offers, lexicon_of(asking, giving))
        _, found = shortlist(one, giving, Constraints.between(alone, offers), size=7)
        assert found.tolist() == columns[rows == row].tolist()


def test_the_order_is_that_of_nearness_and_equals_keep_theirs() -> None:
    needs, offers = town(needs=40, offers=120)
    asking, giving = sides(needs, offers)
    constraints = Constraints.between(needs, offers)
    rows, columns = shortlist(asking, giving, constraints, size=30)
    near = nearness(asking, giving).round(9)
    for need in range(len(needs)):
        worth = near[need].tolist()
        allowed = np.flatnonzero(constraints.allowed(need)).tolist()
        best = sorted(allowed, key=lambda offer: (-worth[offer], offer))[:30]
        assert columns[rows == need].tolist() == best


@pytest.mark.parametrize("offers", [60, 150, 400])
def test_the_best_by_score_are_among_the_shortlist(offers: int) -> None:
    """Of the twenty best offers of a need, nearly all are among the fifty at first sight."""
    needs, all_offers = mixed_market(20, offers)
    asking, giving = sides(needs, all_offers)
    constraints = Constraints.between(needs, all_offers)
    rows, columns = shortlist(asking, giving, constraints, size=50)
    odds = score(asking, giving, *every_pair(needs, all_offers)).odds.reshape(len(needs), offers)
    best = np.argsort(-odds, axis=1, kind="stable")[:, :20]
    found = [np.isin(best[need], columns[rows == need]).mean() for need in range(len(needs))]
    assert min(found) >= 0.8
    assert np.mean(found) >= 0.95


def town(*, needs: int, offers: int) -> tuple[list[Profile], list[Profile]]:
    """Many listings of few words, so that many are equal; small signatures and large ones."""
    random = np.random.default_rng(5)

    def listing(key: str) -> Profile:
        return Profile(
            key,
            " ".join(random.choice(WORDS, 2)),
            market=str(random.choice(("", "data", "data", "pilot"))),
            organisation=str(random.choice(("", "a", "b"))),
            labels={"level": frozenset(random.choice(("hbo", "wo"), 1).tolist())},
            ranges={
                "period": days(DAYS[random.integers(4)], DAYS[random.integers(3, 6)]),
                "capacity": places(key.startswith("o"), int(random.integers(1, 4))),
            },
        )

    return [listing(f"n{n}") for n in range(needs)], [listing(f"o{n}") for n in range(offers)]


def places(has_them: bool, number: int) -> tuple[float, float]:
    return (-inf, float(number)) if has_them else (float(number), inf)


def lexicon_of(*both: Side) -> Lexicon:
    """The lexicon by which the words of these sides were weighed."""
    concepts = np.sum([side.reading.counted() for side in both], axis=0)
    return Lexicon.fit((grams for side in both for grams in side.reading.grams), concepts)


def test_whoever_stops_half_way_hears_no_more() -> None:
    needs, offers = town(needs=300, offers=20)
    told: list[int] = []

    def stop(done: int) -> None:
        told.append(done)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shortlist(*sides(needs, offers), Constraints.between(needs, offers), tick=stop)
    assert len(told) == 1


@pytest.mark.parametrize("offers", [[], [Profile("o", "beeld", market="elders")]])
def test_without_an_allowed_offer_the_shortlist_is_empty(offers: list[Profile]) -> None:
    needs = [Profile("n", "beeld", market="hier")]
    asking, giving = sides(needs, offers)
    rows, columns = shortlist(asking, giving, Constraints.between(needs, offers))
    assert (rows.size, columns.size) == (0, 0)


def test_without_any_interval_all_that_choices_allow_are_compared() -> None:
    needs, offers = [Profile("n", "beeld")], [Profile("o", "beeld"), Profile("p", "sensor")]
    found = shortlist(*sides(needs, offers), Constraints.between(needs, offers), size=2)
    assert found[1].tolist() == [0, 1]


def test_more_are_looked_at_where_there_are_more_to_miss() -> None:
    sizes = [in_sight_of(count, 80) for count in (10, 1_000, 4_000, 10_000)]
    assert sizes == [80, 80, 160, 400]
    assert in_sight_of(100_000, 80) == 1_280
