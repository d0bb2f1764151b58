"""Profiles and what is read in them: texts, words, skills, and which way each one leans."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, strategies as st

from katalysator.engine.concepts import bundled_thesaurus
from katalysator.engine.matching import Profile, TextFeatures, read
from katalysator.engine.matching.profiles import join
from tests.engine.makers import FEW, WordEmbedder, listings, sides

ASKS = Profile("a", "Wij zoeken een rekenaar", "Wie wil bij ons komen?")
GIVES = Profile("g", "Wij bieden hulp", "Beschikbaar op aanvraag.")


def test_the_gist_leads_with_the_title_and_closes_with_skills() -> None:
    whole = Profile("p", "Titel", "Tekst.", skills=("python", "radiologie"))
    assert whole.gist == "Titel Tekst. python, radiologie"
    assert Profile("p", "Titel").gist == "Titel"
    assert Profile("p", "", "Tekst.").gist == "Tekst."


def test_everything_said_is_counted() -> None:
    assert Profile("p", "Titel", "Tekst.", skills=("python",)).said == "Titel\nTekst.\npython"


def test_reading_keeps_to_the_order_of_the_profiles() -> None:
    found = read([ASKS, GIVES], WordEmbedder())
    assert found.meaning.shape == (2, WordEmbedder.dimension)
    assert found.lean[0] < 0 < found.lean[1]
    assert len(found.grams) == 2
    again = read([GIVES, ASKS], WordEmbedder())
    assert np.array_equal(found.meaning, again.meaning[::-1])
    assert np.array_equal(found.lean, again.lean[::-1])


def test_what_is_told_in_pieces_is_all_that_is_said() -> None:
    whole = Profile("p", "Titel", "Tekst.", skills=("python", "radiologie"))
    assert whole.told == ("Titel", "Tekst.", "python", "radiologie")


def test_no_concept_is_read_across_the_border_of_title_and_text() -> None:
    split, whole = Profile("p", "Deep", "learning"), Profile("q", "Deep learning")
    found = read([replace(each, language="en") for each in (split, whole)], WordEmbedder())
    assert "deep-learning" not in keys(found, 0)
    assert "deep-learning" in keys(found, 1)


def test_concepts_are_read_in_the_skills_too() -> None:
    found = read([Profile("p", "Gezocht", skills=("deep learning",))], WordEmbedder())
    assert "deep-learning" in keys(found, 0)


def keys(reading: TextFeatures, row: int) -> set[str]:
    return set(bundled_thesaurus().kept(reading.concepts)[row])


def test_a_text_counts_for_its_concepts_and_the_broader_ones_once() -> None:
    thesaurus = bundled_thesaurus()
    text = Profile("p", "Deep learning met machine learning", language="nl")
    counted = read([text, text, Profile("q", "Niets")], WordEmbedder()).counted()
    assert counted.shape == (len(thesaurus),)
    for key in ("deep-learning", "machine-learning", "artificial-intelligence"):
        assert counted[thesaurus.row[key]] == 2, key
    assert counted[thesaurus.row["stroke"]] == 0


def test_a_careful_encoder_reads_where_there_is_one() -> None:
    assert read([ASKS, GIVES], WordEmbedder()).careful.shape == (2, 0)
    both = read([ASKS, GIVES], WordEmbedder(), WordEmbedder())
    assert np.array_equal(both.careful, both.meaning)


@FEW
@given(listings(most=7), st.integers(0, 7))
def test_reading_in_pieces_is_reading_at_once(profiles: list[Profile], cut: int) -> None:
    whole = read(profiles, WordEmbedder())
    joined = join([read(profiles[:cut], WordEmbedder()), read(profiles[cut:], WordEmbedder())])
    assert np.array_equal(joined.meaning, whole.meaning)
    assert joined.careful.shape == whole.careful.shape
    assert np.array_equal(joined.concepts.toarray(), whole.concepts.toarray())
    assert np.array_equal(joined.lean, whole.lean)
    assert [g.tolist() for g in joined.grams] == [g.tolist() for g in whole.grams]


def test_no_readings_join_to_nothing() -> None:
    nothing = join([])
    assert nothing.meaning.shape == nothing.careful.shape == (0, 0)
    assert nothing.concepts.shape == (0, len(bundled_thesaurus()))
    assert (nothing.grams, nothing.lean.shape) == ((), (0,))


# --- sides ---------------------------------------------------------------------------------------


def test_words_weigh_as_rows_of_one_length() -> None:
    needs, offers = sides([ASKS], [GIVES, ASKS])
    assert (len(needs), len(offers)) == (1, 2)
    length = np.asarray(offers.words.multiply(offers.words).sum(axis=1)).ravel()
    assert length == pytest.approx(length[0])


def test_an_offer_goes_astray_where_it_asks() -> None:
    _, offers = sides([], [ASKS, GIVES])
    assert offers.astray[0] > 0 == offers.astray[1]


@pytest.mark.parametrize(("peers", "astray"), [(5, False), (3, True)])
def test_where_a_whole_market_asks_nobody_goes_astray(peers: int, astray: bool) -> None:
    market = [replace(ASKS, key=str(n), market="internship") for n in range(peers)]
    _, offers = sides([], [*market, replace(ASKS, key="lone", market="pilot")])
    assert (offers.astray[:-1] > 0).tolist() == [astray] * peers
    assert offers.astray[-1] > 0


def test_where_most_say_that_they_give_only_who_asks_goes_astray() -> None:
    habit = [replace(GIVES, key=str(n), market="data") for n in range(9)]
    plain = Profile("plain", "Longscans", "Beelden van longen.", market="data")
    _, offers = sides([], [*habit, plain, replace(ASKS, market="data")])
    assert offers.astray[:-1].tolist() == [0.0] * 10
    assert 0.0 < offers.astray[-1] < 1.0


def test_what_two_share_of_concepts_holds_the_broader_ones() -> None:
    texts = ("deep learning", "machine learning", "beroerte")
    needs, offers = sides(
        [Profile("n", "deep learning", language="nl")],
        [Profile(text, text, language="nl") for text in texts],
    )
    same, broader, other = (needs.concepts @ offers.concepts.T).toarray()[0]
    assert same > broader > other == 0


def test_how_surely_a_concept_is_meant_is_told_by_row() -> None:
    thesaurus = bundled_thesaurus()
    needs, _ = sides([ASKS, Profile("n", "Na een beroerte", language="nl")], [])
    assert needs.meant(1) == {thesaurus.row["stroke"]: 1.0}
    assert needs.languages.tolist() == ["", "nl"]
