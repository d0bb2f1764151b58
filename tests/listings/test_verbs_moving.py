"""Taking a listing to its next state: who may, what must be said first, and the event that it leaves."""

from typing import Any

import pytest
import time_machine
from django.utils import timezone, translation
from django.utils.translation import gettext

from katalysator.coalition.models import Organisation, Person
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.listings import verbs
from katalysator.listings.models import Kind, Listing
from tests import builders
from tests.matches.steps import events, trail_holds

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation()


@pytest.fixture
def member(owner: Organisation) -> Person:
    return builders.person(owner)


class TestMoving:
    def test_publishing_stamps_the_time_once(self, owner: Organisation) -> None:
        with time_machine.travel("2026-03-01 12:00Z", tick=False):
            listing = builders.listing(owner)
            first = timezone.now()
        assert listing.published_at == first
        verbs.move(listing, "withdraw", by=builders.HOUSE)
        again = verbs.move(listing, "publish", by=builders.HOUSE)
        assert again.published_at == first

    def test_the_event_holds_both_states_who_and_why(
        self, owner: Organisation, member: Person
    ) -> None:
        listing = builders.listing(owner)
        moved = verbs.move(listing, "close", by=member, reason="Opgelost")
        event = events(listing)[-1]
        assert (event.verb, event.actor, event.reason) == ("listing.close", member.pk, "Opgelost")
        assert (event.before, event.after) == ({"state": "published"}, {"state": "closed"})
        assert moved.state == Listing.objects.get(pk=listing.pk).state == "closed"
        assert trail_holds()

    def test_what_the_table_does_not_allow_is_a_conflict_and_leaves_no_trace(
        self, owner: Organisation
    ) -> None:
        listing = builders.draft(owner)
        with pytest.raises(Conflict, match=r"Possible now: Publish\."):
            verbs.move(listing, "close", by=builders.HOUSE)
        assert [event.verb for event in events(listing)] == ["listing.post"]

    def test_it_is_the_state_in_the_table_that_counts_not_that_on_the_page(
        self, owner: Organisation
    ) -> None:
        opened = builders.listing(owner)
        verbs.move(opened, "close", by=builders.HOUSE)
        with pytest.raises(Conflict):
            verbs.move(opened, "settle", by=builders.HOUSE)

    def test_moving_keeps_an_edit_that_was_made_meanwhile(self, owner: Organisation) -> None:
        opened = builders.listing(owner)
        verbs.edit(opened, by=builders.HOUSE, content=builders.content(title="Anders"))
        stale = Listing(pk=opened.pk, title="Oud", organisation=owner)
        assert verbs.move(stale, "close", by=builders.HOUSE).title == "Anders"

    def test_others_may_not(self, owner: Organisation) -> None:
        listing = builders.listing(owner)
        for person in (builders.person(), builders.person(builders.organisation())):
            with pytest.raises(NotAllowed) as refused:
                verbs.move(listing, "close", by=person)
            assert refused.value.code == "not-your-listing"
        assert Listing.objects.get(pk=listing.pk).state == "published"
        assert events(listing)[-1].verb == "listing.publish"

    def test_others_are_not_told_in_which_state_it_is(self, owner: Organisation) -> None:
        draft = builders.draft(owner)
        with pytest.raises(NotAllowed):
            verbs.move(draft, "close", by=builders.person(builders.organisation()))

    def test_what_the_clock_does_nobody_does(self, owner: Organisation, member: Person) -> None:
        listing = builders.listing(owner)
        for person in (member, builders.person(is_coordinator=True)):
            with pytest.raises(NotAllowed):
                verbs.move(listing, "expire", by=person)
        assert verbs.move(listing, "expire", by=builders.HOUSE).state == "expired"


class TestPublishing:
    """Whatever a draft leaves open must be said before others see it."""

    @pytest.mark.parametrize(
        ("fields", "places"),
        [
            ({"text": ""}, "What is it about?"),
            ({"areas": (), "regions": ()}, "Areas, Regions"),
            ({"terms": {}}, "Stage, Instrument"),
            ({"text": "", "terms": {"stage": ["seed"]}}, "What is it about?, Instrument"),
        ],
    )
    def test_an_unfinished_one_is_refused_and_all_that_is_missing_is_named(
        self, owner: Organisation, fields: dict[str, Any], places: str
    ) -> None:
        draft = builders.draft(owner, Kind.NEED, "capital", **fields)
        with pytest.raises(InvalidInput) as refused:
            verbs.move(draft, "publish", by=builders.HOUSE)
        assert refused.value.code == "unfinished"
        assert refused.value.sentence == (
            f"Before others can see this, fill in: {places}. Until then, keep it as a draft."
        )
        assert Listing.objects.get(pk=draft.pk).state == "draft"
        assert [event.verb for event in events(draft)] == ["listing.post"]

    def test_what_is_missing_is_named_in_dutch_to_who_reads_dutch(
        self, owner: Organisation
    ) -> None:
        draft = builders.draft(owner, Kind.NEED, "capital", areas=(), terms={"stage": ["seed"]})
        with pytest.raises(InvalidInput) as refused:
            verbs.move(draft, "publish", by=builders.HOUSE)
        with translation.override("nl"):
            sentence = refused.value.sentence
            assert gettext("Areas") in sentence
            assert gettext("Instrument") in sentence

    def test_a_term_that_a_market_asks_since_does_not_keep_an_old_one_open(
        self, owner: Organisation
    ) -> None:
        """It may be closed, or expire; to come back it must say what is asked now."""
        listing = builders.listing(owner, Kind.NEED, "capital")
        Listing.objects.filter(pk=listing.pk).update(terms={"stage": ["seed"]})
        assert verbs.move(listing, "settle", by=builders.HOUSE).state == "matched"
        assert verbs.move(listing, "reopen", by=builders.HOUSE).state == "published"
        assert verbs.move(listing, "expire", by=builders.HOUSE).state == "expired"
        with pytest.raises(InvalidInput, match="Instrument"):
            verbs.move(listing, "renew", by=builders.HOUSE)
        assert verbs.move(listing, "close", by=builders.HOUSE).state == "closed"
