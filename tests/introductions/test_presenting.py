"""Who proposes has a page that says something: else it is refused, with what is missing and where to mend it."""

import pytest
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Area, Organisation
from katalysator.core.translated import Translated
from katalysator.faults import Conflict
from katalysator.introductions import verbs
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.models import Introduction
from katalysator.introductions.presenting import lacking_of
from katalysator.listings.models import Kind
from tests import builders
from tests.attack.steps import inside
from tests.introductions.steps import Pair
from tests.programs import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    return Pair.new()


def nothing_said(organisation: Organisation) -> None:
    """Its page says nothing any more."""
    Organisation.objects.filter(pk=organisation.pk).update(about=Translated())
    organisation.areas.clear()
    organisation.refresh_from_db()


class TestWhoMay:
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_one_language_and_one_area_are_enough(self, pair: Pair, language: str) -> None:
        asking = pair.need.organisation
        Organisation.objects.filter(pk=asking.pk).update(about=Translated(**{language: "Iets."}))
        pair.need.refresh_from_db()
        assert pair.proposed().state == "proposed"

    def test_what_is_missing_is_named(self, pair: Pair) -> None:
        asking = pair.need.organisation
        nothing_said(asking)
        with pytest.raises(Conflict, match=r"Missing: what it does, an area.") as refused:
            pair.proposed()
        assert refused.value.code == "says-too-little"
        asking.areas.add(Area.objects.order_by("position")[0])
        with pytest.raises(Conflict, match=r"Missing: what it does. "):
            pair.proposed()
        assert not Introduction.objects.exists()

    def test_who_is_asked_need_not_say_anything(self, pair: Pair) -> None:
        nothing_said(pair.offer.organisation)
        made = pair.proposed()
        assert verbs.accept(Pair.of(made, pair.giver), by=pair.giver).state == "introduced"

    def test_nor_need_whoever_the_bureau_brings_together(self, pair: Pair) -> None:
        for each in (pair.need, pair.offer):
            nothing_said(each.organisation)
        bureau = builders.person(is_coordinator=True)
        assert verbs.propose(pair.sides(), by=bureau).by_bureau

    def test_who_comes_in_own_name_says_what_they_do(self, pair: Pair) -> None:
        teacher = builders.found_as("Docent data")
        need = builders.listing(teacher, Kind.NEED)
        sides = [MeetingSide.of(need), MeetingSide.of(pair.offer)]
        teacher.memberships.update(function="")
        with pytest.raises(Conflict, match=r"Docent data yet. Missing: a function."):
            verbs.propose(sides, by=teacher)
        teacher.memberships.update(function="docent")
        assert verbs.propose(sides, by=teacher).state == "proposed"

    def test_many_cost_what_one_costs(
        self, pair: Pair, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        people = [builders.found_as(f"Docent {number}", function="") for number in range(3)]
        listings = [builders.listing(each, Kind.NEED) for each in people]
        silent = [MeetingSide(organisation=builders.organisation()) for _ in range(3)]
        sides = [*silent, *(MeetingSide.of(each) for each in listings)]
        with django_assert_num_queries(2):
            assert len(lacking_of([*sides, *sides])) == len(sides)
        with django_assert_num_queries(1):
            assert lacking_of([MeetingSide.of(pair.need)]) == []


class TestWhatIsShown:
    def test_the_form_leads_to_where_it_is_mended(self, pair: Pair) -> None:
        asking = pair.need.organisation
        nothing_said(asking)
        client, address = inside(pair.asker), f"/en/listings/{pair.offer.pk}/introduce/"
        mend = f'href="/en/organisations/{asking.slug}/edit/"'
        assert mend in client.get(address).content.decode()
        answer = client.post(address, {"own": f"listing-{pair.need.pk}"})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Missing: what it does, an area. Complete it, and propose then." in page
        assert mend in page

    def test_who_says_enough_reads_nothing_of_it(
        self, pair: Pair, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        client, address = inside(pair.asker), f"/en/listings/{pair.offer.pk}/introduce/"
        client.get(address)
        with django_assert_num_queries(5):
            page = client.get(address).content.decode()
        assert "Missing" not in page

    def test_in_own_name_to_ones_own_page(self, pair: Pair) -> None:
        teacher = builders.found_as("Docent data", builders.presented(), function="")
        builders.listing(teacher, Kind.NEED)
        page = inside(teacher).get(f"/en/listings/{pair.offer.pk}/introduce/").content.decode()
        assert f"/organisations/{teacher.organisations.get().slug}/people/me/" in page

    def test_the_api_says_what_is_missing(self, pair: Pair) -> None:
        nothing_said(pair.need.organisation)
        new = {"listings": [pair.need.pk, pair.offer.pk]}
        refused = Program(pair.asker)("POST", "/introductions", new)
        assert refused.status_code == 409
        assert "Missing: what it does, an area." in refused.json()["detail"]
