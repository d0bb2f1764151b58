"""Concepts in a text: found by their labels as people write them, alike in Dutch and in English."""

import pytest
from hypothesis import given, strategies as st

from katalysator.engine.concepts import Concept, ConceptReader, Thesaurus, bundled_concepts
from katalysator.engine.concepts.reading import (
    ELSEWHERE,
    IN_COMPOUND,
    concept_rows,
    lemma,
)
from tests.examples import examples

CONCEPTS = {
    "vision": (("beeldherkenning", "beeld herkennen"), ("image recognition", "machine vision")),
    "hospital": (("ziekenhuis",), ("hospital",)),
    "stroke": (("beroerte", "CVA"), ("stroke", "CVA")),
    "train": (("trein",), ("train",)),
    "training": (("opleiding",), ("training",)),
    "sharing": (("data delen",), ("share data",)),
    "maintenance": (("onderhoud aan brug",), ("maintenance of a bridge",)),
    "bridge": (("brug",), ("bridge",)),
    "water": (("water",), ("water",)),
    "forecast": (("voorspellen",), ("forecasting",)),
    "lock": (("sluis",), ("lock",)),
    "padlock": (("hangslot",), ("lock",)),
    "october": (("oogfoto", "OCT"), ("OCT",)),
    "passer": (("voorbijganger",), ("passer-by",)),
    "idea": (("coöperatie",), ("cooperative",)),
}
READER = ConceptReader.of(
    Thesaurus.of(
        Concept(key, {"nl": dutch, "en": english}) for key, (dutch, english) in CONCEPTS.items()
    )
)


def found(text: str, language: str = "en") -> dict[str, float]:
    """The concepts of a text, and how surely each is meant."""
    concepts = READER.thesaurus.concepts
    return {concepts[each.concept].key: each.weight for each in READER.read(text, language)}


# --- labels --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "key"),
    [
        ("Twee ziekenhuizen zoeken hulp", "nl", "hospital"),
        ("Hospitals and their patients", "en", "hospital"),
        ("Wij herkennen beelden; beelden herkennen", "nl", "vision"),
        ("Machine vision!", "en", "vision"),
        ("Een cooperatie van bewoners", "nl", "idea"),
        ("Passers-by", "en", "passer"),
        ("After a stroke", "en", "stroke"),
        ("Na een beroerte", "nl", "stroke"),
    ],
)
def test_a_label_is_found_whatever_its_endings_capitals_and_accents(
    text: str, language: str, key: str
) -> None:
    assert found(text, language)[key] == 1.0


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("onderhoud aan bruggen", True),
        ("onderhoud van de brug", True),
        ("onderhoud brug", True),
        ("onderhoud aan oude bruggen", False),
        ("onderhoud van het een en de brug", False),
        ("bruggen in onderhoud", False),
    ],
)
def test_a_small_word_or_two_may_stand_between_the_words_of_a_label(
    text: str, is_there: bool
) -> None:
    assert ("maintenance" in found(text, "nl")) == is_there


@pytest.mark.parametrize("border", [". ", "! ", "? ", "; ", ": ", " (", "\n", "… ", " | "])
def test_no_label_is_read_across_the_border_of_a_sentence(border: str) -> None:
    assert "vision" in found("image recognition")
    assert "vision" not in found(f"image{border}recognition")


def test_a_point_inside_a_word_is_no_border() -> None:
    assert "hospital" in found("See www.hospital.nl")


def test_the_longest_label_that_begins_at_a_word_is_meant() -> None:
    both = found("Data delen over het onderhoud van bruggen", "nl")
    assert set(both) == {"sharing", "maintenance", "bridge"}


def test_each_concept_is_told_once_the_surest_first_with_the_words_that_say_so() -> None:
    told = READER.read("Locks, a stroke, and strokes in hospitals", "en")
    keys = [READER.thesaurus.concepts[each.concept].key for each in told]
    assert keys == ["hospital", "stroke", "lock", "padlock"]
    assert [each.said for each in told[:2]] == ["hospitals", "stroke"]


# --- forms of a word -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key", "is_there"),
    [
        ("people who are trained", "train", False),
        ("a trained model", "train", False),
        ("a training for nurses", "train", False),
        ("a training for nurses", "training", True),
        ("a train to Delft", "train", True),
        ("trains to Delft", "train", True),
        ("we share data", "sharing", True),
        ("shared data", "sharing", False),
        ("forecasting the weather", "forecast", True),
    ],
)
def test_who_is_trained_is_no_train(text: str, key: str, is_there: bool) -> None:
    assert (key in found(text)) == is_there


def test_ai_is_no_form_of_to_be() -> None:
    """As "ain't" it would be one, and "which is used" would tell of "using AI"."""
    assert lemma("AI", "en") == lemma("ai", "en") == "ai"
    assert lemma("is", "en") == "be"


@given(st.sampled_from(("nl", "en")), st.text("abcdefghijklmnoprstuvw", min_size=1, max_size=12))
def test_a_word_has_one_form_whatever_its_capitals(language: str, word: str) -> None:
    assert lemma(word, language) == lemma(word.upper(), language) != ""


@pytest.mark.parametrize(
    ("text", "key", "is_there"),
    [
        ("hulp na een CVA", "stroke", True),
        ("hulp na een cva", "stroke", False),
        ("een OCT van het oog", "october", True),
        ("Oct. 3", "october", False),
        ("oct", "october", False),
    ],
)
def test_an_abbreviation_is_written_in_capitals(text: str, key: str, is_there: bool) -> None:
    assert (key in found(text, "nl")) == is_there
    assert (key in found(text, "en")) == is_there


