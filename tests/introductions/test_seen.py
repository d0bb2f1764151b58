"""Who is who is told when all, and oneself, said yes: on pages, in letters, lists and histories."""

from collections.abc import Iterator

import pytest
from django.core import mail
from django.test import Client

from katalysator.coalition.models import Person
from katalysator.core.actors import CLOCK
from katalysator.introductions import tasks, together, verbs
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.models import Introduction
from katalysator.introductions.seen import seen_parties, with_parties
from katalysator.introductions.thread.verbs import say
from tests import builders
from tests.attack.steps import inside
from tests.introductions.steps import Pair, third

pytestmark = pytest.mark.django_db

DESCRIBED = "een ziekenhuis in het oosten"


@pytest.fixture
def pair() -> Pair:
    return Pair.new()


@pytest.fixture
def hidden(pair: Pair) -> Introduction:
    """Proposed by who does not show who it is."""
    return verbs.propose(pair.sides(described=DESCRIBED), by=pair.asker)


def names(introduction: Introduction, person: Person) -> list[str]:
    found = with_parties(Introduction.objects.all()).get(pk=introduction.pk)
    return [each.name for each in seen_parties(found, person)]


def emails(introduction: Introduction, person: Person) -> list[str]:
    found = with_parties(Introduction.objects.all()).get(pk=introduction.pk)
    return [each.contact.email for each in seen_parties(found, person) if each.contact]


def pages(person: Person, introduction: Introduction, *more: str) -> Iterator[str]:
    client = inside(person)
    for address in (
        f"/en/introductions/{introduction.pk}/",
        "/en/introductions/",
        "/en/account/",
        *more,
    ):
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        yield answer.content.decode()


class TestHidden:
    def test_the_other_reads_a_description(self, pair: Pair, hidden: Introduction) -> None:
        assert names(hidden, pair.giver) == ["Voorbeeldgever", DESCRIBED]
        assert names(hidden, pair.asker) == ["Voorbeeldzoeker", "Voorbeeldgever"]
        for page in pages(pair.giver, hidden, pair.offer.get_absolute_url()):
            assert "Voorbeeldzoeker" not in page
            assert pair.asker.email not in page

    def test_the_bureau_knows_who_it_brings_together(self, hidden: Introduction) -> None:
        bureau = builders.person(is_coordinator=True)
        assert set(names(hidden, bureau)) == {"Voorbeeldzoeker", "Voorbeeldgever"}

    def test_a_no_leaves_it_so(self, pair: Pair, hidden: Introduction) -> None:
        verbs.decline(Pair.of(hidden, pair.giver), by=pair.giver, reason="time")
        assert names(hidden, pair.giver) == ["Voorbeeldgever", DESCRIBED]

    def test_and_so_do_silence_and_taking_it_back(self, pair: Pair, hidden: Introduction) -> None:
        verbs.lapse(hidden, by=CLOCK)
        assert names(hidden, pair.giver) == ["Voorbeeldgever", DESCRIBED]

    def test_a_yes_of_all_tells(self, pair: Pair, hidden: Introduction) -> None:
        verbs.accept(Pair.of(hidden, pair.giver), by=pair.giver)
        assert names(hidden, pair.giver) == ["Voorbeeldgever", "Voorbeeldzoeker"]
        assert emails(hidden, pair.giver) == [pair.giver.email, pair.asker.email]

    def test_who_is_asked_along_reads_it_after_a_yes_of_its_own(
        self, pair: Pair, hidden: Introduction
    ) -> None:
        verbs.accept(Pair.of(hidden, pair.giver), by=pair.giver)
        organisation, somebody = third()
        joined = verbs.ask_along(hidden, MeetingSide(organisation=organisation), by=pair.giver)
        assert names(hidden, somebody) == ["Voorbeeldderde", DESCRIBED, "Voorbeeldgever"]
        assert emails(hidden, somebody) == []
        verbs.accept(joined, by=somebody)
        assert names(hidden, somebody) == ["Voorbeeldderde", "Voorbeeldzoeker", "Voorbeeldgever"]

    def test_nothing_gives_it_away_where_the_other_proposes_the_same(
        self, pair: Pair, hidden: Introduction
    ) -> None:
        """Who said no to somebody without a name may propose to that same party, and learns nothing of it."""
        verbs.decline(Pair.of(hidden, pair.giver), by=pair.giver, reason="time")
        assert verbs.propose(pair.sides(), by=pair.giver).state == "proposed"

    def test_a_hidden_party_says_something_of_itself(self, pair: Pair) -> None:
        client = inside(pair.asker)
        address = f"/en/listings/{pair.offer.pk}/introduce/"
        typed = {"own": f"listing-{pair.need.pk}", "is_anonymous": "on"}
        assert client.post(address, typed).status_code == 422
        assert client.post(address, {**typed, "described": DESCRIBED}).status_code == 302


