"""Whom an organisation meets is its own say: not now, or never; and what others hear of that."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django import DjangoAssertNumQueries

from katalysator.coalition.merged.verbs import merge
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.introductions import verbs
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.models import Introduction, MeetingPause, NeverMeet
from katalysator.introductions.wishes import verbs as wishes
from katalysator.introductions.wishes.verbs import LONGEST
from katalysator.introductions.wishes.willing import MOST_TO_ANSWER
from katalysator.listings.models import Kind
from tests import builders
from tests.attack.steps import inside
from tests.introductions.steps import Pair, third
from tests.matches.steps import match_all
from tests.programs import Program

pytestmark = pytest.mark.django_db

NEUTRAL = "They take no proposals at this moment. Choose another match."


@pytest.fixture
def pair() -> Pair:
    return Pair.new()


def manager(organisation: Organisation) -> Person:
    made = builders.person()
    Membership.objects.create(person=made, organisation=organisation, role=Membership.Role.MANAGER)
    return made


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def page_of(organisation: Organisation) -> str:
    return f"/en/organisations/{organisation.slug}/meeting/"


def not_now(pair: Pair) -> None:
    """The giver is on pause."""
    wishes.pause(pair.offer.organisation, by=builders.HOUSE, until=tomorrow())


def never(pair: Pair) -> None:
    """The asker is on the giver's list."""
    wishes.avoid(pair.offer.organisation, pair.need.organisation, by=builders.HOUSE)


def much_to_answer(pair: Pair) -> None:
    """The giver has as much to answer as there may be."""
    for _ in range(MOST_TO_ANSWER):
        sides = [MeetingSide(organisation=builders.organisation()), MeetingSide.of(pair.offer)]
        verbs.propose(sides, by=builders.HOUSE)


REASONS = [not_now, never, much_to_answer]


class TestWhatOthersHear:
    @pytest.mark.parametrize("reason", REASONS)
    def test_one_sentence_whatever_the_reason(self, pair: Pair, reason: Any) -> None:
        reason(pair)
        for by in (pair.asker, builders.person(is_coordinator=True), builders.HOUSE):
            with pytest.raises(Conflict) as refused:
                verbs.propose(pair.sides(), by=by)
            assert (refused.value.code, str(refused.value)) == ("takes-no-proposals", NEUTRAL)

    @pytest.mark.parametrize("reason", REASONS)
    def test_on_the_page_and_through_the_api_alike(self, pair: Pair, reason: Any) -> None:
        reason(pair)
        match_all()
        address = f"/en/listings/{pair.offer.pk}/introduce/?with={pair.need.pk}"
        client, own = inside(pair.asker), f"listing-{pair.need.pk}"
        assert address.replace("&", "&amp;") in _text(client, f"/en/listings/{pair.need.pk}/")
        answer = client.post(address, {"own": own})
        assert (answer.status_code, NEUTRAL in answer.content.decode()) == (422, True)
        new = {"listings": [pair.need.pk, pair.offer.pk]}
        refused = Program(pair.asker)("POST", "/introductions", new)
        assert (refused.status_code, refused.json()["detail"]) == (409, NEUTRAL)

    @pytest.mark.parametrize("reason", REASONS)
    def test_a_third_is_not_asked_along_either(self, pair: Pair, reason: Any) -> None:
        there = Pair.new()
        made = there.introduced()
        reason(pair)
        if reason is never:
            wishes.avoid(pair.offer.organisation, there.offer.organisation, by=builders.HOUSE)
        side = MeetingSide(organisation=pair.offer.organisation)
        with pytest.raises(Conflict) as refused:
            verbs.ask_along(made, side, by=there.asker)
        assert str(refused.value) == NEUTRAL

    def test_what_two_that_are_there_wish_stops_no_third(self, pair: Pair) -> None:
        made, (organisation, _somebody) = pair.introduced(), third()
        never(pair)
        not_now(pair)
        side = MeetingSide(organisation=organisation)
        assert verbs.ask_along(made, side, by=pair.asker).is_asked

    def test_what_was_proposed_before_stays_and_is_answered(self, pair: Pair) -> None:
        made = pair.proposed()
        not_now(pair)
        never(pair)
        assert verbs.accept(Pair.of(made, pair.giver), by=pair.giver).state == "introduced"

    def test_who_has_much_to_answer_may_propose(self, pair: Pair) -> None:
        much_to_answer(pair)
        assert verbs.propose(pair.sides(), by=pair.giver).state == "proposed"


