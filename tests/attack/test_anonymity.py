"""A party that does not show who it is yet: nobody finds out before all have said yes, whatever they try."""

from dataclasses import dataclass

import pytest
from django.core import mail

from katalysator.coalition.models import Membership, Person
from katalysator.core.personal_data import held_of
from katalysator.faults import Conflict
from katalysator.introductions import tasks, together, verbs
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.models import Introduction, Party
from katalysator.introductions.patience import PATIENCE
from katalysator.introductions.thread.verbs import say
from katalysator.listings import verbs as listings
from katalysator.listings.models import Kind, Listing
from tests import builders
from tests.attack.steps import inside
from tests.matches.steps import NEED, OFFER

pytestmark = pytest.mark.django_db

LETTERS = ("proposed", "recorded", "introduced", "over", "withdrawn", "agreed")


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who hides asked two others to meet: one with a need, one without."""

    hidden: Person
    one: Person
    other: Person
    need: Listing
    offer: Listing
    row: Introduction

    @property
    def traces(self) -> tuple[str, ...]:
        """All by which the party that hides is known."""
        owner = self.offer.organisation
        page = f"/listings/{self.offer.pk}/"
        said = (self.hidden.email, "Een schipper", self.offer.title, page)
        return (owner.name, owner.slug, *said)

    def party(self, person: Person) -> Party:
        """The party that this person speaks for."""
        found: Party = self.row.parties.spoken_for_by(person).select_related("introduction").get()
        return found

    def told(self, person: Person) -> set[str]:
        """Which traces somebody finds on pages, in letters and in what we hold of that person."""
        client = inside(person)
        row, need = f"introductions/{self.row.pk}", f"listings/{self.need.pk}"
        pages = ("introductions", row, "account", need, f"{need}/introduce")
        texts = [client.get(f"/en/{each}/", follow=True).content.decode() for each in pages]
        mail.outbox.clear()
        state = Introduction.objects.get().state
        for about in (*LETTERS, *([f"reminder-{state}"] if state in PATIENCE else [])):
            tasks.tell(self.row.pk, about)
        texts += [f"{each.subject} {each.body}" for each in mail.outbox if person.email in each.to]
        texts.append(str(held_of(person)))
        return {trace for trace in self.traces for text in texts if trace in text}


@pytest.fixture
def asked() -> Asked:
    hider = builders.presented(name="Verborgen Werf", slug="verborgen-werf")
    hidden, one, other = builders.person(hider), *_people()
    Membership.objects.filter(person=hidden).update(name="Een schipper")
    need = builders.listing(one.memberships.get().organisation, **NEED)
    offer = builders.listing(hider, Kind.OFFER, **OFFER)
    sides = [
        MeetingSide.of(offer, described="een werf in het noorden"),
        MeetingSide.of(need),
        MeetingSide(organisation=other.memberships.get().organisation),
    ]
    row = verbs.propose(sides, by=hidden, why="Kom eens kijken.")
    return Asked(hidden, one, other, need, offer, row)


def _people() -> list[Person]:
    return [builders.person(builders.presented(), language="en") for _ in range(2)]


class TestWhoIsTold:
    def test_nobody_that_is_asked_but_the_bureau(self, asked: Asked) -> None:
        colleague = builders.person(asked.need.organisation)
        for person in (asked.one, asked.other, colleague):
            assert asked.told(person) == set()
            page = inside(person).get(f"/en/introductions/{asked.row.pk}/").content.decode()
            assert "een werf in het noorden" in page
        bureau = builders.person(is_coordinator=True)
        assert asked.offer.organisation.name in asked.told(bureau)

    def test_not_who_said_yes_while_another_did_not(self, asked: Asked) -> None:
        verbs.accept(asked.party(asked.one), by=asked.one)
        assert asked.told(asked.one) == asked.told(asked.other) == set()

    def test_who_said_yes_once_all_that_remain_did_and_never_who_said_no(
        self, asked: Asked
    ) -> None:
        verbs.accept(asked.party(asked.one), by=asked.one)
        verbs.decline(asked.party(asked.other), by=asked.other, reason="time")
        say(asked.row, by=asked.hidden, text="Dag.")
        assert asked.told(asked.one) == set(asked.traces)
        assert asked.told(asked.other) == set()
        together.stop(asked.row, by=asked.one, reason="time")
        assert asked.told(asked.other) == set()

    @pytest.mark.parametrize("how", ["withdrawn", "lapsed", "called off"])
    def test_nobody_when_it_is_over_before_that(self, asked: Asked, how: str) -> None:
        verbs.accept(asked.party(asked.one), by=asked.one)
        match how:
            case "withdrawn":
                verbs.withdraw(asked.row, by=asked.hidden)
            case "lapsed":
                Party.objects.filter(pk=asked.party(asked.one).pk).update(
                    answer="", answered_at=None
                )
                verbs.lapse(asked.row, by=builders.HOUSE)
            case "called off":
                listings.move(asked.offer, "close", by=builders.HOUSE)
                listings.move(asked.need, "close", by=builders.HOUSE)
                verbs.call_off(asked.row, by=builders.HOUSE)
        assert not Introduction.objects.get().is_open
        assert asked.told(asked.one) == asked.told(asked.other) == set()


class TestWhoTries:
    def test_asking_along_tells_nothing_of_who_is_there(self, asked: Asked) -> None:
        verbs.accept(asked.party(asked.one), by=asked.one)
        said = set()
        for organisation in (asked.offer.organisation, builders.organisation()):
            with pytest.raises(Conflict) as refused:
                verbs.ask_along(asked.row, MeetingSide(organisation=organisation), by=asked.one)
            said.add(str(refused.value))
        assert len(said) == 1

    def test_a_yes_to_what_is_closed_tells_no_title(self, asked: Asked) -> None:
        listings.move(asked.offer, "close", by=builders.HOUSE)
        with pytest.raises(Conflict) as refused:
            verbs.accept(asked.party(asked.one), by=asked.one)
        assert asked.offer.title not in f"{refused.value} {refused.value.hint}"

    def test_who_said_no_may_ask_the_same_as_if_nothing_was(self) -> None:
        hidden, one = _people()
        need = builders.listing(one.memberships.get().organisation, **NEED)
        offer = builders.listing(hidden.memberships.get().organisation, Kind.OFFER, **OFFER)
        sides = [MeetingSide.of(offer, described="een werf"), MeetingSide.of(need)]
        row = verbs.propose(sides, by=hidden)
        mine = row.parties.spoken_for_by(one).get()
        verbs.decline(mine, by=one, reason="time")
        again = verbs.propose([MeetingSide.of(need), MeetingSide.of(offer)], by=one)
        assert (again.pk != row.pk, again.state) == (True, "proposed")
