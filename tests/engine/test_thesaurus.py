"""The bilingual thesaurus: what concepts are called, how they hang together, and the one we ship."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from katalysator.engine import concepts as room
from katalysator.engine.concepts import Concept, Thesaurus, bundled_thesaurus
from katalysator.engine.concepts.thesaurus import BROADER, read_concepts

LINES = """
{"id": "vision", "nl": ["beeldherkenning"], "en": ["computer vision", "machine vision"], "broader": ["ai"]}

{"id": "ai", "nl": ["kunstmatige intelligentie"], "en": ["artificial intelligence"], "broader": []}
""".splitlines()


def made(broader: dict[str, tuple[str, ...]]) -> Thesaurus:
    """Concepts that are called by their keys."""
    return Thesaurus.of(Concept(key, {"en": (key,)}, above) for key, above in broader.items())


# --- concepts ------------------------------------------------------------------------------------


def test_concepts_are_read_line_by_line() -> None:
    vision, ai = read_concepts(LINES)
    assert (vision.key, vision.broader) == ("vision", ("ai",))
    assert vision.labels == {
        "nl": ("beeldherkenning",),
        "en": ("computer vision", "machine vision"),
    }
    assert ai.broader == ()


def test_the_first_label_is_shown_and_any_language_is_better_than_none() -> None:
    vision, _ = read_concepts(LINES)
    assert vision.label("en") == "computer vision"
    assert vision.label("nl") == "beeldherkenning"
    assert vision.label("fr") == "beeldherkenning"


def test_of_one_key_the_last_concept_counts_in_the_place_of_the_first() -> None:
    mended = Concept("vision", {"en": ("seeing",)})
    thesaurus = Thesaurus.of([*read_concepts(LINES), mended])
    assert len(thesaurus) == 2
    assert thesaurus.row == {"vision": 0, "ai": 1}
    assert thesaurus["vision"] is mended


# --- broader -------------------------------------------------------------------------------------


def test_a_concept_says_something_of_the_broader_one_and_less_of_the_one_above() -> None:
    chain = made({"a": ("b",), "b": ("c",), "c": ("d",), "d": ()})
    assert chain.widened.toarray()[0].tolist() == [1.0, BROADER, BROADER**2, 0.0]
    assert chain.with_broader(["a"]) == {"a", "b", "c"}


def test_what_is_broader_in_two_ways_is_not_said_twice() -> None:
    diamond = made({"a": ("b", "c"), "b": ("d",), "c": ("d",), "d": ()})
    assert diamond.widened.toarray()[0].tolist() == [1.0, BROADER, BROADER, BROADER**2]
    near = made({"a": ("b", "c"), "b": ("c",), "c": ()})
    assert near.widened.toarray()[0].tolist() == [1.0, BROADER, BROADER]


def test_a_broader_concept_that_is_not_there_is_left_out() -> None:
    assert made({"a": ("gone",)}).widened.toarray().tolist() == [[1.0]]
    assert made({}).widened.shape == (0, 0)


# --- what is kept --------------------------------------------------------------------------------

meant = st.lists(
    st.dictionaries(st.sampled_from("abc"), st.sampled_from((0.25, 0.7, 1.0)), max_size=3),
    max_size=4,
)


@given(meant)
def test_what_is_kept_by_key_comes_back(texts: list[dict[str, float]]) -> None:
    thesaurus = made(dict.fromkeys("abc", ()))
    rows = thesaurus.rows(texts)
    assert (rows.shape, str(rows.dtype)) == ((len(texts), 3), "float32")
    assert thesaurus.kept(rows) == texts


@given(meant)
def test_it_comes_back_when_the_rows_have_changed_and_concepts_are_gone(
    texts: list[dict[str, float]],
) -> None:
    other = made(dict.fromkeys("xcb", ()))
    left = [{key: weight for key, weight in each.items() if key != "a"} for each in texts]
    assert other.kept(other.rows(texts)) == left


# --- the one that we ship ------------------------------------------------------------------------


def bundled() -> list[Concept]:
    file = Path(room.__path__[0]) / "concepts.jsonl"
    return read_concepts(file.read_text(encoding="utf-8").splitlines())


def test_the_bundled_thesaurus_is_read_once_and_whole() -> None:
    assert bundled_thesaurus() is bundled_thesaurus()
    assert list(bundled_thesaurus().concepts) == bundled()
    assert len(bundled()) > 1_000


def test_no_key_stands_there_twice() -> None:
    assert [
        key for key, count in Counter(each.key for each in bundled()).items() if count > 1
    ] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_concept_has_labels_in_both_languages_and_none_twice(language: str) -> None:
    wrong = {
        concept.key
        for concept in bundled()
        if not (labels := concept.labels.get(language, ()))
        or len(set(labels)) < len(labels)
        or any(label != label.strip() or not label for label in labels)
    }
    assert wrong == set()


def test_every_broader_concept_is_there() -> None:
    known = bundled_thesaurus().row
    assert {above for each in bundled() for above in each.broader if above not in known} == set()


def test_no_concept_is_broader_than_itself() -> None:
    above = {each.key: set(each.broader) for each in bundled()}
    while grown := {
        key: more
        for key, found in above.items()
        if (more := found.union(*(above[each] for each in found))) != found
    }:
        above |= grown
    assert {key for key, found in above.items() if key in found} == set()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_two_concepts_are_shown_by_one_name(language: str) -> None:
    names = [each.label(language).casefold() for each in bundled_thesaurus().concepts]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
