"""Introductions on their own pages, on those of others, and for the bureau; what each costs."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.models import Person
from katalysator.introductions import together, verbs
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.models import Introduction, NextStep
from katalysator.introductions.thread.verbs import say
from katalysator.listings import verbs as listings
from katalysator.listings.models import Kind
from tests import builders
from tests.attack.steps import inside
from tests.introductions.steps import Pair, fresh
from tests.matches.steps import match_all

pytestmark = pytest.mark.django_db

LIST, QUEUE = "/en/introductions/", "/en/bureau/introductions/"


@pytest.fixture
def pair() -> Pair:
    return Pair.new()


@pytest.fixture
def bureau() -> Person:
    return builders.person(is_coordinator=True)


def text(client: Client, address: str, **how: Any) -> str:
    answer = client.get(address, how, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


class TestProposing:
    def test_from_a_match_to_a_yes(self, pair: Pair) -> None:
        match_all()
        asker, giver = inside(pair.asker), inside(pair.giver)
        ask = f"/en/listings/{pair.offer.pk}/introduce/?with={pair.need.pk}"
        assert ask.replace("&", "&amp;") in text(asker, f"/en/listings/{pair.need.pk}/")
        form = asker.get(ask).context["form"]
        assert form["own"].value() == f"listing-{pair.need.pk}"
        answer = asker.post(ask, {"own": f"listing-{pair.need.pk}", "why": "Jullie scannen al."})
        made = Introduction.objects.get()
        assert answer.headers["Location"] == f"/en/introductions/{made.pk}/"
        assert "Would you like to meet Voorbeeldzoeker?" in text(giver, "/en/account/")
        page = text(giver, made.get_absolute_url())
        assert "Jullie scannen al." in page
        party = Pair.of(made, pair.giver)
        yes = f"/en/introductions/{made.pk}/parties/{party.pk}/accept/"
        assert yes in page
        giver.post(yes)
        assert fresh(made).state == "introduced"
        assert "Introduction: Introduced" in text(asker, f"/en/listings/{pair.need.pk}/")

    def test_the_bureau_sees_another_button_and_brings_others_together(
        self, pair: Pair, bureau: Person
    ) -> None:
        match_all()
        client = inside(bureau)
        page = text(client, f"/en/listings/{pair.need.pk}/")
        assert "Bring them together" in page
        ask = f"/en/listings/{pair.offer.pk}/introduce/?with={pair.need.pk}"
        assert client.post(ask, {"why": "Dit past."}).status_code == 302
        assert Introduction.objects.get().by_bureau

    def test_a_visitor_and_who_takes_no_part_see_no_button(self, pair: Pair) -> None:
        match_all()
        for client in (Client(), inside(builders.person())):
            assert "introduce/" not in text(client, f"/en/listings/{pair.need.pk}/")
        address = f"/en/listings/{pair.offer.pk}/introduce/"
        assert Client().get(address).status_code == 302
        assert inside(builders.person()).get(address).status_code == 403

    def test_one_without_a_need_or_an_offer_asks_from_the_page_of_another(self, pair: Pair) -> None:
        somebody = builders.person(builders.presented())
        client, address = inside(somebody), f"/en/listings/{pair.offer.pk}/introduce/"
        assert address in text(client, f"/en/listings/{pair.offer.pk}/")
        own = client.get(address).context["form"].fields["own"].choices
        assert client.post(address, {"own": own[-1][0]}).status_code == 302
        assert Introduction.objects.get().parties.count() == 2

    def test_ones_own_need_or_offer_leads_to_the_other_side(self, pair: Pair) -> None:
        client = inside(pair.asker)
        address = f"/en/listings/{pair.need.pk}/introduce/"
        assert client.get(address).headers["Location"] == pair.need.get_absolute_url()
        page = client.get(address, {"with": pair.offer.pk})
        assert page.context["other"] == pair.offer

    @pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 40, "\u0663", "0"])
    def test_whatever_stands_in_the_address(self, pair: Pair, typed: str) -> None:
        client = inside(pair.asker)
        assert (
            client.get(f"/en/listings/{pair.offer.pk}/introduce/", {"with": typed}).status_code
            == 200
        )

    def test_what_is_refused_is_said_in_the_form(self, pair: Pair) -> None:
        pair.proposed()
        client = inside(pair.asker)
        typed = {"own": f"listing-{pair.need.pk}"}
        answer = client.post(f"/en/listings/{pair.offer.pk}/introduce/", typed)
        assert answer.status_code == 422
        assert "brought together already" in answer.content.decode()


class TestTheList:
    def test_an_empty_one_says_how_to_begin(self) -> None:
        page = text(inside(builders.person()), LIST)
        assert "No introductions yet" in page

    def test_it_costs_the_same_for_one_and_for_many(
        self, pair: Pair, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        client = inside(pair.asker)
        pair.introduced()
        client.get(LIST)
        with django_assert_num_queries(6):
            client.get(LIST)
        for _ in range(5):
            offer = builders.listing(builders.organisation(), Kind.OFFER)
            verbs.propose([MeetingSide.of(pair.need), MeetingSide.of(offer)], by=pair.asker)
        with django_assert_num_queries(6):
            assert text(client, LIST).count("Proposed</span>") == 5

    def test_it_narrows_by_state(self, pair: Pair) -> None:
        pair.introduced()
        client = inside(pair.asker)
        assert "Voorbeeldgever" in text(client, LIST, state="introduced")
        assert "No introduction is in this state" in text(client, LIST, state="ended")

    def test_the_bureau_sees_all_and_others_do_not(self, pair: Pair, bureau: Person) -> None:
        pair.introduced()
        assert "Voorbeeldgever" in text(inside(bureau), QUEUE)
        assert inside(pair.asker).get(QUEUE).status_code == 403
        assert Client().get(QUEUE).status_code == 302
        assert f"{QUEUE}?state=introduced" in text(inside(bureau), "/en/bureau/")


class TestOne:
    def test_it_costs_the_same_for_few_and_many_messages(
        self, pair: Pair, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        made, client = pair.introduced(), inside(pair.asker)
        address = f"/en/introductions/{made.pk}/"
        say(made, by=pair.giver, text="Hallo.")
        together.plan(made, by=pair.giver, what="Bellen")
        client.get(address)
        with django_assert_num_queries(9):
            client.get(address)
        for _ in range(5):
            say(made, by=pair.giver, text="Hallo.")
            together.plan(made, by=pair.giver, what="Bellen")
        with django_assert_num_queries(9):
            client.get(address)

    def test_its_whole_life_in_forms(self, pair: Pair) -> None:
        made = pair.introduced()
        asker, page = inside(pair.asker), f"/en/introductions/{made.pk}/"
        sent = [
            ("messages/", {"message-text": "Wanneer bellen we?"}, "talking"),
            ("steps/", {"step-what": "Bellen", "step-due": "2030-01-01"}, "talking"),
            ("agree/", {}, "agreed"),
            ("resume/", {}, "talking"),
            ("agree/", {}, "agreed"),
            ("finish/", {"result-outcome": "pilot", "result-summary": "Gelukt."}, "result"),
            ("lesson/", {"lesson-lesson": "Begin klein."}, "result"),
            ("share/", {}, "result"),
        ]
        for address, typed, state in sent:
            answer = asker.post(page + address, typed, follow=True)
            assert answer.status_code == 200, address
            assert fresh(made).state == state, address
        told = answer.content.decode()
        for said in ("Wanneer bellen we?", "Gelukt.", "Begin klein.", "Knowledge was made of it"):
            assert said in told

    @pytest.mark.parametrize(
        ("address", "typed"),
        [
            ("messages/", {"message-text": ""}),
            ("steps/", {"step-what": ""}),
            ("steps/", {"step-what": "Bellen", "step-due": "gisteren"}),
            ("end/", {}),
            ("along/", {"along-who": "Niemand die zo heet"}),
            ("along/", {"along-who": "/listings/999999/"}),
        ],
    )
    def test_what_is_to_be_mended_is_said_where_it_was_typed(
        self, pair: Pair, address: str, typed: dict[str, str]
    ) -> None:
        made = pair.introduced()
        answer = inside(pair.asker).post(f"/en/introductions/{made.pk}/{address}", typed)
        assert answer.status_code == 422
        assert (
            "utrecht-form-field-error-message" in answer.content.decode()
            or "error" in answer.content.decode()
        )
        assert fresh(made).state == "introduced"

    def test_a_step_is_ticked_and_taken_off(self, pair: Pair) -> None:
        made = pair.introduced()
        step = together.plan(made, by=pair.giver, what="Bellen")
        client, page = inside(pair.asker), f"/en/introductions/{made.pk}/steps/{step.pk}/"
        client.post(f"{page}tick/", {"done": "yes"})
        assert NextStep.objects.get().is_done
        client.post(f"{page}drop/")
        assert not NextStep.objects.exists()
        assert client.post(f"{page}drop/").status_code == 404

    def test_who_said_no_comes_back_to_it(self, pair: Pair) -> None:
        made = pair.proposed()
        party = Pair.of(made, pair.giver)
        address = f"/en/introductions/{made.pk}/parties/{party.pk}/decline/"
        client = inside(pair.giver)
        assert client.post(address).status_code == 422
        typed = {"refuse-reason": "time", "refuse-remark": "Volgend jaar graag."}
        page = client.post(address, typed, follow=True).content.decode()
        assert "Volgend jaar graag." in page
        assert fresh(made).state == "declined"

    def test_one_of_another_is_not_to_be_found(self, pair: Pair) -> None:
        made, other = pair.introduced(), Pair.new().introduced()
        party = other.parties.first()
        assert party is not None
        client = inside(pair.asker)
        for address in (
            "messages/",
            "agree/",
            "end/",
            "steps/",
            "finish/",
            "lesson/",
            "share/",
            "along/",
        ):
            assert client.post(f"/en/introductions/{other.pk}/{address}").status_code == 404
        for number, deed in ((made.pk, "accept"), (other.pk, "accept"), (made.pk, "decline")):
            address = f"/en/introductions/{number}/parties/{party.pk}/{deed}/"
            assert client.post(address, {"refuse-reason": "time"}).status_code == 404


class TestFoundEachOther:
    def test_it_asks_with_whom(self, pair: Pair) -> None:
        listings.move(pair.need, "settle", by=pair.asker)
        client, address = inside(pair.asker), f"/en/listings/{pair.need.pk}/found/"
        assert address in text(client, f"/en/listings/{pair.need.pk}/")
        typed = {"who": "voorbeeldgever", "outcome": "project", "summary": "Sinds maart."}
        assert client.post(address, typed).status_code == 302
        made = Introduction.objects.get()
        assert (made.state, made.met_outside) == ("result", True)
        assert made.parties.get(organisation=pair.offer.organisation).is_asked
        assert address not in text(client, f"/en/listings/{pair.need.pk}/")

    def test_somebody_from_outside(self, pair: Pair) -> None:
        client = inside(pair.asker)
        client.post(
            f"/en/listings/{pair.need.pk}/found/", {"who": "Bakkerij Jansen", "outcome": ""}
        )
        assert Introduction.objects.get().parties.get(organisation=None).name == "Bakkerij Jansen"

    def test_only_its_owner_tells(self, pair: Pair) -> None:
        for person in (pair.giver, builders.person(is_coordinator=True)):
            address = f"/en/listings/{pair.need.pk}/found/"
            assert inside(person).post(address, {"who": "X"}).status_code == 403
        assert not Introduction.objects.exists()
