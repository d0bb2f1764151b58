"""The score: evidence that adds up to the odds that a pair is useful, seen alike from both sides."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

from katalysator.engine.arrays import FloatArray
from katalysator.engine.concepts import bundled_thesaurus
from katalysator.engine.matching import (
    Part,
    Profile,
    Scores,
    Weights,
    both_sides,
    chance,
    read,
    score,
)
from katalysator.engine.matching.scoring import READ
from katalysator.engine.text import Lexicon
from tests.engine.makers import (
    FEW,
    WordEmbedder,
    every_pair,
    listings,
    mixed_market,
    profiles,
    sides,
)

CLOSE = 1e-6
WEIGHTS = Weights()
ALIKE = (Part.MEANING, Part.CONCEPTS, Part.WORDS, Part.SKILLS)
"""Parts that do not ask which side is the need."""
FULL = Profile(
    "n",
    "Longscans herkennen",
    "Beelden van longen na een beroerte",
    language="nl",
    areas=frozenset({"zorg", "data"}),
    regions=frozenset({"NL31"}),
    skills=("deep learning", "radiologie"),
)


def scored(needs: list[Profile], offers: list[Profile], weights: Weights | None = None) -> Scores:
    return score(*sides(needs, offers), *every_pair(needs, offers), weights)


def parts(need: Profile, *offers: Profile) -> dict[Part, list[float]]:
    """Each part for one need and some offers."""
    return {part: value.tolist() for part, value in scored([need], list(offers)).parts.items()}


# --- a chance out of parts -----------------------------------------------------------------------


@FEW
@given(listings(prefix="n"), listings())
def test_the_parts_add_up_to_the_odds_and_these_to_the_chance(
    needs: list[Profile], offers: list[Profile]
) -> None:
    found = scored(needs, offers)
    summed = np.zeros(len(needs) * len(offers))
    for value in found.parts.values():
        summed += value
    assert list(found.parts) == list(READ)
    assert found.odds == pytest.approx(summed)
    assert found.total == pytest.approx(1 / (1 + np.exp(-summed)))
    assert ((found.total >= 0) & (found.total <= 1)).all()


@given(arrays(np.float64, 20, elements=st.floats(-800, 800)))
def test_higher_odds_never_have_a_lower_chance(odds: FloatArray) -> None:
    found = chance(np.sort(odds))
    assert (np.diff(found) >= 0).all()
    assert ((found >= 0) & (found <= 1)).all()
    assert chance(-odds) == pytest.approx(1 - chance(odds), abs=1e-12)


def test_even_odds_are_an_even_chance() -> None:
    assert chance(np.array([0.0, np.log(3), -np.log(3)])).tolist() == pytest.approx(
        [0.5, 0.75, 0.25]
    )


@FEW
@given(listings(prefix="n"), listings())
def test_all_but_the_start_meaning_and_direction_speak_for_a_pair(
    needs: list[Profile], offers: list[Profile]
) -> None:
    found = scored(needs, offers).parts
    in_market = np.array([sum(o.market == need.market for o in offers) for need in needs])
    few = np.log(30 / np.clip(in_market, 1, 30)).repeat(len(offers))
    assert found[Part.START] == pytest.approx(WEIGHTS.start + few)
    for part in (Part.CONCEPTS, Part.WORDS, Part.SKILLS):
        assert (found[part] >= 0).all(), part
    assert (found[Part.WORDS] <= WEIGHTS.words + CLOSE).all()
    assert ((found[Part.DIRECTION] <= 0) & (found[Part.DIRECTION] >= -WEIGHTS.direction)).all()


def test_no_pairs_no_scores() -> None:
    found = scored([], [])
    assert (found.odds.shape, found.total.shape) == ((0,), (0,))
    assert set(found.parts) == set(READ)


# --- seen from both sides ------------------------------------------------------------------------


@FEW
@given(listings(prefix="n", least=1), listings(least=1))
def test_both_sides_count_alike(needs: list[Profile], offers: list[Profile]) -> None:
    there, back = scored(needs, offers), scored(offers, needs)
    for part in ALIKE:
        turned = back.parts[part].reshape(len(offers), len(needs)).T.ravel()
        assert there.parts[part] == pytest.approx(turned, abs=CLOSE), part


def test_meaning_is_the_middle_of_how_unusual_it_is_for_either() -> None:
    needs = [Profile(f"n{n}", f"vraag {n} naar zorg") for n in range(9)]
    offers = [Profile(f"o{n}", f"aanbod {n % 3} voor zorg {n}") for n in range(7)]
    asking, giving = sides(needs, offers)
    near = asking.reading.meaning @ giving.reading.meaning.T
    there = (near - asking.standing.mean[:, :1]) / asking.standing.spread[:, :1]
    back = (near - giving.standing.mean[:, 0]) / giving.standing.spread[:, 0]
    found = score(asking, giving, *every_pair(needs, offers)).parts[Part.MEANING]
    assert found == pytest.approx(WEIGHTS.meaning * (there + back).ravel() / 2, abs=1e-5)


@pytest.mark.parametrize("weights", [None, Weights.with_careful()])
def test_a_pair_has_the_same_bits_from_both_sides(weights: Weights | None) -> None:
    needs, offers = mixed_market(30, 30)
    encoder = WordEmbedder()
    asked, given_ = (read(each, encoder, encoder) for each in (needs, offers))
    asking, giving = both_sides(needs, offers, asked, given_)
    here, there = np.arange(30), np.zeros(30, np.intp)
    by_need = [score(asking, giving, there + n, here, weights).parts for n in range(30)]
    by_offer = [score(asking, giving, here, there + n, weights).parts for n in range(30)]
    for part in READ:
        rows, columns = (np.array([each[part] for each in some]) for some in (by_need, by_offer))
        assert np.array_equal(rows, columns.T), part


def test_a_pair_has_the_same_bits_however_many_are_scored_at_once() -> None:
    needs, offers = mixed_market(
        40, 300
    )  # more than are looked up, and than are scored, in one step
    asking, giving = sides(needs, offers)
    need, offer = every_pair(needs, offers)
    whole = score(asking, giving, need, offer).parts
    for pair in range(0, len(need), 997):
        alone = score(asking, giving, need[[pair]], offer[[pair]]).parts
        assert all(alone[part][0] == whole[part][pair] for part in READ)
    mixed = np.random.default_rng(1).permutation(len(need))[:5_000]
    some = score(asking, giving, need[mixed], offer[mixed]).parts
    assert all(np.array_equal(some[part], whole[part][mixed]) for part in READ)


@FEW
@given(listings(prefix="n", least=1), listings(least=1), profiles())
def test_a_pair_scores_the_same_whoever_is_in_another_market(
    needs: list[Profile], offers: list[Profile], extra: Profile
) -> None:
    known = Lexicon.empty()
    rows = every_pair(needs, offers)
    elsewhere = replace(extra, market="elsewhere")
    alone = score(*sides(needs, offers, known), *rows)
    beside = score(*sides(needs, [*offers, elsewhere], known), *rows)
    assert alone.odds == pytest.approx(beside.odds, abs=1e-4)


# --- what each part says -------------------------------------------------------------------------


def test_closer_meaning_scores_higher() -> None:
    near = Profile("o1", "Longscans herkennen na een beroerte")
    far = Profile("o2", "Vrachtwagens laden bij nacht")
    close, distant = parts(FULL, near, far)[Part.MEANING]
    assert close > 0 > distant


def test_shared_words_count_and_others_do_not() -> None:
    same, inflected, other = parts(
        FULL,
        replace(FULL, key="o1"),
        Profile("o2", "Longscan herkenning"),
        Profile("o3", "Xyz qqq"),
    )[Part.WORDS]
    assert same == pytest.approx(WEIGHTS.words * 4 / 24)  # four texts say little of rarity
    assert same > inflected > other == 0


def test_the_more_texts_there_are_the_more_their_words_say() -> None:
    others = [Profile(f"o{n}", f"Xyz{n}") for n in range(300)]
    assert parts(FULL, replace(FULL, key="o"), *others)[Part.WORDS][0] > 0.9 * WEIGHTS.words


SHARED = ("beroerte", "diabetes", "warmtepomp", "spraakherkenning", "windpark")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_more_shared_concepts_never_lower_the_chance(language: str) -> None:
    english = ("stroke", "diabetes", "heat pump", "speech recognition", "wind farm")
    labels = SHARED if language == "nl" else english
    need = Profile("n", ". ".join(SHARED), language="nl")
    offers = [
        Profile(f"o{count}", ". ".join(labels[:count]), language=language) for count in range(6)
    ]
    found = parts(need, *offers)[Part.CONCEPTS]
    assert found[0] == 0
    assert (np.diff(found) > 0).all()


@FEW
@given(st.sets(st.sampled_from(SHARED)), st.sets(st.sampled_from(SHARED)), st.sampled_from(SHARED))
def test_one_more_concept_in_common_never_speaks_against_a_pair(
    mine: set[str], theirs: set[str], more: str
) -> None:
    known = Lexicon.empty()

    def concepts(mine: set[str], theirs: set[str]) -> float:
        need, offer = (
            Profile("", ". ".join(sorted(each)), language="nl") for each in (mine, theirs)
        )
        first = np.zeros(1, np.intp)
        found = score(*sides([need], [offer], known), first, first)
        return float(found.parts[Part.CONCEPTS][0])

    assert concepts(mine | {more}, theirs | {more}) >= concepts(mine, theirs)


def test_what_is_in_no_other_text_says_as_much_among_very_many_as_among_those_that_taught_it() -> (
    None
):
    need, offer = (Profile(key, "Hulp na een beroerte", language="nl") for key in ("n", "o"))
    nowhere, first = np.zeros(len(bundled_thesaurus()), np.int32), np.zeros(1, np.intp)
    found = [
        score(
            *sides([need], [offer], Lexicon(Lexicon.empty().frequency, nowhere, texts)),
            first,
            first,
        )
        for texts in (300, 100_000)
    ]
    taught, many = (float(each.parts[Part.CONCEPTS][0]) for each in found)
    assert taught > 0
    assert many == pytest.approx(taught)


def test_a_concept_counts_alike_in_either_language() -> None:
    dutch = Profile("o1", "Herstel na een beroerte", language="nl")
    english = Profile("o2", "Recovery after a stroke", language="en")
    need = Profile("n", "Hulp na een beroerte", language="nl")
    same, other = parts(need, dutch, english)[Part.CONCEPTS]
    assert same == other > 0


def test_a_broader_concept_counts_less() -> None:
    need = Profile("n", "deep learning", language="en")
    same, broader = parts(
        need,
        Profile("o1", "deep learning", language="en"),
        Profile("o2", "machine learning", language="en"),
    )[Part.CONCEPTS]
    assert same > broader > 0


def test_shared_skills_count_and_a_skill_that_is_missing_costs_nothing() -> None:
    both, one, none, silent = parts(
        FULL,
        replace(FULL, key="o1"),
        replace(FULL, key="o2", skills=("radiologie",)),
        replace(FULL, key="o3", skills=("schaken",)),
        replace(FULL, key="o4", skills=()),
    )[Part.SKILLS]
    assert both > one > none == silent == 0


def test_areas_and_regions_do_not_count() -> None:
    here, elsewhere = (
        replace(FULL, key=key, areas=frozenset(areas), regions=frozenset(regions))
        for key, areas, regions in (("o1", {"zorg"}, {"NL31"}), ("o2", {"agro"}, {"BE"}))
    )
    first, second = scored([FULL], [here, elsewhere]).odds
    assert first == second


def test_an_offer_that_asks_loses_and_one_that_gives_does_not() -> None:
    asks = Profile("o1", "Wij zoeken longscans", "Wie heeft ze voor ons?")
    gives = Profile("o2", "Wij bieden longscans", "Wij leveren ze aan.")
    lost, kept = parts(FULL, asks, gives)[Part.DIRECTION]
    assert lost < -0.5
    assert kept == 0