def test_a_label_that_means_two_things_is_shared_between_them() -> None:
    assert found("a lock") == {"lock": 0.5, "padlock": 0.5}


def test_of_a_concept_and_a_broader_one_the_narrow_one_is_meant() -> None:
    narrow = Concept("oak", {"en": ("oak", "tree")}, broader=("tree",))
    reader = ConceptReader.of(Thesaurus.of([Concept("tree", {"en": ("tree", "wood")}), narrow]))
    assert weights(["a tree"], "en", reader) == {"oak": 1.0}
    assert weights(["wood"], "en", reader) == {"tree": 1.0}


# --- Dutch ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["ziekenhuisbed", "Ziekenhuisbedden", "kinderziekenhuis"])
def test_a_compound_begins_or_ends_with_a_label(word: str) -> None:
    assert found(word, "nl") == {"hospital": IN_COMPOUND}


def test_both_ends_of_a_compound_count() -> None:
    assert found("waterziekenhuis", "nl") == {"hospital": IN_COMPOUND, "water": IN_COMPOUND}


def test_what_is_left_of_a_compound_must_be_a_word() -> None:
    assert found("waterxqzv", "nl") == {}
    assert found("xqzvwater", "nl") == {}


def test_english_has_no_compounds() -> None:
    assert found("waterwheel", "en") == {}


def test_a_dutch_text_is_read_for_english_labels_too_but_less_surely() -> None:
    dutch = found("Wij doen image recognition voor een hospital", "nl")
    assert dutch == {"vision": ELSEWHERE, "hospital": ELSEWHERE}
    assert found("Beeldherkenning voor een ziekenhuis", "en") == {}


def test_a_short_english_word_in_a_dutch_text_may_be_dutch() -> None:
    assert "train" not in found("Ik train elke dag", "nl")


# --- whole texts ---------------------------------------------------------------------------------


def weights(pieces: list[str], language: str, reader: ConceptReader = READER) -> dict[str, float]:
    concepts = reader.thesaurus.concepts
    mentions = reader.mentions(pieces, language)
    return {concepts[row].key: each.weight for row, each in mentions.items()}


@pytest.mark.parametrize("language", ["", "de", "xx"])
def test_a_text_of_unknown_language_is_read_in_the_one_that_it_seems_to_be(language: str) -> None:
    dutch = ["Wij zoeken hulp voor mensen na een beroerte in het ziekenhuis."]
    english = ["We are looking for help for people after a stroke in the hospital."]
    assert (
        weights(dutch, language) == weights(english, language) == {"stroke": 1.0, "hospital": 1.0}
    )


def test_no_label_is_read_across_pieces_and_the_surest_piece_counts() -> None:
    assert weights(["image", "recognition"], "en") == {}
    assert weights(["Een ziekenhuisbed", "Ziekenhuis"], "nl") == {"hospital": 1.0}
    assert weights([], "nl") == {}


texts = st.lists(
    st.sampled_from(
        (
            "beroerte",
            "ziekenhuisbed",
            "hospital",
            "lock",
            "van",
            "de",
            "onderhoud",
            "brug",
            ".",
            "CVA",
        )
    ),
    max_size=8,
).map(" ".join)


@examples(100)
@given(texts, texts, st.sampled_from(("nl", "en")))
def test_who_says_more_never_means_less(text: str, more: str, language: str) -> None:
    before, after = weights([text], language), weights([text, more], language)
    assert all(0 < weight <= after[key] <= 1 for key, weight in before.items())


@examples(100)
@given(st.text(max_size=40), st.sampled_from(("nl", "en", "")))
def test_any_text_can_be_read(text: str, language: str) -> None:
    for mention in bundled_concepts().read(text, language):
        assert 0 < mention.weight <= 1
        assert mention.said


# --- the thesaurus that we ship ------------------------------------------------------------------


def keys(text: str, language: str) -> set[str]:
    reader = bundled_concepts()
    return {reader.thesaurus.concepts[each.concept].key for each in reader.read(text, language)}


@pytest.mark.parametrize(
    ("dutch", "english"),
    [
        ("Klinische validatie van een model", "Clinical validation of a model"),
        ("Zorg na een beroerte", "Care after a stroke"),
        ("Onderhoud voorspellen", "Predictive maintenance"),
    ],
)
def test_a_text_and_its_translation_are_about_the_same(dutch: str, english: str) -> None:
    assert keys(dutch, "nl") & keys(english, "en")


def test_clinical_validation_is_one_in_both_languages() -> None:
    assert "model-validation" in keys("klinische validatie", "nl") & keys(
        "clinical validation", "en"
    )


def test_a_stroke_is_a_beroerte() -> None:
    assert keys("na een beroerte", "nl") == keys("after a stroke", "en") == {"stroke"}


def test_every_label_is_found_in_a_text_that_is_nothing_else() -> None:
    """The concept itself, or one that says it too: a narrower one of the same name."""
    reader = bundled_concepts()
    thesaurus = reader.thesaurus
    lost = [
        (concept.key, language, label)
        for concept in thesaurus.concepts
        for language, labels in concept.labels.items()
        for label in labels
        if concept.key not in thesaurus.with_broader(keys(label, language))
    ]
    assert lost == []


def test_rows_of_texts_say_how_surely_each_concept_is_meant() -> None:
    rows = concept_rows([(("Zorg na een", "beroerte"), "nl"), ((), "en"), (("stroke",), "en")])
    thesaurus = bundled_concepts().thesaurus
    assert (rows.shape, str(rows.dtype)) == ((3, len(thesaurus)), "float32")
    column = rows.toarray()[:, thesaurus.row["stroke"]]
    assert column.tolist() == [1.0, 0.0, 1.0]
    assert concept_rows([]).shape == (0, len(thesaurus))