class TestWhatOneselfHears:
    def test_of_a_pause(self, pair: Pair) -> None:
        until = tomorrow()
        wishes.pause(pair.need.organisation, by=builders.HOUSE, until=until)
        day = date_format(until, "DATE_FORMAT")
        own = f"Voorbeeldzoeker takes no proposals before {day}: that is its own choice."
        with pytest.raises(Conflict, match=own):
            pair.proposed()

    def test_of_the_list(self, pair: Pair) -> None:
        never(pair)
        own = "Voorbeeldgever does not want to meet Voorbeeldzoeker: that is its own choice."
        with pytest.raises(Conflict, match=own):
            verbs.propose(pair.sides(), by=pair.giver)

    def test_no_button_at_a_match_and_none_at_what_the_other_asks(self, pair: Pair) -> None:
        match_all()
        theirs, ours = (f"/en/listings/{each.pk}/" for each in (pair.need, pair.offer))
        client = inside(pair.giver)
        assert all("introduce/" in _text(client, each) for each in (theirs, ours))
        never(pair)
        assert not any("introduce/" in _text(client, each) for each in (theirs, ours))
        assert "introduce/" in _text(inside(pair.asker), theirs)

    def test_who_comes_in_own_name_decides_alone(self) -> None:
        teacher, need = (
            builders.found_as("Docent data"),
            builders.listing(builders.organisation(), Kind.NEED),
        )
        offer = builders.listing(teacher, Kind.OFFER)
        wishes.pause(offer.organisation, by=builders.HOUSE, until=tomorrow())
        wishes.avoid(offer.organisation, need.organisation, by=builders.HOUSE)
        sides = [MeetingSide.of(offer), MeetingSide.of(need)]
        assert verbs.propose(sides, by=teacher).state == "proposed"

    def test_but_who_never_meets_an_organisation_meets_nobody_of_it(self) -> None:
        teacher, need = (
            builders.found_as("Docent data"),
            builders.listing(builders.organisation(), Kind.NEED),
        )
        offer = builders.listing(teacher, Kind.OFFER)
        wishes.avoid(need.organisation, offer.organisation, by=builders.HOUSE)
        with pytest.raises(Conflict, match="no proposals at this moment"):
            verbs.propose([MeetingSide.of(offer), MeetingSide.of(need)], by=teacher)


class TestWhoSaysIt:
    def test_managers_alone(self, pair: Pair) -> None:
        own, other = pair.need.organisation, pair.offer.organisation
        for by in (pair.asker, pair.giver, builders.person(is_coordinator=True), manager(other)):
            with pytest.raises(NotAllowed):
                wishes.pause(own, by=by, until=tomorrow())
            with pytest.raises(NotAllowed):
                wishes.avoid(own, other, by=by)
            assert inside(by).get(page_of(own)).status_code == 403
            assert page_of(own) not in _text(inside(by), own.get_absolute_url())
        boss = manager(own)
        assert wishes.avoid(own, other, by=boss).other == other
        assert page_of(own) in _text(inside(boss), own.get_absolute_url())

    @pytest.mark.parametrize("days", [0, -1, LONGEST.days + 1])
    def test_a_pause_ends_within_a_year(self, pair: Pair, days: int) -> None:
        until = timezone.localdate() + timedelta(days=days)
        with pytest.raises(InvalidInput, match="until"):
            wishes.pause(pair.offer.organisation, by=builders.HOUSE, until=until)
        assert not MeetingPause.objects.exists()

    def test_a_pause_is_over_by_itself_or_sooner(self, pair: Pair) -> None:
        own = pair.offer.organisation
        not_now(pair)
        wishes.pause(own, by=builders.HOUSE, until=timezone.localdate() + LONGEST)
        assert MeetingPause.objects.count() == 1
        MeetingPause.objects.update(until=timezone.localdate())
        assert pair.proposed().state == "proposed"
        with pytest.raises(Conflict, match="no pause"):
            wishes.resume(own, by=builders.HOUSE)
        not_now(pair)
        wishes.resume(own, by=builders.HOUSE)
        assert not MeetingPause.objects.exists()

    def test_the_list_holds_each_once_and_not_oneself(self, pair: Pair) -> None:
        own, other = pair.offer.organisation, pair.need.organisation
        never(pair)
        with pytest.raises(Conflict, match="already"):
            never(pair)
        with pytest.raises(InvalidInput, match="your own"):
            wishes.avoid(own, own, by=builders.HOUSE)
        wishes.allow(own, other, by=builders.HOUSE)
        with pytest.raises(Conflict, match="not on your list"):
            wishes.allow(own, other, by=builders.HOUSE)
        assert pair.proposed().state == "proposed"

    def test_the_trail_says_that_and_not_whom(self, pair: Pair) -> None:
        never(pair)
        not_now(pair)
        events = Event.objects.filter(verb__startswith="wish.").order_by("pk")
        assert [each.verb for each in events] == ["wish.avoid", "wish.pause"]
        assert all((each.before, each.after, each.personal) == ({}, {}, {}) for each in events)


