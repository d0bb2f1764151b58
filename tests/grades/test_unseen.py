"""The bureau sees which good matches nobody has looked at, and which needs have nothing."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Person
from katalysator.grades.unseen import unseen_matches
from katalysator.grades.verbs import grade
from katalysator.introductions.verbs import propose
from katalysator.listings.models import Kind, Listing
from katalysator.matches.models import Match
from tests import builders
from tests.attack.steps import inside
from tests.introductions.steps import Pair
from tests.matches.steps import match_all

pytestmark = pytest.mark.django_db

PAGE = "/en/bureau/matches/"


@pytest.fixture
def bureau() -> Person:
    return builders.person(is_coordinator=True)


@pytest.fixture
def pair() -> Pair:
    made = Pair.new()
    match_all()
    Match.objects.update_or_create(
        need=made.need,
        offer=made.offer,
        defaults={"score": 0.9, "market": made.need.market, "parts": {}},
    )
    return made


def test_a_good_match_waits_till_somebody_looks(pair: Pair, bureau: Person) -> None:
    assert [each.need for each in unseen_matches(bureau)] == [pair.need]
    page = inside(bureau).get(PAGE).content.decode()
    assert f"/en/listings/{pair.need.pk}/#match-{pair.offer.pk}" in page
    grade(pair.need, pair.offer, by=pair.giver, value=2)
    assert not unseen_matches(bureau)
    assert "Somebody looked at every good match." in inside(bureau).get(PAGE).content.decode()


def test_who_was_brought_together_waits_no_more(pair: Pair, bureau: Person) -> None:
    other = builders.listing(builders.organisation(), Kind.OFFER)
    propose([pair.sides()[0], pair.sides()[0].of(other)], by=pair.asker)
    assert unseen_matches(bureau).count() == 1
    pair.proposed()
    assert not unseen_matches(bureau)


def test_what_is_weak_or_closed_does_not_wait(pair: Pair, bureau: Person) -> None:
    Match.objects.update(score=0.2)
    assert not unseen_matches(bureau)
    Match.objects.update(score=0.9)
    Listing.objects.filter(pk=pair.offer.pk).update(state="closed")
    assert not unseen_matches(bureau)


def test_it_is_of_the_bureau_and_costs_the_same_for_many(
    pair: Pair, bureau: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert Client().get(PAGE).status_code == 302
    assert inside(pair.asker).get(PAGE).status_code == 403
    client = inside(bureau)
    client.get(PAGE)
    with django_assert_num_queries(2):
        client.get(PAGE)
    for _ in range(4):
        offer = builders.listing(builders.organisation(), Kind.OFFER)
        Match.objects.create(
            need=pair.need, offer=offer, score=0.9, market=pair.need.market, parts={}
        )
    with django_assert_num_queries(2):
        assert len(client.get(PAGE).context["matches"]) == 5


def test_a_need_without_an_offer_stands_on_the_bureaus_page(bureau: Person) -> None:
    need = builders.listing(builders.organisation(), Kind.NEED, title="Een vraag alleen")
    match_all()
    page = inside(bureau).get("/en/bureau/").content.decode()
    assert need.title in page
    assert "/en/bureau/listings/?kind=need&amp;show=gaps" in page
