"""Who posts in own name is not matched with oneself, nor with the organisation where that person is."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from katalysator.coalition.models import Person
from katalysator.grades import verbs as grades
from katalysator.listings.models import Kind, Listing
from katalysator.matches.constraints import hard
from katalysator.matches.entries import profile
from katalysator.matches.models import Match
from katalysator.matches.summaries import new_matches
from tests import builders
from tests.attack.steps import inside
from tests.matches.steps import NEED, OFFER, match_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher() -> Person:
    return builders.found_as("Docent data")


def offer_of(person: Person) -> Listing:
    return builders.listing(person, Kind.OFFER, **OFFER)


def matched() -> set[tuple[int, int]]:
    match_all()
    return set(Match.objects.values_list("need", "offer"))


def test_it_is_matched_with_others(teacher: Person) -> None:
    need, offer = builders.listing(builders.organisation(), **NEED), offer_of(teacher)
    assert matched() == {(need.pk, offer.pk)}


def test_not_with_what_the_same_person_asks(teacher: Person) -> None:
    builders.listing(teacher, **NEED)
    offer_of(teacher)
    assert matched() == set()


def test_not_with_what_the_organisation_asks_where_the_person_is(teacher: Person) -> None:
    builders.listing(teacher.organisations.get(), **NEED)
    offer_of(teacher)
    assert matched() == set()


def test_the_engine_and_the_database_agree(teacher: Person) -> None:
    need, offer = builders.listing(teacher.organisations.get(), **NEED), offer_of(teacher)
    assert profile(need).organisation == profile(offer).organisation
    assert not Listing.objects.filter(hard(need)["own"], pk=offer.pk).exists()
    assert not Listing.objects.filter(hard(offer)["own"], pk=need.pk).exists()


def test_the_card_of_a_match_tells_who_and_where_and_no_address(teacher: Person) -> None:
    need, offer = builders.listing(builders.organisation(), **NEED), offer_of(teacher)
    match_all()
    told = Client().get(reverse("listing", args=[need.pk])).content.decode()
    for text in (offer.title, "Docent data", "docent", teacher.organisations.get().name):
        assert text in told
    assert teacher.email not in told


def test_the_summary_is_of_the_person_and_not_of_colleagues(teacher: Person) -> None:
    before = timezone.now()
    need, offer = builders.listing(builders.organisation(), **NEED), offer_of(teacher)
    match_all()
    told = new_matches(teacher, before)
    assert told
    assert [item.text for item in told.items] == [f"{offer.title} ● {need.title}"]
    colleague = new_matches(builders.person(teacher.organisations.get()), before)
    assert colleague is None or colleague.items == []


def test_the_person_says_whether_a_match_is_useful_and_colleagues_do_not(teacher: Person) -> None:
    need, offer = builders.listing(builders.organisation(), **NEED), offer_of(teacher)
    match_all()
    assert grades.grade(need, offer, by=teacher, value=2).side == "offer"
    colleague = inside(builders.person(teacher.organisations.get()))
    page = reverse("grade-match", args=[offer.pk, need.pk])
    assert colleague.post(page, {"say": "useful"}).status_code in (403, 404)