class TestAddresses:
    def test_nobody_has_one_before_all_said_yes(self, pair: Pair) -> None:
        made = pair.proposed()
        assert emails(made, pair.giver) == []
        assert emails(made, pair.asker) == [pair.asker.email]

    def test_nor_after_leaving(self, pair: Pair) -> None:
        made = pair.introduced()
        together.stop(made, by=pair.giver, reason="time")
        assert emails(made, pair.giver) == []

    def test_the_bureau_reads_no_messages(self, pair: Pair) -> None:
        made, bureau = pair.introduced(), builders.person(is_coordinator=True)
        say(made, by=pair.asker, text="Onder ons gezegd.")
        page = inside(bureau).get(f"/en/introductions/{made.pk}/").content.decode()
        assert "Onder ons" not in page
        assert "Voorbeeldgever" in page
        assert (
            "Onder ons" in inside(pair.giver).get(f"/en/introductions/{made.pk}/").content.decode()
        )

    def test_others_see_nothing(self, pair: Pair) -> None:
        made, (_organisation, somebody) = pair.introduced(), third()
        for client in (inside(somebody), inside(builders.person())):
            assert client.get(f"/en/introductions/{made.pk}/").status_code == 404
            assert "Voorbeeldgever" not in client.get("/en/introductions/").content.decode()
        assert Client().get(f"/en/introductions/{made.pk}/").status_code == 302


class TestLetters:
    def test_a_proposal_tells_no_name_and_no_address(
        self, pair: Pair, hidden: Introduction
    ) -> None:
        tasks.tell(hidden.pk, "proposed", doer=pair.asker.pk)
        (letter,) = mail.outbox
        assert letter.to == [pair.giver.email]
        text = f"{letter.subject} {letter.body}"
        assert DESCRIBED in text
        assert "Voorbeeldzoeker" not in text
        assert pair.asker.email not in text

    def test_a_yes_of_all_tells_both_how_to_reach_each_other(self, pair: Pair) -> None:
        made = pair.introduced()
        tasks.tell(made.pk, "introduced", doer=pair.giver.pk)
        told = {letter.to[0]: str(letter.body) for letter in mail.outbox}
        assert pair.giver.email in told[pair.asker.email]
        assert pair.asker.email in told[pair.giver.email]

    def test_a_no_tells_who_asked(self, pair: Pair) -> None:
        made = pair.proposed()
        verbs.decline(Pair.of(made, pair.giver), by=pair.giver, reason="place")
        tasks.tell(made.pk, "over", doer=pair.giver.pk)
        (letter,) = mail.outbox
        assert letter.to == [pair.asker.email]
        assert "Verkeerde plaats" in str(letter.body) or "Wrong place" in str(letter.body)

    def test_a_message_goes_to_the_others(self, pair: Pair) -> None:
        said = say(pair.introduced(), by=pair.asker, text="Wanneer bellen we?")
        tasks.tell_message(said.pk)
        (letter,) = mail.outbox
        assert letter.to == [pair.giver.email]
        assert "Wanneer bellen we?" in str(letter.body)

    def test_nothing_goes_to_who_said_no(self, pair: Pair) -> None:
        made = pair.introduced()
        said = say(made, by=pair.asker, text="Hallo")
        together.stop(made, by=pair.giver, reason="time")
        tasks.tell_message(said.pk)
        assert not mail.outbox