class TestMerging:
    def test_the_list_and_the_later_day_go_along(self) -> None:
        kept, gone, one, other = (builders.organisation() for _ in range(4))
        for own, avoided in ((kept, one), (gone, one), (gone, other), (gone, kept), (other, gone)):
            wishes.avoid(own, avoided, by=builders.HOUSE)
        days = [timezone.localdate() + timedelta(days=each) for each in (3, 9)]
        for own, day in zip((kept, gone), days, strict=True):
            wishes.pause(own, by=builders.HOUSE, until=day)
        merge(kept, gone, by=builders.HOUSE)
        pairs = {(kept.pk, one.pk), (kept.pk, other.pk), (other.pk, kept.pk)}
        assert NeverMeet.objects.all().pairs() == pairs
        assert [(each.organisation, each.until) for each in MeetingPause.objects.all()] == [
            (kept, days[1])
        ]


class TestThePage:
    def test_a_pause_and_a_list_are_kept(self, pair: Pair) -> None:
        own = pair.offer.organisation
        client, page = inside(manager(own)), page_of(own)
        day = tomorrow()
        assert client.post(f"{page}pause/", {"until": day.isoformat()}).status_code == 302
        assert client.post(f"{page}never/", {"who": "voorbeeldzoeker"}).status_code == 302
        shown = _text(client, page)
        assert "Voorbeeldzoeker" in shown
        assert "You take no proposals to meet until" in shown
        listed = NeverMeet.objects.get()
        assert client.post(f"{page}never/{listed.pk}/drop/").status_code == 302
        assert client.post(f"{page}never/{listed.pk}/drop/").status_code == 404
        client.post(f"{page}resume/")
        assert "There is no pause" in client.post(f"{page}resume/", follow=True).content.decode()
        assert "Nobody is on your list." in _text(client, page)

    @pytest.mark.parametrize(
        ("address", "typed", "said"),
        [
            ("pause/", {}, "This field is required."),
            ("pause/", {"until": "gisteren"}, "Enter a valid date."),
            ("pause/", {"until": "2020-01-01"}, "Choose a day from tomorrow"),
            ("never/", {"who": ""}, "This field is required."),
            ("never/", {"who": "Niemand die zo heet"}, "No participant is called"),
            ("never/", {"who": "Voorbeeldgever"}, "This is your own organisation."),
        ],
    )
    def test_what_is_to_be_mended_is_said_where_it_was_typed(
        self, pair: Pair, address: str, typed: dict[str, str], said: str
    ) -> None:
        own = pair.offer.organisation
        answer = inside(manager(own)).post(page_of(own) + address, typed)
        assert answer.status_code == 422
        assert said in answer.content.decode()

    def test_it_costs_the_same_for_one_and_for_many(
        self, pair: Pair, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        own = pair.offer.organisation
        client = inside(manager(own))
        never(pair)
        client.get(page_of(own))
        with django_assert_num_queries(4):
            client.get(page_of(own))
        for _ in range(5):
            wishes.avoid(own, builders.organisation(), by=builders.HOUSE)
        with django_assert_num_queries(4):
            client.get(page_of(own))


class TestTheApi:
    def test_who_manages_it_reads_and_writes(
        self, pair: Pair, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        own, other = pair.offer.organisation, pair.need.organisation
        program, of = Program(manager(own)), f"/organisations/{own.slug}/meeting"
        day = tomorrow().isoformat()
        assert program("PUT", f"{of}/pause", {"until": day}).json()["pausedUntil"] == day
        assert program("PUT", f"{of}/never/{other.slug}").json()["never"] == [other.slug]
        with django_assert_num_queries(4):
            shown = program("GET", of).json()
        assert shown == {"pausedUntil": day, "never": [other.slug]}
        assert program("PUT", f"{of}/never/{other.slug}").status_code == 409
        assert program("PUT", f"{of}/pause", {"until": "2020-01-01"}).status_code == 422
        for each in (f"{of}/pause", f"{of}/never/{other.slug}"):
            assert program("DELETE", each).status_code == 204
            assert program("DELETE", each).status_code == 409
        assert program("GET", of).json() == {"pausedUntil": None, "never": []}

    def test_nothing_is_there_for_others(self, pair: Pair) -> None:
        never(pair)
        not_now(pair)
        of = f"/organisations/{pair.offer.organisation.slug}/meeting"
        for person in (pair.asker, pair.giver, builders.person(is_coordinator=True)):
            program = Program(person)
            assert program("GET", of).json() == {"pausedUntil": None, "never": []}
            assert program("DELETE", f"{of}/pause").status_code == 403
            for slug in (pair.need.organisation.slug, pair.offer.organisation.slug):
                assert program("PUT", f"{of}/never/{slug}").status_code == 403
                assert program("DELETE", f"{of}/never/{slug}").status_code == 403
        assert not Introduction.objects.exists()


def _text(client: Any, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())
