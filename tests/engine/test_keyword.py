"""Words as weighted letter groups: inflections and compounds meet, rare ones weigh more."""

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from katalysator.engine.text import Lexicon, grams, whole_words
from katalysator.engine.text.keyword import BUCKETS, words

texts = st.text("abc dé-1\n", max_size=20)
NO_CONCEPTS = np.zeros(0, np.int32)


def counted(documents: Iterable[str]) -> Lexicon:
    """A lexicon of texts without concepts."""
    return Lexicon.fit(map(grams, documents), NO_CONCEPTS)


def likeness(lexicon: Lexicon, one: str, other: str) -> float:
    rows = lexicon.matrix([grams(one), grams(other)])
    return float((rows @ rows.T).toarray()[0, 1])


def test_words_are_lower_case_and_in_order() -> None:
    assert words("De X-stralen, én 3 CT's!") == ["de", "x", "stralen", "én", "3", "ct", "s"]


@settings(deadline=None)
@given(texts)
def test_grams_are_distinct_sorted_buckets(text: str) -> None:
    found = grams(text)
    assert found.dtype == np.int32
    assert (np.diff(found) > 0).all()
    assert ((found >= 0) & (found < BUCKETS)).all()
    assert (found.size == 0) == (words(text) == [])


@settings(deadline=None)
@given(texts, st.randoms(use_true_random=False))
def test_neither_order_nor_case_nor_repetition_matters(text: str, random: st.DataObject) -> None:
    mixed = words(text) * 2
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert grams(" ".join(mixed).upper()).tolist() == grams(text).tolist()


def test_a_word_counts_as_a_whole_and_in_pieces_with_its_edges() -> None:
    assert grams("ai").size == len({"<ai", "ai>", "<ai>"})
    assert grams("kast").size == len({"<ka", "kas", "ast", "st>"}) + 3 + 2 + len({"<kast>"})
    assert not set(grams("kas")) <= set(grams("kast"))
    assert set(grams("kas")) & set(grams("kast"))


def test_compounds_and_inflections_share_most_of_their_letters() -> None:
    plain = Lexicon.empty()
    near = likeness(plain, "beeldherkenning", "beelden herkennen")
    far = likeness(plain, "beeldherkenning", "vrachtwagens laden")
    assert near > 0.4
    assert far < 0.1


def test_rare_groups_weigh_more_than_common_ones() -> None:
    lexicon = counted(["data zorg", "data kas", "data lab"])
    assert lexicon.texts == 3
    assert lexicon.frequency.sum() == sum(
        grams(t).size for t in ("data zorg", "data kas", "data lab")
    )
    everywhere, once = grams("data"), np.setdiff1d(grams("zorg"), grams("data"))
    assert lexicon.weights[everywhere].max() < lexicon.weights[once].min()
    assert likeness(lexicon, "data zorg", "data kas") < 0.05
    assert likeness(lexicon, "data zorg", "zorg") > 0.95


def test_an_empty_lexicon_weighs_everything_alike() -> None:
    weights = Lexicon.empty().weights
    assert weights.shape == (BUCKETS,)
    assert np.ptp(weights) == 0
    assert weights[0] > 0


@settings(deadline=None)
@given(st.lists(texts, max_size=6))
def test_rows_have_one_length_and_empty_texts_none(documents: list[str]) -> None:
    read = [grams(text) for text in documents]
    matrix = counted(documents).matrix(read)
    assert matrix.shape == (len(documents), BUCKETS)
    squares = np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
    assert squares == pytest.approx([float(found.size > 0) for found in read], abs=1e-5)


@settings(deadline=None)
@given(st.lists(texts, max_size=5), st.permutations(range(5)))
def test_the_order_of_the_documents_teaches_nothing(documents: list[str], order: list[int]) -> None:
    turned = [documents[n] for n in order if n < len(documents)]
    one, other = counted(documents), counted(turned)
    assert np.array_equal(one.weights, other.weights)


def test_function_words_and_words_of_many_texts_tell_nothing() -> None:
    texts = ["zonder spraakherkenning", *("zonder planning" for _ in range(40))]
    lexicon = counted(texts)
    assert lexicon.is_telling("spraakherkenning")
    assert not lexicon.is_telling("planning")
    assert not lexicon.is_telling("zonder")


