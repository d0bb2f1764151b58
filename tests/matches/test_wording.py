"""Explanations as sentences: each says a fact, and nothing where there is none."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from django.utils.translation import override

from katalysator.engine.matching import Busy, Change, Explanation, Part, Reach, Strength
from katalysator.matches import wording

BARE = Explanation(
    strength=Strength.WEAK,
    subject=Strength.WEAK,
    shared_words=(),
    shared_skills=(),
    missing_skills=(),
    shared_areas=(),
    missing_areas=(),
    shared_labels=(),
    shared_ranges=(),
    region=None,
    areas_unstated=False,
    languages_differ=False,
    astray=False,
    change=None,
    busy=Busy.QUIET,
)
RICH = replace(
    BARE,
    subject=Strength.STRONG,
    shared_words=("longen",),
    shared_skills=("python", "ethics", "radiology"),
    shared_areas=("health", "data"),
    shared_labels=(("level", ("hbo", "wo")),),
    region=Reach.SAME,
)
LACKING = replace(
    BARE,
    missing_skills=("python", "ethics"),
    missing_areas=("health",),
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
        "Is about the same thing; offers python, ethics and radiology; same area: health and data; "
        "agrees on level “hbo”/“wo”; in the same region."
    )


def test_what_fits_in_dutch() -> None:
    with override("nl"):
        assert wording.fits(RICH) == (
            "Gaat over hetzelfde; biedt python, ethics en radiology; zelfde gebied: health en data; "
            "past bij level “hbo”/“wo”; in dezelfde regio."
        )


def test_shared_words_are_quoted_where_no_skill_is_shared() -> None:
    facts = replace(BARE, shared_words=("longen", "beelden"))
    assert wording.fits(facts).endswith("; both mention “longen” and “beelden”.")
    assert "longen" not in wording.fits(RICH)


def test_what_is_missing_in_english() -> None:
    assert wording.missing(LACKING) == (
        "The text seems to ask for something itself; does not mention python and ethics; "
        "does not name health; is in another region. The texts are in different languages."
    )


def test_what_is_missing_in_dutch() -> None:
    with override("nl"):
        assert wording.missing(LACKING) == (
            "De tekst lijkt zelf iets te vragen; noemt python en ethics niet; "
            "noemt health niet; zit in een andere regio. De teksten zijn in verschillende talen."
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
    assert wording.fits(wider).endswith("; covers the region.")
    with override("nl"):
        assert wording.fits(wider).endswith("; bestrijkt de regio.")


def test_areas_that_nobody_stated_are_said_to_be_missing() -> None:
    bare = replace(BARE, areas_unstated=True)
    assert wording.missing(bare) == "Areas are not stated."
    with override("nl"):
        assert wording.missing(bare) == "Gebieden zijn niet vermeld."


def test_areas_with_an_and_of_their_own_stand_between_quotes() -> None:
    class Called(wording.Names):
        def area(self, value: str) -> str:
            return {"energy": "Energy", "water": "Water and climate"}[value]

    facts = replace(BARE, missing_areas=("energy", "water"))
    said = wording.missing(facts, Called())
    assert said == "Does not name “Energy” and “Water and climate”."


def test_another_language_alone_is_a_sentence_of_its_own() -> None:
    facts = replace(BARE, languages_differ=True)
    assert wording.missing(facts) == "The texts are in different languages."


@pytest.mark.usefixtures("spoken")
def test_where_there_is_nothing_to_say_nothing_is_said() -> None:
    assert wording.missing(RICH) == ""
    assert wording.change(RICH) == ""


@pytest.mark.parametrize(
    ("change", "dutch", "english"),
    [
        (
            Change(Part.SKILLS, 0.7234, ("python", "ethics")),
            "Met python en ethics erbij wordt de score 0,72.",
            "If it had python and ethics, the score would be 0.72.",
        ),
        (
            Change(Part.REGION, 0.8, ("NL31",)),
            "Ook bereikbaar in NL31? Dan wordt de score 0,80.",
            "Could it also be reached in NL31? Then the score would be 0.80.",
        ),
        (
            Change(Part.DIRECTION, 0.6),
            "Zegt de tekst wat er geboden wordt, dan wordt de score 0,60.",
            "If the text said what is offered, the score would be 0.60.",
        ),
        (
            Change(Part.PRESSURE, 0.555),
            "Zonder andere gegadigden was de score 0,56.",
            "Without others who want it, the score would have been 0.56.",
        ),
    ],
)
def test_what_would_change_it(change: Change, dutch: str, english: str) -> None:
    facts = replace(BARE, change=change)
    with override("en"):
        assert wording.change(facts) == english
    with override("nl"):
        assert wording.change(facts) == dutch


def test_names_are_those_of_the_reader() -> None:
    class Called(wording.Names):
        def area(self, value: str) -> str:
            return f"area:{value}"

        def region(self, code: str) -> str:
            return f"region:{code}"

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
    assert "area:health" in wording.missing(LACKING, names)
    far = replace(BARE, change=Change(Part.REGION, 0.8, ("NL31",)))
    assert "region:NL31" in wording.change(far, names)


@pytest.mark.usefixtures("spoken")
def test_the_reason_is_all_of_it_in_a_line() -> None:
    facts = replace(LACKING, change=Change(Part.PRESSURE, 0.5), busy=Busy.WANTED)
    sentences = [
        wording.fits(facts),
        wording.missing(facts),
        wording.change(facts),
        wording.pressure(facts),
    ]
    assert wording.reason(facts) == " ".join(sentences)
    assert "\n" not in wording.reason(facts)


@pytest.mark.usefixtures("spoken")
def test_the_reason_of_a_quiet_offer_does_not_speak_of_others() -> None:
    assert wording.reason(BARE) == wording.fits(BARE)
    assert wording.pressure(BARE)


@pytest.mark.parametrize(
    ("score", "dutch", "english"),
    [
        (0.0, "0,00", "0.00"),
        (-0.001, "0,00", "0.00"),
        (-0.25, "−0,25", "−0.25"),
        (0.999, "1,00", "1.00"),
    ],
)
def test_numbers_have_two_decimals_and_the_sign_of_the_language(
    score: float, dutch: str, english: str
) -> None:
    with override("en"):
        assert wording.score_label(score) == english
    with override("nl"):
        assert wording.score_label(score) == dutch


@pytest.mark.usefixtures("spoken")
def test_every_step_and_part_has_a_word_of_its_own() -> None:
    strengths = {wording.strength_label(strength) for strength in Strength}
    parts = {wording.part_label(part) for part in Part}
    crowds = {wording.pressure(replace(BARE, busy=busy)) for busy in Busy}
    subjects = {wording.fits(replace(BARE, subject=strength)) for strength in Strength}
    assert len(strengths) == len(crowds) == len(subjects) == 3
    assert len(parts) == len(Part)
    assert all((*strengths, *parts, *crowds, *subjects))


def test_the_two_languages_say_it_differently() -> None:
    facts = replace(
        LACKING, shared_areas=("x",), change=Change(Part.PRESSURE, 0.5), busy=Busy.CROWDED
    )
    english = wording.reason(facts)
    with override("nl"):
        dutch = wording.reason(facts)
    assert not set(dutch.split(". ")) & set(english.split(". "))
