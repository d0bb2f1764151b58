"""Why a pair fits: only facts of the two profiles, in step with the chance."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, strategies as st

from katalysator.engine.concepts import bundled_thesaurus
from katalysator.engine.concepts.reading import concept_reader
from katalysator.engine.matching import (
    GOOD,
    POSSIBLE,
    STRONG,
    Busy,
    Explanation,
    Part,
    Profile,
    Reach,
    Strength,
    explain,
    score,
    strength,
)
from katalysator.engine.matching.explanation import _said_in, busy
from katalysator.engine.text import Lexicon
from katalysator.engine.text.keyword import BUCKETS, grams
from tests.engine.makers import FEW, profiles, sides
from tests.examples import examples

NEED = Profile(
    "n",
    "Longscans herkennen",
    "Wij zoeken hulp bij beelden van longen",
    language="nl",
    areas=frozenset({"zorg", "data"}),
    regions=frozenset({"NL31"}),
    skills=("deep learning", "radiologie"),
    labels={"level": frozenset({"hbo", "wo"}), "stage": frozenset({"seed"})},
)
OFFER = Profile(
    "o",
    "Beelden herkennen",
    "Wij helpen met Deep Learning voor longen",
    language="nl",
    areas=frozenset({"zorg", "agro"}),
    regions=frozenset({"NL"}),
    labels={"level": frozenset({"wo", "mbo", "hbo"})},
)


def explained(
    need: Profile = NEED,
    offer: Profile = OFFER,
    *,
    pressure: float = 0.0,
    lexicon: Lexicon | None = None,
) -> Explanation:
    """As the whole way does it, for one pair."""
    asking, giving = sides([need], [offer])
    here = np.zeros(1, np.intp)
    scores = score(asking, giving, here, here)
    parts = {part: float(value[0]) for part, value in scores.parts.items()}
    meant = asking.meant(0), giving.meant(0)
    total = float(scores.total[0])
    return explain(need, offer, total, parts, concepts=meant, pressure=pressure, lexicon=lexicon)


# --- how good it is ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "step"),
    [
        (1.0, Strength.STRONG),
        (STRONG, Strength.STRONG),
        (STRONG - 1e-9, Strength.GOOD),
        (GOOD, Strength.GOOD),
        (GOOD - 1e-9, Strength.POSSIBLE),
        (POSSIBLE, Strength.POSSIBLE),
        (POSSIBLE - 1e-9, Strength.WEAK),
        (0.0, Strength.WEAK),
    ],
)
def test_a_chance_has_one_of_four_strengths(value: float, step: Strength) -> None:
    assert strength(value) is step
    assert explain(NEED, OFFER, value, {}).strength is step


@pytest.mark.parametrize(
    ("pressure", "step"),
    [
        (0.0, Busy.QUIET),
        (0.05, Busy.QUIET),
        (0.051, Busy.WANTED),
        (0.399, Busy.WANTED),
        (0.4, Busy.CROWDED),
        (1.0, Busy.CROWDED),
    ],
)
def test_pressure_has_one_of_three_steps(pressure: float, step: Busy) -> None:
    assert busy(pressure) is step
    assert explained(pressure=pressure).busy is step


# --- facts ---------------------------------------------------------------------------------------


@FEW
@given(profiles(), profiles())
def test_every_fact_is_true_of_the_two_profiles(need: Profile, offer: Profile) -> None:
    facts = explained(need, offer)
    assert set(facts.shared_skills) | set(facts.skills_to_ask) <= set(need.skills)
    assert not set(facts.shared_skills) & set(facts.skills_to_ask)
    assert set(facts.shared_areas) == need.areas & offer.areas
    assert all(word in offer.said.lower() and len(word) >= 5 for word in facts.shared_words)
    assert all(word in need.said.lower() for word in facts.shared_words)
    assert len(facts.shared_words) <= 3
    assert len(facts.shared_concepts) <= 3
    for name, shared in facts.shared_labels:
        assert set(shared) == need.labels[name] & offer.labels[name]
    for name, (low, high) in facts.shared_ranges:
        (mine, its), (least, most) = need.ranges[name], offer.ranges[name]
        assert (low, high) == (max(mine, least), min(its, most))
    assert (facts.region is None) == (not need.regions or not offer.regions)
    assert facts.languages_differ == (need.language != offer.language)


@FEW
@given(profiles(), profiles())
def test_no_reason_contradicts_the_strength(need: Profile, offer: Profile) -> None:
    """The strength is that of the chance, and what speaks for a pair speaks for it in its parts."""
    asking, giving = sides([need], [offer])
    here = np.zeros(1, np.intp)
    found = score(asking, giving, here, here)
    facts = explained(need, offer)
    assert facts.strength is strength(float(found.total[0]))
    assert not facts.shared_concepts or found.parts[Part.CONCEPTS][0] > 0
    assert facts.astray == (found.parts[Part.DIRECTION][0] < -0.5)


def test_shared_words_are_the_long_ones_in_the_order_of_the_need() -> None:
    need = replace(NEED, skills=())
    assert explained(need).shared_words == ("herkennen", "beelden", "longen")


def test_one_shared_concept_leaves_room_for_shared_words_and_two_do_not_nor_does_a_skill() -> None:
    one, two = "hulp na een beroerte", "hulp na een beroerte bij diabetes"
    said = [explained(Profile("n", each), Profile("o", each)) for each in (one, two)]
    assert [len(each.shared_concepts) for each in said] == [1, 2]
    assert [each.shared_words for each in said] == [("beroerte",), ()]
    assert explained().shared_skills
    assert explained().shared_words == ()


@examples(100)
@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=20), max_size=3))
def test_letter_groups_that_were_read_before_tell_the_same(said: str, skills: list[str]) -> None:
    need = replace(NEED, skills=(*skills, "beeldherkenning"))
    offer = Profile("o", said, f"{said} beelden", language="nl")
    assert explain(need, offer, 0.5, {}, letters=grams(offer.said)) == explain(need, offer, 0.5, {})


def test_areas_and_labels_in_common_come_in_order() -> None:
    facts = explained()
    assert facts.shared_areas == ("zorg",)
    assert facts.shared_labels == (("level", ("hbo", "wo")),)


def test_intervals_that_both_state_are_told_with_what_they_share() -> None:
    need, offer = (
        replace(each, ranges={"ticket": interval})
        for each, interval in ((NEED, (10.0, np.inf)), (OFFER, (-np.inf, 50.0)))
    )
    assert explained(need, offer).shared_ranges == (("ticket", (10.0, 50.0)),)
    assert explained(need).shared_ranges == ()


@pytest.mark.parametrize(
    ("regions", "fits"),
    [({"NL31"}, Reach.SAME), ({"NL"}, Reach.WIDER), ({"NL32"}, Reach.OTHER), (set(), None)],
)
def test_regions_meet_or_not_or_are_not_stated(regions: set[str], fits: Reach | None) -> None:
    assert explained(offer=replace(OFFER, regions=frozenset(regions))).region is fits


def test_languages_differ_only_where_both_are_known() -> None:
    assert explained(offer=replace(OFFER, language="en")).languages_differ
    assert not explained().languages_differ
    assert not explained(offer=replace(OFFER, language="")).languages_differ


def test_an_offer_that_asks_is_said_to_go_astray() -> None:
    asks = replace(OFFER, title="Gezocht: beelden", text="Wij zoeken scans. Wie heeft ze?")
    assert explained(offer=asks).astray
    assert not explained().astray


# --- skills --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("skill", "said", "language"),
    [
        ("deep learning", "Wij doen Deep Learning", "nl"),
        ("machine learning", "Learning for machines: machine-learning", "en"),
        ("robot", "Wij bouwen robots", "nl"),
        ("robots", "We build a robot", "en"),
    ],
)
def test_a_skill_is_told_where_its_words_stand_in_the_offer_whatever_their_endings(
    skill: str, said: str, language: str
) -> None:
    need = replace(NEED, skills=(skill,))
    facts = explained(need, Profile("o", said, language=language))
    assert (facts.shared_skills, facts.skills_to_ask) == ((skill,), ())


@pytest.mark.parametrize(
    ("skill", "said", "language"),
    [
        ("beeldherkenning", "Wij doen beeldherkenningssystemen", "nl"),
        ("deep learning", "Wij bouwen neurale netwerken", "nl"),
        ("beeldherkenning", "We do image recognition", "en"),
        ("klinische validatie", "We offer clinical validation", "en"),
        ("asr", "Speech recognition for care", "en"),
    ],
)
def test_a_skill_that_is_meant_in_other_words_is_neither_told_nor_asked_for(
    skill: str, said: str, language: str
) -> None:
    need = replace(NEED, skills=(skill,))
    facts = explained(need, Profile("o", said, language=language))
    assert (facts.shared_skills, facts.skills_to_ask) == ((), ())


@pytest.mark.parametrize("said", ["Wij maken roosters", "Wij doen machine learning", "diep water"])
def test_a_skill_that_the_offer_does_not_say_is_asked_for(said: str) -> None:
    need = replace(NEED, skills=("deep learning",))
    facts = explained(need, Profile("o", said, language="nl"))
    assert (facts.shared_skills, facts.skills_to_ask) == ((), ("deep learning",))


def test_in_another_language_only_what_a_concept_tells_apart_is_asked_for() -> None:
    need = replace(NEED, skills=("porositeit", "diabetes"), language="nl")
    facts = explained(need, Profile("o", "We measure porosity of castings", language="en"))
    assert facts.skills_to_ask == ("diabetes",)


def test_skills_are_told_in_the_order_of_the_need() -> None:
    facts = explained()
    assert facts.shared_skills == ("deep learning",)
    assert facts.skills_to_ask == ("radiologie",)
    assert explained(NEED, replace(NEED, key="o")).shared_skills == NEED.skills


# --- concepts ------------------------------------------------------------------------------------


SAID = (
    "Hulp na een beroerte",
    "Zorg bij een CVA, en bij beroertes. Wie een beroerte kreeg belt ons!",
    "Warmtepompen en windparken: voorspellend onderhoud",
    "Predictive maintenance of heat pumps in a wind farm",
    "spraakherkenning | speech recognition | spraak",
    "Wij maken diabeteszorg met taalmodellen, en language models voor diabetes",
)
"""Pieces of texts that say a concept in several ways, one surer than the other."""


def told(need: str, offer: str, lexicon: Lexicon | None = None) -> list[str]:
    """The concepts that are told of two Dutch texts."""
    both = (Profile(key, text, language="nl") for key, text in (("n", need), ("o", offer)))
    return [each.concept.key for each in explained(*both, lexicon=lexicon).shared_concepts]


def counts(often: dict[str, int], texts: int = 1_000) -> Lexicon:
    """A lexicon in which concepts occur so often, and all others in ten texts."""
    thesaurus = bundled_thesaurus()
    found = np.array([often.get(each.key, 10) for each in thesaurus.concepts], np.int32)
    return Lexicon(np.zeros(BUCKETS, np.int32), found, texts)


def test_what_both_are_about_is_told() -> None:
    assert told("hulp na een beroerte", "zorg bij een CVA") == ["stroke"]
    assert told("hulp na een beroerte", "een windpark bouwen") == []


def test_the_rarest_concepts_are_told_first_and_three_at_most() -> None:
    text = "beroerte; diabetes; warmtepomp; spraakherkenning"
    often = {"stroke": 40, "diabetes": 5, "heat-pump": 20, "speech-recognition": 3}
    assert told(text, text, counts(often)) == ["speech-recognition", "diabetes", "heat-pump"]


def test_a_concept_of_a_quarter_of_all_texts_is_not_told() -> None:
    text = "beroerte; diabetes"
    assert told(text, text, counts({"stroke": 300})) == ["diabetes"]


def test_a_concept_that_may_be_meant_is_not_told() -> None:
    """A label of two concepts names neither for sure."""
    thesaurus = bundled_thesaurus()
    shared = {thesaurus.row["yield-scrap"]: 0.5, thesaurus.row["stroke"]: 1.0}
    text = Profile("n", "uitval na een beroerte", language="nl")
    found = explain(text, text, 0.5, {}, concepts=(shared, shared)).shared_concepts
    assert [each.concept.key for each in found] == ["stroke"]


def test_a_concept_is_told_with_the_words_of_both_sides_that_say_so() -> None:
    need, offer = (
        Profile("n", "hulp na een beroerte", language="nl"),
        Profile("o", "zorg bij een CVA"),
    )
    (shared,) = explained(need, replace(offer, language="nl")).shared_concepts
    assert (shared.need, shared.offer) == ("beroerte", "CVA")


@examples(100)
@given(st.data())
def test_a_text_that_is_read_no_further_than_needed_says_the_same_words(
    data: st.DataObject,
) -> None:
    """In whatever order they are asked for, and where what is kept of it is rounded."""
    told = tuple(data.draw(st.lists(st.sampled_from(SAID), min_size=1, max_size=4)))
    language = data.draw(st.sampled_from(["nl", "en", ""]))
    mentions = concept_reader(bundled_thesaurus()).mentions(told, language)
    meant = {row: round(mention.weight, 3) for row, mention in mentions.items()}
    said = _said_in.__wrapped__(bundled_thesaurus(), told, language)
    for row in data.draw(st.permutations(sorted(meant))):
        assert said.of(row, meant) == mentions[row].said
    assert said.of(-1, {-1: 1.0}) == ""


def test_what_nobody_says_is_not_told_whatever_was_once_read() -> None:
    shared = {bundled_thesaurus().row["stroke"]: 1.0}
    assert explain(NEED, OFFER, 0.5, {}, concepts=(shared, shared)).shared_concepts == ()


@given(st.permutations(("deep learning", "machine learning", "kunstmatige intelligentie")))
def test_of_a_concept_and_those_above_it_the_narrowest_is_told(labels: list[str]) -> None:
    assert told("; ".join(labels), "; ".join(labels)) == ["deep-learning"]


def test_without_concepts_none_are_told() -> None:
    assert explain(NEED, OFFER, 0.5, {}).shared_concepts == ()


@pytest.mark.parametrize("nothing", ["nvt", "n.v.t.", "geen", "None", "-"])
def test_a_word_for_none_is_no_skill_to_ask_for(nothing: str) -> None:
    need, offer = Profile("n", "Longscans", skills=(nothing, "mlops")), Profile("o", "Muziekles")
    assert explain(need, offer, 0.3, {}).skills_to_ask == ("mlops",)
