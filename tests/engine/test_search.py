"""Search without a database: words in their forms, concepts in two languages, evidence, and marks."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from katalysator.engine.concepts import bundled_thesaurus
from katalysator.engine.matching import Profile, read
from katalysator.engine.search import (
    LONGEST,
    Document,
    Excerpt,
    Marker,
    Relevance,
    Sought,
    SoughtWord,
    Span,
    Way,
    concepts_told,
    excerpt,
    read_query,
    relevance,
)
from katalysator.engine.search.words import folded, sought
from katalysator.engine.text import Lexicon, bundled
from katalysator.engine.text.keyword import _bucket
from tests.examples import examples

ODD = st.text(st.sampled_from("abe éÉßİıﬁ-.<>&\n\t0_ data Beroerte"), max_size=400)


def query(text: str) -> Sought:
    return read_query(text, bundled())


def document(title: str, text: str = "", language: str = "nl") -> Document:
    """What is read in a text, as the tables keep it."""
    reading = read([Profile(key="", title=title, text=text, language=language)], bundled())
    (concepts,) = bundled_thesaurus().kept(reading.concepts)
    return Document(title, text, concepts, 0.0)


def scored(words: str, *documents: Document) -> list[Relevance]:
    return relevance(query(words), documents, Lexicon.empty())


class TestWords:
    @pytest.mark.parametrize(
        ("word", "text"),
        [
            ("parkeren", "parkeer"),
            ("voorspellen", "voorspelling"),
            ("voorspellend", "Voorspelde"),
            ("scans", "scan"),
            ("robot", "ROBOTS"),
            ("schrijven", "schrijf"),
            ("verhuizen", "verhuis"),
            ("libraries", "library"),
            ("cafe", "Café"),
            ("één", "een"),
            ("ai", "AI"),
            ("3d", "3D"),
        ],
    )
    def test_a_word_is_found_in_its_other_forms(self, word: str, text: str) -> None:
        (hit,) = SoughtWord.of(folded(word)).hits(folded(text))
        assert hit == (Span(0, len(text)), 1.0)

    @pytest.mark.parametrize(
        ("word", "text", "surely"),
        [("zeehond", "zeehondenopvang", 0.8), ("scanauto", "parkeerscanauto", 0.6)],
    )
    def test_in_a_compound_it_counts_for_less(self, word: str, text: str, surely: float) -> None:
        (hit,) = SoughtWord.of(word).hits(text)
        assert hit == (Span(0, len(text)), surely)

    @pytest.mark.parametrize(
        ("word", "text"),
        [
            ("ai", "mais"),
            ("zzzz", "zorg"),
            ("x", "xray"),
            ("laag", "verslaggeving"),
        ],
    )
    def test_what_only_looks_like_it_is_not_found(self, word: str, text: str) -> None:
        assert list(SoughtWord.of(word).hits(text)) == []

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("de data van het lab", ["data", "lab"]),
            ("scan, Scan; SCAN", ["scan"]),
            ("de het een", []),
            ("IT it", ["it"]),
            ("!? … 🐙 —", []),
            ("", []),
        ],
    )
    def test_small_words_say_nothing_but_in_capitals(self, text: str, words: list[str]) -> None:
        assert [each.word for each in sought(text)] == words

    @pytest.mark.parametrize(
        ("text", "count"), [("Hulp bij IT", 1), ("Does it matter", 0), ("It is here, IT is not", 1)]
    )
    def test_a_small_word_in_capitals_is_found_in_capitals_only(
        self, text: str, count: int
    ) -> None:
        (word,) = sought("IT")
        assert len(list(word.hits(folded(text)))) == count

    def test_who_shouts_asks_for_no_small_words(self) -> None:
        assert [each.word for each in sought("DE DATA VAN HET LAB")] == ["data", "lab"]

    def test_a_word_that_holds_it_many_times_is_one_hit(self) -> None:
        (hit,) = SoughtWord.of("abab").hits("ab" * 2_500)
        assert hit.span == (0, 5_000)

    @given(ODD)
    @examples(100)
    def test_every_sign_keeps_its_place(self, text: str) -> None:
        assert len(folded(text)) == len(text)


class TestReading:
    def test_a_query_is_read_in_both_languages(self) -> None:
        assert set(query("beroerte").concepts) == set(query("stroke").concepts) == {"stroke"}

    def test_what_a_narrower_concept_says_is_not_said_twice(self) -> None:
        assert set(query("voorspellend onderhoud").concepts) == {"predictive-maintenance"}

    @pytest.mark.parametrize("text", ["", "...", "🐙", "de het een"])
    def test_without_a_word_it_is_empty(self, text: str) -> None:
        read = query(text)
        assert read.is_empty
        assert not read.meaning.any()

    def test_of_a_long_one_the_beginning_is_read(self) -> None:
        read = query("woord " * 2_000 + "beroerte")
        assert (len(read.text), read.concepts) == (LONGEST, {})

    def test_no_more_than_ten_words_are_looked_for(self) -> None:
        assert len(query(" ".join(f"woord{n}" for n in range(20))).words) == 10

    def test_narrower_concepts_tell_of_it_and_the_broader_one_hardly(self) -> None:
        told = concepts_told("predictive-maintenance", bundled_thesaurus())
        below = concepts_told("maintenance", bundled_thesaurus())
        assert told["predictive-maintenance"] == 1.0
        assert told["maintenance"] < 0.5 < below["predictive-maintenance"]

    def test_the_same_text_is_read_alike(self) -> None:
        one, other = query("slimme sensoren"), query("slimme sensoren")
        assert np.array_equal(one.meaning, other.meaning)
        assert one.concepts == other.concepts


class TestRelevance:
    def test_words_in_the_title_count_for_more_than_in_the_text(self) -> None:
        title, text, none = scored(
            "zeehonden",
            document("Zeehonden tellen"),
            document("Tellen", "Zeehonden."),
            document("X"),
        )
        assert title.total > text.total > none.total
        assert [each.is_found for each in (title, text, none)] == [True, True, False]

    def test_all_words_count_for_much_more_than_one_of_them(self) -> None:
        both, one = scored("zeehonden tellen", document("Zeehonden tellen"), document("Zeehonden"))
        assert both.total > 4 * one.total

    def test_the_other_language_is_found_by_the_concept(self) -> None:
        for words, title, language in (
            ("beroerte", "Stroke triage", "en"),
            ("predictive maintenance", "Voorspellend onderhoud", "nl"),
        ):
            (found,) = scored(words, document(title, language=language))
            assert (found.words, found.concepts, found.way) == (0.0, 1.0, Way.CONCEPTS)
            assert found.is_found

    def test_what_is_near_in_meaning_is_found_by_that_alone(self) -> None:
        near, far = (Relevance(0.0, 0.0, likeness) for likeness in (0.3, 0.1))
        assert (near.is_found, near.way, far.is_found) == (True, Way.MEANING, False)

    def test_a_likeness_below_nothing_takes_nothing_away(self) -> None:
        assert Relevance(1.0, 0.0, -0.9).total == Relevance(1.0, 0.0, 0.0).total

    def test_whose_name_it_is_is_found(self) -> None:
        plain = Document("Titel", "Tekst", {}, 0.0)
        other, named = scored("de linde", plain, Document("Titel", "Tekst", {}, 0.0, is_named=True))
        assert (other.is_found, named.is_found, named.way) == (False, True, Way.WORDS)

    def test_a_rare_word_weighs_more_than_a_common_one(self) -> None:
        frequency = np.zeros(1 << 18, np.int32)
        known = Lexicon(frequency, np.zeros(0, np.int32), 1_000)
        frequency[_bucket("<data>")] = 900
        documents = [Document("zeehonden", "", {}, 0.0), Document("data", "", {}, 0.0)]
        rare, common = relevance(query("zeehonden data"), documents, known)
        assert rare.words > 10 * common.words


class TestMarks:
    def marked(self, words: str, text: str, language: str = "nl") -> list[str]:
        return [text[mark.start : mark.end] for mark in Marker(query(words)).marks(text, language)]

    def test_words_are_marked_whole_and_in_every_form(self) -> None:
        text = "Parkeren: wij parkeren met een parkeerscanauto."
        assert self.marked("parkeren", text) == ["Parkeren", "parkeren", "parkeerscanauto"]

    def test_the_words_that_stand_for_a_concept_are_marked(self) -> None:
        assert self.marked("beroerte", "Triage of stroke patients", "en") == ["stroke"]
        assert self.marked("predictive maintenance", "Wij doen voorspellend onderhoud.") == [
            "voorspellend onderhoud"
        ]

    def test_accents_and_capitals_stay_in_the_text(self) -> None:
        assert self.marked("cafe idee", "CAFÉ Idéé") == ["CAFÉ", "Idéé"]

    def test_nothing_is_marked_where_nothing_stands_for_it(self) -> None:
        assert self.marked("beroerte", "Boekhouding voor veehouders") == []

    def test_what_overlaps_is_marked_once(self) -> None:
        text = "Wij doen voorspellend onderhoud."
        assert self.marked("voorspellend onderhoud", text) == ["voorspellend onderhoud"]

    def test_it_tells_of_what_it_is_about(self) -> None:
        assert Marker(query("beroerte")).concepts("Stroke care", "en") == ["stroke"]
        assert Marker(query("zeehond")).concepts("Stroke care", "en") == []

    @given(ODD, st.sampled_from(["beroerte data", "é", "ßa", "fi 0", "be"]))
    @examples(100)
    def test_marks_are_in_the_text_in_order_and_apart(self, text: str, words: str) -> None:
        marks = Marker(query(words)).marks(text, "nl")
        ends = [place for mark in marks for place in mark]
        assert ends == sorted(set(ends))
        assert all(0 <= place <= len(text) for place in ends)


class TestExcerpt:
    def test_a_short_text_is_shown_whole(self) -> None:
        assert excerpt("kort", [Span(0, 4)]) == Excerpt("kort", [Span(0, 4)])

    def test_a_long_text_is_shown_where_the_marks_are(self) -> None:
        text = "woord " * 200 + "zeehond " + "einde " * 200
        place = text.index("zeehond")
        piece = excerpt(text, [Span(place, place + 7)])
        assert piece.text.startswith("… ")
        assert piece.text.endswith(" …")
        assert len(piece.text) < 300
        assert [piece.text[mark.start : mark.end] for mark in piece.marks] == ["zeehond"]

    def test_without_marks_the_beginning_is_shown(self) -> None:
        piece = excerpt("begin " + "woord " * 200, [])
        assert piece.text.startswith("begin woord")

    @given(ODD.map(lambda text: text * 4), st.lists(st.integers(0, 1_500), max_size=8))
    @examples(150)
    def test_marks_go_along_with_their_words(self, text: str, places: list[int]) -> None:
        inside = sorted({place for place in places if place + 3 <= len(text)})
        marks = [
            Span(at, at + 3) for n, at in enumerate(inside) if n == 0 or at > inside[n - 1] + 3
        ]
        piece = excerpt(text, marks)
        said = {text[mark.start : mark.end] for mark in marks}
        assert {piece.text[mark.start : mark.end] for mark in piece.marks} <= said
        assert all(0 <= mark.start < mark.end <= len(piece.text) for mark in piece.marks)
