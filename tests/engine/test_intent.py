"""What a text wants: the words with which people ask and give, in both languages."""

import pytest
from hypothesis import given, settings, strategies as st

from katalysator.engine.text import Direction, direction
from katalysator.engine.text.intent import leaning

CUES = ("wij zoeken", "we offer", "gezocht", "aangeboden", "kast", "looking for", ". ", "? ")
cued = st.lists(st.sampled_from(CUES), max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("title", "text", "wants"),
    [
        ("Stageplekken gevraagd", "Wij zoeken voor vier studenten een plek.", "seeks"),
        ("Wie kijkt mee?", "Wij zoeken een partij die ons model doorlicht.", "seeks"),
        ("Looking for a PhD position", "She wants a funded doctorate.", "seeks"),
        ("Help", "Who can build an optimiser for our duties?", "seeks"),
        ("Rekentijd te huur", "Wij bieden GPU-uren op aanvraag.", "gives"),
        ("Annotated scans", "We offer 4,000 scans, available on request.", "gives"),
        ("Workshop", "Inclusief oefenmateriaal; u krijgt een certificaat.", "gives"),
        ("Seed round", "Raising a seed round of 800,000 euros.", "seeks"),
        ("Pilot", "We would like to test this with a hospital.", "seeks"),
        ("Afdeling cardiologie", "De afdeling stelt zich open voor een proef.", "gives"),
        ("Port lab", "The quay is open for trials in spring.", "gives"),
        ("Longscans", "Beelden van longen, met aantekeningen.", "unclear"),
        ("Mentor", "I would like to help a young company.", "unclear"),
        ("Wie biedt een promotieplek?", "Net afgestudeerd in de bedrijfskunde.", "seeks"),
        ("Machinebouwer zoekt overbruggingskrediet", "Vijf ton voor onderdelen.", "seeks"),
        ("Stageplek voor student gezocht", "Van februari tot juni.", "seeks"),
        ("PhD position wanted", "I finished my master's in June.", "seeks"),
        ("Storingen eerder zien", "Wij zoeken uit welke onderdelen stukgaan.", "unclear"),
        ("Ondertitels", "When an interpreter is still needed.", "unclear"),
        # who looks for a student has a place to give
        ("Stagiair(e) gezocht", "Wij zoeken een student voor een half jaar.", "gives"),
        ("PhD candidate wanted", "Four years of work on tides.", "gives"),
        ("Intern wanted", "We need a health or nursing student in spring.", "gives"),
        ("Student seeks a policy internship", "I study public administration.", "seeks"),
        ("Lab", "Our lab looks for a PhD candidate.", "gives"),
        ("Lab", "We are searching for a PhD candidate.", "gives"),
        # who looks for a case to work on may ask or give
        ("Hackathonteam zoekt zorgvraagstuk", "Vijf studenten, een weekend.", "unclear"),
        ("Team", "We are looking for challenges about tides.", "unclear"),
        ("", "", "unclear"),
    ],
)
def test_what_a_text_wants(title: str, text: str, wants: Direction) -> None:
    assert direction(title, text) == wants


@settings(deadline=None)
@given(cued, cued)
def test_the_leaning_lies_between_asking_and_giving(title: str, text: str) -> None:
    lean = leaning(title, text)
    assert -1 < lean < 1
    words: dict[Direction, bool] = {"seeks": lean < -0.4, "gives": lean > 0.4}
    assert direction(title, text) == next((word for word, so in words.items() if so), "unclear")


def test_case_does_not_matter() -> None:
    assert leaning("WIJ ZOEKEN HULP", "") == leaning("wij zoeken hulp", "") < 0


def test_a_cue_inside_another_word_is_none() -> None:
    assert leaning("Onderzoeken", "Unwanted noise, onaangeboden kast.") == 0


def test_the_title_counts_double() -> None:
    assert leaning("Hulp gezocht", "") == pytest.approx(-2 / 3)
    assert leaning("", "Hulp gezocht") == pytest.approx(-1 / 2)


def test_each_further_cue_brings_more_certainty() -> None:
    one, two = leaning("", "Gezocht: hulp."), leaning("", "Gezocht: hulp, wij zoeken iemand.")
    assert -1 < two < one < 0


def test_asking_later_in_the_text_counts_as_a_question_only() -> None:
    told = "Wij meten bodemvocht. Klanten zijn vaak op zoek naar grip."
    asked = "Wij meten bodemvocht. Bent u op zoek naar grip?"
    assert leaning("", told) == 0
    assert leaning("", asked) < 0


def test_giving_counts_anywhere() -> None:
    assert leaning("", "Bodemvocht. Al jaren. De reeks is beschikbaar.") > 0


def test_asking_and_giving_weigh_against_each_other() -> None:
    assert leaning("Stage gevraagd", "") < leaning("Stage gevraagd", "Wij bieden koffie.") < 0
