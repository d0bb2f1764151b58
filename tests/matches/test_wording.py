"""Explanations as sentences: each says a fact, and nothing where there is none."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from django.utils.translation import override

from katalysator.engine.concepts import Concept
from katalysator.engine.matching import Busy, Explanation, Part, Reach, SharedConcept, Strength
from katalysator.matches import wording

MAINTENANCE = SharedConcept(
    Concept("predictive-maintenance", {"en": ("predictive maintenance",)}),
    need="storingen voorspellen",
    offer="predictive maintenance",
)
BARE = Explanation(
    strength=Strength.WEAK,
    shared_concepts=(),
    shared_words=(),
    shared_skills=(),
    skills_to_ask=(),
    shared_areas=(),
    shared_labels=(),
    shared_ranges=(),
    region=None,
    languages_differ=False,
    astray=False,
    busy=Busy.QUIET,
)
RICH = replace(
    BARE,
    strength=Strength.STRONG,
    shared_concepts=(MAINTENANCE,),
    shared_skills=("python", "ethics", "radiology"),
    shared_areas=("health", "data"),
    shared_labels=(("level", ("hbo", "wo")),),
    region=Reach.SAME,
)
LACKING = replace(
    BARE,
    skills_to_ask=("python", "ethics"),
    region=Reach.OTHER,
    languages_differ=True,
    astray=True,
)


@pytest.fixture(params=["nl", "en"])
def spoken(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each language in turn."""
    with override(request.param):
        yield


def test_what_fits_in_english() -> None:
    assert wording.fits(RICH) == (
        "Very likely of use; “storingen voorspellen” relates to “predictive maintenance”; mentions python, ethics and radiology; "
        "same area: health and data; agrees on level “hbo”/“wo”; in the same region."
    )


def test_what_fits_in_dutch() -> None:
    with override("nl"):
        assert wording.fits(RICH) == (
            "Heel waarschijnlijk nuttig; “storingen voorspellen” hangt samen met “predictive maintenance”; noemt python, ethics en radiology; "
            "zelfde gebied: health en data; past bij level “hbo”/“wo”; in dezelfde regio."
        )


def test_shared_words_are_quoted() -> None:
    facts = replace(BARE, shared_words=("longen", "beelden"))
    assert wording.fits(facts) == "Both mention “longen” and “beelden”."


def test_a_shared_word_stands_beside_a_shared_concept() -> None:
    one = replace(BARE, shared_concepts=(MAINTENANCE,), shared_words=("longen",))
    assert wording.fits(one).endswith("“predictive maintenance”; both mention “longen”.")


def test_a_shared_concept_is_told_in_the_words_of_both_the_reader_first() -> None:
    facts = replace(BARE, shared_concepts=(MAINTENANCE,))
    theirs = "“predictive maintenance” relates to “storingen voorspellen”."
    assert wording.fits(facts, reader="offer") == theirs


def test_where_both_use_the_same_words_these_are_told_once() -> None:
    alike = MAINTENANCE._replace(need="Digital twin", offer="digital twin")
    facts = replace(BARE, shared_concepts=(alike, alike), shared_words=("Digital twin",))
    assert wording.fits(facts) == "Both mention “Digital twin”."


def test_what_to_ask_in_english() -> None:
    assert wording.missing(LACKING) == (
        "The text seems to ask for something itself. Discuss with them: python and ethics. "
        "Ask whether they also work in your region. The texts are in different languages."
    )
    assert wording.missing(LACKING, reader="offer") == (
        "The text of this offer seems to ask for something itself. They also ask for python and "
        "ethics: can you say something about that? They are in another region: can you reach them? "
        "The texts are in different languages."
    )


def test_what_to_ask_in_dutch() -> None:
    with override("nl"):
        assert wording.missing(LACKING) == (
            "De tekst lijkt zelf iets te vragen. Bespreek met hen: python en ethics. "
            "Vraag of ze ook in jouw regio werken. De teksten zijn in verschillende talen."
        )


@pytest.mark.usefixtures("spoken")
def test_a_region_is_praised_or_missed_only_where_both_state_theirs() -> None:
    near, far = replace(BARE, region=Reach.SAME), replace(BARE, region=Reach.OTHER)
    assert wording.fits(far) == wording.fits(BARE)
    assert wording.fits(near) != wording.fits(BARE)
    assert wording.missing(near) == wording.missing(BARE) == ""
    assert wording.missing(far)


def test_an_offer_that_reaches_the_region_from_around_it_is_said_to_cover_it() -> None:
    wider = replace(BARE, region=Reach.WIDER)
    assert wording.fits(wider) == "Covers the region."
    with override("nl"):
        assert wording.fits(wider) == "Bestrijkt de regio."