def test_among_few_texts_only_function_words_tell_nothing() -> None:
    lexicon = counted(["planning"] * 3)
    assert lexicon.is_telling("planning")
    assert not lexicon.is_telling("welke")


def test_a_word_is_counted_by_texts() -> None:
    lexicon = counted(["planning planning", "rooster"])
    assert (lexicon.count("planning"), lexicon.count("rooster"), lexicon.count("zeehond")) == (
        1,
        1,
        0,
    )


# --- skills --------------------------------------------------------------------------------------


def test_skills_are_compared_by_their_whole_words() -> None:
    rows = counted(["deep", "learning", "ethiek"]).skill_rows(
        ["Deep Learning", "learning deep deep", "leren", ""]
    )
    likeness = (rows @ rows.T).toarray()
    assert np.diff(rows.indptr).tolist() == [2, 2, 1, 0]
    assert likeness[0, 1] == likeness[0, 0] > 0
    assert likeness[2, :2].tolist() == [0, 0]
    assert not likeness[3].any()


def test_a_rare_word_of_a_skill_says_more() -> None:
    lexicon = counted(["data analyse", "data ethiek", "data beheer"])
    ((often,), (seldom,)) = (lexicon.skill_rows([word]).data for word in ("data", "ethiek"))
    assert 0 < often < seldom


def test_what_words_of_skills_are_worth_is_what_two_texts_share() -> None:
    lexicon = counted(["deep learning", "ethiek", "beheer"])
    mine, other = lexicon.skill_rows(["deep learning", "learning ethiek"]).toarray()
    shared = whole_words("deep learning") & whole_words("learning ethiek")
    worth = lexicon.skill_worth("deep learning")
    assert sum(worth[word] for word in shared) == pytest.approx(mine @ other)


# --- concepts ------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 900), min_size=1, max_size=8), st.integers(900, 2_000))
def test_the_more_texts_hold_a_concept_the_less_it_says(counts: list[int], texts: int) -> None:
    lexicon = Lexicon(np.zeros(BUCKETS, np.int32), np.array(sorted(counts), np.int32), texts)
    weights = lexicon.concept_weights(len(counts))
    assert weights.dtype == np.float32
    assert (np.diff(weights) <= 0).all()
    assert (weights >= 0).all()


def test_before_anything_is_counted_every_concept_says_what_is_usual_elsewhere() -> None:
    weights = Lexicon.empty().concept_weights(3)
    assert weights == pytest.approx([np.log(1 / 0.02)] * 3)


def test_a_concept_that_all_of_many_texts_hold_says_nothing() -> None:
    lexicon = Lexicon(np.zeros(BUCKETS, np.int32), np.array([1_000, 1], np.int32), 1_000)
    everywhere, once = lexicon.concept_weights(2)
    assert everywhere < 0.05 < 5 < once


def test_in_few_texts_a_concept_says_nearly_what_is_usual_elsewhere() -> None:
    lexicon = Lexicon(np.zeros(BUCKETS, np.int32), np.array([0, 3], np.int32), 3)
    unseen, everywhere = lexicon.concept_weights(2)
    assert 2.0 < everywhere < unseen < 4.1


def test_concepts_that_were_not_counted_are_rare() -> None:
    lexicon = Lexicon(np.zeros(BUCKETS, np.int32), np.array([5], np.int32), 10)
    known, new = lexicon.concept_weights(2)
    assert known < new
    assert lexicon.concept_weights(1).tolist() == [known]


def test_rarity_is_measured_by_as_many_texts_as_taught_what_it_is_worth() -> None:
    few, taught, many = (
        Lexicon(np.zeros(BUCKETS, np.int32), np.array([0], np.int32), texts)
        for texts in (0, 300, 100_000)
    )
    assert few.measure == taught.measure == 1.0
    rarest = [float(each.concept_weights(1)[0]) * each.measure for each in (taught, many)]
    assert rarest[0] == pytest.approx(rarest[1])
