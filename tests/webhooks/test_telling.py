"""Who is told of what: no more than who may see it, and nothing of what it says."""

import json
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from katalysator.activities.verbs import cancel
from katalysator.admission import verbs as admission
from katalysator.coalition.organisations.verbs import move as move_organisation
from katalysator.introductions import verbs as introductions
from katalysator.introductions.eligibility import MeetingSide
from katalysator.knowledge import verbs as knowledge
from katalysator.listings import verbs as listings
from katalysator.listings.models import Kind
from katalysator.matches.models import Match, ToldMatch
from katalysator.matches.webhook_events import tell_of_new_matches
from katalysator.site import urls  # noqa: F401 — with the addresses come the routes of all rooms
from katalysator.webhooks.declaring import event_type
from katalysator.webhooks.events import event_types, type_of_verb
from katalysator.webhooks.models import Delivery, Webhook
from katalysator.webhooks.signing import message
from katalysator.webhooks.tasks import tell_of_event
from tests import builders
from tests.introductions.steps import Pair
from tests.webhooks.steps import told, waiting, work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_goes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of these tests lead nowhere."""
    monkeypatch.setattr("katalysator.core.outgoing._of_the_system", lambda _host, _port: [])


@pytest.fixture
def bureau() -> Webhook:
    return builders.webhook()[0]


def of(owner: Any, **fields: Any) -> Webhook:
    return builders.webhook(owner, **fields)[0]


class TestListings:
    def test_a_life_is_told_to_its_owner_to_others_who_ask_for_it_and_to_the_bureau(
        self, bureau: Webhook
    ) -> None:
        owner, other = builders.organisation(), builders.organisation()
        mine, curious = of(owner), of(other, of_others=True)
        quiet = of(other)
        listing = builders.draft(owner)
        listings.edit(listing, by=builders.HOUSE, content=builders.content(title="Anders"))
        for deed in ("publish", "settle", "reopen", "close"):
            listings.move(listing, deed, by=builders.HOUSE)
        work()
        public = [
            f"listing.{each} {listing.pk}" for each in ("opened", "settled", "opened", "closed")
        ]
        assert told(mine) == told(bureau) == [f"listing.changed {listing.pk}", *public]
        assert told(curious) == public
        assert told(quiet) == []

    def test_of_what_is_in_own_name_no_organisation_hears_as_its_owner(
        self, bureau: Webhook
    ) -> None:
        owner = builders.organisation()
        person = builders.found_as("Docent data", owner)
        mine, curious = of(owner), of(owner, of_others=True)
        draft = builders.draft(person)
        listings.edit(draft, by=person, content=builders.content(title="Anders"))
        work()  # whether others may see a change is asked when it is told
        listings.move(draft, "publish", by=person)
        work()
        assert told(mine) == []
        assert told(curious) == [f"listing.opened {draft.pk}"]
        assert told(bureau) == [f"listing.changed {draft.pk}", f"listing.opened {draft.pk}"]

    def test_only_chosen_types_are_told(self) -> None:
        owner = builders.organisation()
        mine = of(owner, types=["listing.closed"])
        listing = builders.listing(owner)
        listings.move(listing, "close", by=builders.HOUSE)
        work()
        assert told(mine) == [f"listing.closed {listing.pk}"]

    @pytest.mark.parametrize("deed", ["suspend", "leave"])
    def test_who_takes_part_no_longer_is_told_nothing(self, deed: str) -> None:
        owner = builders.organisation()
        mine = of(owner, of_others=True)
        move_organisation(owner, deed, by=builders.HOUSE)
        builders.listing(builders.organisation())
        work()
        assert told(mine) == []


class TestIntroductions:
    def test_its_parties_and_the_bureau_hear_of_it_and_nobody_else(self, bureau: Webhook) -> None:
        pair = Pair.new()
        hooks = [of(each.organisation) for each in (pair.need, pair.offer)]
        outside = of(builders.organisation(), of_others=True)
        Delivery.objects.all().delete()
        introduction = pair.introduced()
        work()
        types = [f"introduction.{each} {introduction.pk}" for each in ("proposed", "introduced")]
        assert all(told(each)[-2:] == types for each in (*hooks, bureau))
        assert not [each for each in told(outside) if each.startswith("introduction")]

    def test_who_is_one_in_own_name_is_not_its_organisation(self) -> None:
        owner, giving = builders.presented(), builders.presented()
        person = builders.found_as("Docent data", owner)
        mine = of(owner)
        need, offer = builders.listing(person), builders.listing(giving, Kind.OFFER)
        sides = [MeetingSide.of(each) for each in (need, offer)]
        introductions.propose(sides, by=person)
        work()
        assert told(mine) == []

    def test_nothing_tells_who_is_anonymous(self, settings: LazySettings) -> None:
        pair = Pair.new()
        theirs = of(pair.offer.organisation)
        sides = pair.sides(described="Een ziekenhuis in het midden van het land")
        introduction = introductions.propose(sides, by=pair.asker)
        work()
        sent = Delivery.objects.get(webhook=theirs, kind="introduction")
        said = json.loads(message(sent))
        assert said == {
            "id": sent.message_id,
            "type": "introduction.proposed",
            "timestamp": said["timestamp"],
            "data": {
                "kind": "introduction",
                "number": introduction.pk,
                "address": f"{settings.ADDRESS}/api/v1/introductions/{introduction.pk}",
            },
        }

    def test_a_no_is_told_without_its_reason(self) -> None:
        pair = Pair.new()
        mine = of(pair.need.organisation)
        introduction = pair.proposed()
        party = pair.of(introduction, pair.giver)
        introductions.decline(party, by=pair.giver, reason="time", remark="geheim")
        work()
        assert told(mine)[-1] == f"introduction.declined {introduction.pk}"
        assert not [each for each in Delivery.objects.all() if b"geheim" in message(each)]


class TestOthers:
    def test_an_application_is_told_to_the_bureau_once_its_address_was_proven(
        self, bureau: Webhook
    ) -> None:
        curious = of(builders.organisation(), of_others=True)
        sent = builders.application("sent")
        admission.withdraw(sent, by=builders.HOUSE)
        waits = builders.application(email="een@ander.example")
        admission.decline(waits, by=builders.HOUSE, reason="Te vroeg.")
        work()
        assert told(bureau) == [
            f"application.received {waits.pk}",
            f"application.decided {waits.pk}",
        ]
        assert told(curious) == []

    def test_knowledge_and_activities_are_told_when_they_are_shown(self, bureau: Webhook) -> None:
        owner = builders.organisation()
        curious = of(builders.organisation(), of_others=True)
        item = builders.item(owner, "draft")
        knowledge.move(item, "publish", by=builders.HOUSE)
        activity = builders.activity(owner)
        cancel(activity, by=builders.HOUSE, reason="Ziek")
        work()
        expected = [
            f"knowledge.published {item.pk}",
            f"activity.announced {activity.pk}",
            f"activity.cancelled {activity.pk}",
        ]
        assert told(curious) == told(bureau) == expected


class TestMatches:
    def test_good_ones_are_told_to_both_owners_once(self, bureau: Webhook) -> None:
        owner, other = builders.organisation(), builders.organisation()
        need = builders.listing(owner)
        offers = [builders.listing(other, Kind.OFFER) for _ in range(3)]
        for offer, score in zip(offers, (0.9, 0.8, 0.05), strict=True):
            Match.objects.create(
                need=need, offer=offer, market="expertise", score=score, parts=[], seats=0
            )
        mine, theirs = of(owner, types=["match.found"]), of(other, types=["match.found"])
        curious = of(builders.organisation(), types=["match.found"], of_others=True)
        assert tell_of_new_matches("expertise") == 2
        assert tell_of_new_matches("expertise") == 0
        assert told(mine) == [f"match.found {need.pk}"]
        assert sorted(told(theirs)) == [f"match.found {each.pk}" for each in offers[:2]]
        assert told(curious) == []
        assert len([each for each in told(bureau) if each.startswith("match")]) == 3
        (sent,) = Delivery.objects.filter(webhook=mine)
        assert sent.path == f"/api/v1/listings/{need.pk}/matches"
        Match.objects.all().delete()
        Match.objects.create(
            need=need, offer=offers[0], market="expertise", score=0.9, parts=[], seats=0
        )
        assert tell_of_new_matches("expertise") == 0
        assert ToldMatch.objects.count() == 2

    def test_who_adds_a_webhook_hears_of_what_comes(self) -> None:
        owner = builders.organisation()
        need, offer = builders.listing(owner), builders.listing(owner, Kind.OFFER)
        Match.objects.create(
            need=need, offer=offer, market="expertise", score=0.9, parts=[], seats=0
        )
        tell_of_new_matches("expertise")
        mine = of(owner)
        tell_of_new_matches("expertise")
        assert told(mine) == []


class TestOutbox:
    def test_what_is_told_commits_with_the_deed(self, bureau: Webhook) -> None:
        with transaction.atomic():
            builders.listing(builders.organisation())
            assert waiting()
            transaction.set_rollback(True)
        assert waiting() == []
        assert Delivery.objects.count() == 0

    def test_a_job_that_runs_twice_tells_once(self, bureau: Webhook) -> None:
        builders.listing(builders.organisation())
        (job,) = waiting()
        for _ in range(2):
            tell_of_event(**job.args)
        assert Delivery.objects.count() == 1

    def test_where_nobody_is_told_nothing_is_queued(self) -> None:
        builders.listing(builders.organisation())
        assert waiting() == []

    def test_the_cost_of_a_deed_does_not_grow_with_who_hears_of_it(
        self, bureau: Webhook, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        listing = builders.draft(builders.organisation())
        for _ in range(5):
            of(builders.organisation(), of_others=True)
        with django_assert_max_num_queries(16):
            listings.move(listing, "publish", by=builders.HOUSE)


class TestTypes:
    def test_a_verb_belongs_to_one_type(self) -> None:
        with pytest.raises(ValueError, match="told of already"):
            event_type("listing.other", "x", kind="x", route="x", verbs=("listing.publish",))
        with pytest.raises(ValueError, match="told of already"):
            event_type("listing.opened", "x", kind="x", route="x")
        assert type_of_verb("listing.post") is None

    def test_only_the_bureau_chooses_what_only_it_hears_of(self) -> None:
        of_all = {each.name for each in event_types(bureau=False)}
        assert {each.name for each in event_types(bureau=True)} - of_all == {
            "application.received",
            "application.decided",
        }
