"""What one has posted before is shown to who posts nearly the same, who may post it all the same."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries as MaxQueries

from katalysator.coalition.models import Organisation, Person
from katalysator.engine.matching import Profile, says_the_same
from katalysator.listings import verbs
from katalysator.listings.alike import alike, compared
from katalysator.listings.models import Kind, Listing
from katalysator.readings.texts import read_texts
from tests import builders
from tests.listings.said_twice import CHOSEN_ON, PAIRS, Pair, Said
from tests.programs import Program

pytestmark = pytest.mark.django_db

DUTCH: dict[str, Any] = {
    "language": "nl",
    "title": "Hulp bij het herkennen van onkruid met een drone",
    "text": "Onze drone maakt foto's van bietenvelden. Wie helpt ons onkruid te herkennen?",
}
ENGLISH: dict[str, Any] = {
    "language": "en",
    "title": "Help with recognising weeds from a drone",
    "text": "Our drone takes pictures of sugar beet fields. Who helps us recognise weeds?",
}
OTHER: dict[str, Any] = {
    "language": "nl",
    "title": "Samenvatten van bezwaarschriften",
    "text": "De gemeente wil bezwaarschriften laten samenvatten voor de commissie.",
}
PAGE = "/en/listings/new/need/expertise/"


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation()


@pytest.fixture
def member(owner: Organisation, client: Client) -> Person:
    person = builders.person(owner)
    client.force_login(person)
    return person


def found(pair: Pair) -> bool:
    profiles = [
        Profile(key=title, language=language, title=title, text=text, skills=())
        for language, title, text in (pair.first, pair.second)
    ]
    (one, other), _new = read_texts(profiles)
    return says_the_same(
        compared(one, Listing(language=pair.first[0])),
        compared(other, Listing(language=pair.second[0])),
    )


def test_how_well_it_does_on_pairs_that_it_was_not_chosen_on() -> None:
    """Twelve of twelve that are the same, half of them in two languages; one of twelve others is taken for the same."""
    told = [found(pair) for pair in PAIRS]
    right = sum(told[row] for row, pair in enumerate(PAIRS) if pair.is_same)
    assert (right, sum(pair.is_same for pair in PAIRS)) == (12, 12)
    assert (sum(told) - right, len(PAIRS) - 12) == (1, 12)


def test_how_well_it_does_on_those_that_it_was_chosen_on() -> None:
    assert sum(found(pair) for pair in CHOSEN_ON) == 7


def test_the_pairs_of_both_lists_are_others() -> None:
    texts: list[set[Said]] = [
        {each for pair in pairs for each in (pair.first, pair.second)}
        for pairs in (PAIRS, CHOSEN_ON)
    ]
    assert not texts[0] & texts[1]


class TestWhoseItIs:
    def test_it_is_found_in_the_other_language(self, owner: Organisation) -> None:
        before = builders.listing(owner, **DUTCH)
        assert alike(builders.draft(owner, **ENGLISH), owner) == [before]

    def test_another_text_market_kind_or_owner_is_another_thing(self, owner: Organisation) -> None:
        builders.listing(owner, **OTHER)
        builders.listing(owner, Kind.OFFER, **DUTCH)
        builders.listing(owner, market_slug="pilot", **DUTCH)
        builders.listing(builders.organisation(), **DUTCH)
        assert alike(builders.draft(owner, **DUTCH), owner) == []

    def test_what_is_in_own_name_is_not_of_the_organisation(self) -> None:
        person = builders.found_as()
        there = person.organisations.get()
        mine = builders.listing(person, Kind.OFFER, **DUTCH)
        assert alike(builders.draft(there, Kind.OFFER, **DUTCH), there) == []
        again = builders.draft(person, Kind.OFFER, **DUTCH)
        assert alike(again, person) == [mine]

    @pytest.mark.parametrize("state", ["close", "settle", "withdraw", "expire"])
    def test_also_what_is_not_open(self, owner: Organisation, state: str) -> None:
        before = verbs.move(builders.listing(owner, **DUTCH), state, by=builders.HOUSE)
        assert alike(builders.draft(owner, **DUTCH), owner) == [before]

    def test_three_at_most_and_few_queries(
        self, owner: Organisation, django_assert_max_num_queries: MaxQueries
    ) -> None:
        for _number in range(5):
            builders.listing(owner, **DUTCH)
        new = builders.draft(owner, **DUTCH)
        alike(new, owner)
        with django_assert_max_num_queries(3):
            assert len(alike(new, owner)) == 3


class TestThePage:
    def typed(self, owner: Organisation, **more: Any) -> dict[str, Any]:
        return builders.typed(owner, **ENGLISH) | more

    def test_it_shows_what_looks_like_it_and_posts_nothing(
        self, client: Client, owner: Organisation, member: Person
    ) -> None:
        before = builders.listing(owner, **DUTCH)
        page = client.post(PAGE, self.typed(owner, publish="")).content.decode()
        assert "This looks like your need of " in page
        assert DUTCH["title"] in page
        assert f'formaction="/en/listings/{before.pk}/renew/"' in page
        assert "Publish all the same" in page
        assert ENGLISH["text"] in page
        assert Listing.objects.count() == 1

    def test_who_has_seen_it_posts_it_all_the_same(
        self, client: Client, owner: Organisation, member: Person
    ) -> None:
        builders.listing(owner, **DUTCH)
        client.post(PAGE, self.typed(owner, publish="", anyway="yes"))
        assert Listing.objects.filter(state="published").count() == 2

    def test_of_what_was_closed_one_is_led_to_its_form(
        self, client: Client, owner: Organisation, member: Person
    ) -> None:
        before = verbs.move(builders.listing(owner, **DUTCH), "close", by=builders.HOUSE)
        page = client.post(PAGE, self.typed(owner)).content.decode()
        assert f'href="/en/listings/{before.pk}/edit/"' in page

    def test_what_looks_like_nothing_is_posted_at_once(
        self, client: Client, owner: Organisation, member: Person
    ) -> None:
        builders.listing(owner, **OTHER)
        client.post(PAGE, self.typed(owner))
        assert Listing.objects.count() == 2


def test_a_program_is_told_what_it_looks_like(owner: Organisation) -> None:
    before = builders.listing(owner, **DUTCH)
    said = ENGLISH | {"organisation": owner.slug, "kind": "need", "market": "expertise"}
    answer = Program(builders.person(owner))("POST", "/listings", said)
    assert answer.status_code == 201
    (similar,) = answer.json()["similar"]
    assert (similar["id"], similar["title"]) == (before.pk, DUTCH["title"])
    assert "renew" in similar["deeds"]
