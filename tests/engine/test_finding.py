"""Occupations and skills found by what people call them: titles, sentences, either language, any text."""

from dataclasses import replace
from functools import cache
from time import perf_counter

import pytest
from hypothesis import given, strategies as st

from katalysator.engine.skills import NamedRows, OccupationFinder, SkillFinder, finding
from katalysator.engine.text import bundled
from tests.examples import examples
from tests.talent.taxonomies import esco, small_taxonomy


@cache
def occupations() -> OccupationFinder:
    return OccupationFinder.of(small_taxonomy(), bundled())


@cache
def skills() -> SkillFinder:
    return SkillFinder.of(small_taxonomy(), bundled())


@cache
def esco_occupations() -> OccupationFinder:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finding, "_STEPS", 100)  # for the sake of time
        return OccupationFinder.of(esco(), bundled())


def found(query: str, language: str) -> str:
    return small_taxonomy().occupations.keys[occupations().find(query, language)[0].row]


def named(query: str, language: str, most: int = 3) -> list[str]:
    names = esco().occupations.labels["en"]
    return [names[each.row][0] for each in esco_occupations().find(query, language, most)]


@pytest.mark.parametrize(
    ("query", "language", "key"),
    [
        ("verpleegkundige", "nl", "occupation/nurse"),
        ("ziekenverzorgster m/v", "nl", "occupation/nurse"),
        ("Softwareontwikkelaar (32 uur)", "nl", "occupation/programmer"),
        ("software engineer", "en", "occupation/programmer"),
        ("data-analiste", "nl", "occupation/analyst"),
        ("Ik ben al jaren verzorgende in de wijk", "nl", "occupation/carer"),
        ("I have been a nurse for ten years", "en", "occupation/nurse"),
    ],
)
def test_an_occupation_is_found_by_what_people_call_it(query: str, language: str, key: str) -> None:
    assert found(query, language) == key


def test_the_nearest_label_is_given_with_its_language() -> None:
    first = occupations().find("softwareontwikkelaar", "nl")[0]
    assert (first.label, first.language) == ("softwareontwikkelaar", "nl")


def test_the_surest_come_first_and_are_chances() -> None:
    scores = [each.score for each in occupations().find("nurse", "en")]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 for score in scores)


def test_no_more_are_given_than_are_asked_for() -> None:
    assert len(occupations().find("nurse", "en", 2)) == 2


@pytest.mark.parametrize("query", ["", "  ", "…!?"])
def test_without_words_nothing_is_found(query: str) -> None:
    assert occupations().find(query, "nl") == []
    assert skills().read(query, "nl") == []


def test_that_a_title_is_for_all_says_nothing_by_itself() -> None:
    assert occupations().find("(m/v)", "nl") == []


def test_both_forms_of_a_title_find_the_same() -> None:
    assert occupations().find("ziekenverzorgster", "nl") == occupations().find(
        "ziekenverzorger", "nl"
    )


def test_a_skill_is_found_with_the_piece_of_the_text_that_says_so() -> None:
    text = "Ik kan goed wonden verzorgen en bevraag elke dag databases."
    read = {small_taxonomy().skills.keys[each.row]: each for each in skills().read(text, "nl")}
    wounds = read["skill/wounds"]
    assert "wonden verzorgen" in text[wounds.start : wounds.end]


def test_a_skill_without_a_dutch_label_is_found_by_a_dutch_text() -> None:
    text = "Ik test software"
    first = skills().read(text, "nl", 1)[0]
    assert small_taxonomy().skills.keys[first.row] == "skill/testing"


def test_what_is_said_elsewhere_comes_before_more_of_the_same() -> None:
    text = "SQL en statistiek"
    keys = [small_taxonomy().skills.keys[each.row] for each in skills().read(text, "nl", 2)]
    assert sorted(keys) == ["skill/sql", "skill/statistics"]


def test_the_same_comes_back_from_bytes_which_are_the_same_each_time() -> None:
    packed = occupations().pack()
    again = OccupationFinder.unpack(packed, small_taxonomy(), bundled())
    assert again.pack() == packed
    assert again.find("verzorgende", "nl") == occupations().find("verzorgende", "nl")
    read = SkillFinder.unpack(skills().pack(), small_taxonomy(), bundled())
    assert read.read("Python", "nl") == skills().read("Python", "nl")


@pytest.mark.parametrize("given", [b"", b"PK\x05\x06" + bytes(18), b"nothing"])
def test_other_bytes_are_no_finder(given: bytes) -> None:
    with pytest.raises(ValueError, match="no packed index"):
        OccupationFinder.unpack(given, small_taxonomy(), bundled())


def test_bytes_of_another_taxonomy_are_refused() -> None:
    taxonomy = small_taxonomy()
    keys = ("other", *taxonomy.occupations.keys[1:])
    other = replace(taxonomy, occupations=NamedRows(keys, taxonomy.occupations.labels))
    with pytest.raises(ValueError, match="is needed"):
        OccupationFinder.unpack(occupations().pack(), other, bundled())


def test_a_taxonomy_without_anything_finds_nothing() -> None:
    taxonomy = small_taxonomy()
    none = NamedRows((), {"nl": [], "en": []})
    empty = replace(taxonomy, occupations=none, skills=none)
    assert OccupationFinder.of(empty, bundled()).find("nurse", "en") == []


def test_a_thing_without_labels_goes_by_its_key() -> None:
    taxonomy = small_taxonomy()
    nameless = NamedRows(("baker",), {"nl": [()], "en": [()]})
    finder = OccupationFinder.of(replace(taxonomy, occupations=nameless), bundled())
    assert finder.find("baker", "en")[0][2:] == ("baker", "")


def test_few_pieces_are_those_that_promise_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "_PIECES", 2)
    few = occupations()
    row = few.find("In de weekenden ben ik vaak verzorgende bij mensen thuis", "nl")[0].row
    assert small_taxonomy().occupations.keys[row] == "occupation/carer"


@examples(60)
@given(st.text(max_size=300), st.sampled_from(["nl", "en", "de", ""]))
def test_any_text_is_read(text: str, language: str) -> None:
    for each in occupations().find(text, language):
        assert 0 <= each.row < 4
    for skill in skills().read(text, language):
        assert 0 <= skill.start < skill.end <= len(text)


def test_a_text_of_100_kb_is_read_in_bounded_time() -> None:
    text = "wonden verzorgen, Python en SQL met mensen " * 2_400
    begun = perf_counter()
    assert occupations().find(text, "nl")
    assert skills().read(text, "nl")
    assert perf_counter() - begun < 10.0


@pytest.mark.parametrize(
    ("query", "language", "name"),
    [
        ("kapster", "nl", "hairdresser"),
        ("vrachtwagenchauffeur m/v", "nl", "cargo vehicle driver"),
        ("Truck driver class C", "en", "cargo vehicle driver"),
        ("ik sta al tien jaar in de bediening en doe de kassa", "nl", "waiter/waitress"),
        ("ik sta al tien jaar in de bediening en doe de kassa", "nl", "cashier"),
        ("I wait tables in a restaurant and work the till", "en", "waiter/waitress"),
    ],
)
def test_esco_is_found_by_what_people_write(query: str, language: str, name: str) -> None:
    assert name in named(query, language)