def test_an_offer_from_a_part_of_the_region_is_said_to_be_there() -> None:
    inside = replace(BARE, region=Reach.INSIDE)
    assert wording.fits(inside) == "In a part of the region."
    with override("nl"):
        assert wording.fits(inside) == "In een deel van de regio."


def test_a_weak_match_tells_facts_only_and_says_so_where_there_are_none() -> None:
    nothing = "Found by what the texts mean as a whole."
    assert wording.fits(BARE) == nothing
    assert wording.fits(replace(BARE, shared_words=("longen",))) == "Both mention “longen”."


def test_areas_with_an_and_of_their_own_stand_between_quotes() -> None:
    class Called(wording.Names):
        def area(self, value: str) -> str:
            return {"energy": "Energy", "water": "Water and climate"}[value]

    facts = replace(BARE, shared_areas=("energy", "water"))
    said = wording.fits(facts, Called())
    assert said == "Same area: “Energy” and “Water and climate”."


def test_another_language_alone_is_a_sentence_of_its_own() -> None:
    facts = replace(BARE, languages_differ=True)
    assert wording.missing(facts) == "The texts are in different languages."


@pytest.mark.usefixtures("spoken")
def test_where_there_is_nothing_to_say_nothing_is_said() -> None:
    assert wording.missing(RICH) == ""


def test_names_are_those_of_the_reader() -> None:
    class Called(wording.Names):
        def area(self, value: str) -> str:
            return f"area:{value}"

        def choices(self, term: str, shared: Sequence[str]) -> str:
            return f"{term} " + wording.either([f"{term}:{each}" for each in shared])

        def interval(self, term: str, shared: tuple[float, float]) -> str:
            return f"{term} from {shared[0]:.0f} to {shared[1]:.0f}" if term == "ticket" else ""

    names = Called()
    near = replace(RICH, shared_ranges=(("ticket", (5.0, 9.0)), ("period", (1.0, 2.0))))
    assert "agrees on level “level:hbo”/“level:wo” and ticket from 5 to 9;" in wording.fits(
        near, names
    )
    assert "area:health and area:data" in wording.fits(RICH, names)
    assert "level “level:hbo”/“level:wo”" in wording.fits(RICH, names)


@pytest.mark.usefixtures("spoken")
def test_the_reason_is_all_of_it_in_a_line() -> None:
    facts = replace(LACKING, busy=Busy.WANTED)
    sentences = [wording.fits(facts), wording.missing(facts), wording.pressure(facts)]
    assert wording.reason(facts) == " ".join(sentences)
    assert "\n" not in wording.reason(facts)


@pytest.mark.usefixtures("spoken")
def test_the_reason_of_a_quiet_offer_does_not_speak_of_others() -> None:
    assert wording.reason(BARE) == wording.fits(BARE)
    assert wording.pressure(BARE)


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [(0.0, "+0,0", "+0.0"), (-0.25, "−0,2", "−0.2"), (3.14, "+3,1", "+3.1")],
)
def test_odds_have_a_decimal_and_a_sign_in_the_way_of_the_language(
    value: float, dutch: str, english: str
) -> None:
    with override("en"):
        assert wording.odds_label(value) == english
    with override("nl"):
        assert wording.odds_label(value) == dutch


@pytest.mark.parametrize(
    ("chance", "label"), [(0.0, "1%"), (0.254, "25%"), (0.7, "70%"), (0.9999, "99%")]
)
def test_a_chance_is_in_per_cents_and_never_certain(chance: float, label: str) -> None:
    assert wording.chance_label(chance) == label


@pytest.mark.usefixtures("spoken")
def test_every_step_and_part_has_a_word_of_its_own() -> None:
    strengths = {wording.strength_label(strength) for strength in Strength}
    parts = {wording.part_label(part) for part in Part}
    crowds = {wording.pressure(replace(BARE, busy=busy)) for busy in Busy}
    subjects = {wording.fits(replace(BARE, strength=strength)) for strength in Strength}
    assert (len(strengths), len(subjects), len(crowds)) == (4, 4, 3)
    assert len(parts) == len(Part)
    assert all((*strengths, *parts, *crowds, *subjects))


def test_the_two_languages_say_it_differently() -> None:
    facts = replace(LACKING, shared_areas=("x",), busy=Busy.CROWDED)
    english = wording.reason(facts)
    with override("nl"):
        dutch = wording.reason(facts)
    assert not set(dutch.split(". ")) & set(english.split(". "))
