"""Whom an organisation never meets: nobody else finds out, whatever they read or try."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from katalysator.coalition.founding.verbs import take_along
from katalysator.coalition.models import Person
from katalysator.core.personal_data import held_of
from katalysator.faults import Conflict
from katalysator.introductions import verbs
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.wishes import verbs as wishes
from tests import builders
from tests.attack.steps import inside
from tests.introductions.steps import Pair
from tests.matches.steps import match_all
from tests.programs import Program

pytestmark = pytest.mark.django_db

ONCE = re.compile(r'value="[A-Za-z0-9]{64}"|nonce="[^"]+"|"X-CSRFToken": "[^"]+"')
"""What is another each time that a page is shown."""


@pytest.fixture
def pair() -> Pair:
    """Two that match."""
    made = Pair.new()
    match_all()
    return made


def wish(pair: Pair) -> None:
    """The giver never meets the asker, and is on pause."""
    giving = pair.offer.organisation
    wishes.avoid(giving, pair.need.organisation, by=builders.HOUSE)
    wishes.pause(giving, by=builders.HOUSE, until=timezone.localdate() + timedelta(days=9))


def told(pair: Pair, person: Person) -> list[str]:
    """All that somebody reads about the two."""
    client, program = inside(person), Program(person)
    giving, asking = (each.organisation.slug for each in (pair.offer, pair.need))
    pages = [f"organisations/{giving}", f"organisations/{asking}", "introductions", "account"]
    pages += [f"listings/{each.pk}" for each in (pair.offer, pair.need)]
    pages += [f"listings/{pair.offer.pk}/introduce", f"organisations/{giving}/meeting"]
    pages += ["bureau", "bureau/introductions", "bureau/week", f"bureau/notes/{giving}"]
    texts = [client.get(f"/en/{each}/", follow=True).content.decode() for each in pages]
    api = ("meeting", "commitments", "invitations")
    texts += [program("GET", f"/organisations/{giving}/{each}").content.decode() for each in api]
    return [ONCE.sub("", each) for each in (*texts, str(held_of(person)["introductions"]))]


@pytest.mark.parametrize("who", ["on the list", "of nobody", "the bureau"])
def test_nobody_reads_anything_else_than_before(pair: Pair, who: str) -> None:
    people = {
        "on the list": pair.asker,
        "of nobody": builders.person(),
        "the bureau": builders.person(is_coordinator=True),
    }
    before = told(pair, people[who])
    wish(pair)
    assert told(pair, people[who]) == before


def test_what_the_coalition_takes_along_does_not_hold_it(pair: Pair, tmp_path: Path) -> None:
    wish(pair)
    take_along(tmp_path, by=builders.HOUSE, with_people=True)
    names = {each.stem for each in tmp_path.iterdir()}
    assert not {each for each in names if "never" in each or "pause" in each}
    (events,) = tmp_path.glob("events.csv")
    lines = [each for each in events.read_text("utf-8").splitlines() if "wish." in each]
    assert len(lines) == 2
    slugs = (pair.need.organisation.slug, pair.offer.organisation.slug)
    assert not [each for each in lines for slug in slugs if slug in each]


def test_who_hides_learns_it_no_more_than_others(pair: Pair) -> None:
    """Nor does who never meets it learn that it was there."""
    wishes.avoid(pair.offer.organisation, pair.need.organisation, by=builders.HOUSE)
    with pytest.raises(Conflict) as refused:
        verbs.propose(pair.sides(described="een ziekenhuis"), by=pair.asker)
    assert refused.value.code == "takes-no-proposals"
    assert inside(pair.giver).get("/en/introductions/").context["rows"] == []


def test_of_three_nobody_learns_which_two_it_is(pair: Pair) -> None:
    other = MeetingSide(organisation=builders.organisation())
    wishes.avoid(pair.offer.organisation, other.organisation, by=builders.HOUSE)
    with pytest.raises(Conflict) as refused:
        verbs.propose([*pair.sides(), other], by=pair.asker)
    said = str(refused.value)
    assert not [name for name in ("Voorbeeldgever", other.organisation.name) if name in said]
