"""A listing's life, walked at random by several people at once: the verbs against a plain model.

The model is a dictionary; after every step the tables must say the same, and the trail must hold
one event for every deed that was done and none for those that were refused.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.core.actors import Actor
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.listings import verbs
from katalysator.listings.models import Kind, Listing
from katalysator.listings.tasks import expire
from tests import builders
from tests.examples import examples
from tests.listings.test_workflow import DEEDS, STATES, TABLE
from tests.matches.steps import trail_holds

pytestmark = pytest.mark.django_db

FAR_FUTURE = int(datetime(2100, 1, 1, tzinfo=UTC).timestamp())


@dataclass
class Known:
    """What the model knows of a listing that exists."""

    owner: int
    title: str
    state: str = "draft"
    was_published: bool = False
    ends: bool = False
    finished: bool = True


class Life(RuleBasedStateMachine):
    """Two organisations, their members and the bureau, doing what they like."""

    listings: Bundle[int] = Bundle("listings")
    who = st.sampled_from(["first", "second", "bureau", "house"])

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.owners = [builders.organisation(), builders.organisation()]
        self.people: dict[str, Actor] = {
            "first": builders.person(self.owners[0]),
            "second": builders.person(self.owners[1]),
            "bureau": builders.person(is_coordinator=True),
            "house": builders.HOUSE,
        }
        self.known: dict[int, Known] = {}
        self.deeds: list[tuple[str, str]] = []

    def teardown(self) -> None:
        """Check the chain once, then take everything back."""
        try:
            assert trail_holds()
        finally:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def may(self, who: str, owner: int) -> bool:
        return who in {"bureau", "house"} or who == ("first", "second")[owner]

    def done(self, deed: str, pk: int) -> None:
        self.deeds.append((f"listing.{deed}", str(pk)))

    @rule(
        target=listings,
        owner=st.integers(0, 1),
        who=who,
        kind=st.sampled_from(Kind),
        ends=st.booleans(),
        finished=st.booleans(),
    )
    def post(self, owner: int, who: str, kind: Kind, ends: bool, finished: bool) -> Any:
        end = timezone.localdate() if ends else None
        content = builders.content(title="Nieuw", end=end, text="Klaar." if finished else "")

        def act() -> Listing:
            return verbs.post(
                self.owners[owner],
                by=self.people[who],
                kind=kind,
                market_slug="expertise",
                content=content,
            )

        if not self.may(who, owner):
            with pytest.raises(NotAllowed):
                act()
            return multiple()
        made = act()
        self.known[made.pk] = Known(owner, "Nieuw", ends=ends, finished=finished)
        self.done("post", made.pk)
        return made.pk

    @rule(pk=listings, who=who, deed=st.sampled_from(DEEDS))
    def move(self, pk: int, who: str, deed: str) -> None:
        if pk not in self.known:
            return
        known = self.known[pk]
        listing = Listing.objects.get(pk=pk)
        if not self.may(who, known.owner):
            with pytest.raises(NotAllowed):
                verbs.move(listing, deed, by=self.people[who])
        elif (known.state, deed) not in TABLE:
            with pytest.raises(Conflict):
                verbs.move(listing, deed, by=self.people[who])
        elif deed == "expire" and who != "house":
            with pytest.raises(NotAllowed):
                verbs.move(listing, deed, by=self.people[who])
        elif not known.finished:
            with pytest.raises(InvalidInput):
                verbs.move(listing, deed, by=self.people[who])
        else:
            verbs.move(listing, deed, by=self.people[who])
            known.state = TABLE[known.state, deed]
            known.was_published |= known.state == "published"
            self.done(deed, pk)

    @rule(
        pk=listings,
        who=who,
        title=st.sampled_from(["Nieuw", "Anders"]),
        areas=st.sampled_from([("zorg",), ("atlantis",), ()]),
    )
    def edit(self, pk: int, who: str, title: str, areas: tuple[str, ...]) -> None:
        if pk not in self.known:
            return
        known = self.known[pk]
        listing = Listing.objects.get(pk=pk)
        content = builders.content(title=title, end=listing.end, areas=areas)
        if not self.may(who, known.owner):
            with pytest.raises(NotAllowed):
                verbs.edit(listing, by=self.people[who], content=content)
        elif areas == ("atlantis",) or (not areas and known.state != "draft"):
            with pytest.raises(InvalidInput):
                verbs.edit(listing, by=self.people[who], content=content)
        else:
            verbs.edit(listing, by=self.people[who], content=content)
            known.title, known.finished = title, bool(areas)
            self.done("edit", pk)

    @rule(pk=listings, who=who)
    def delete(self, pk: int, who: str) -> None:
        if pk not in self.known:
            return
        person = self.people[who]
        listing, known = Listing.objects.get(pk=pk), self.known[pk]
        if not self.may(who, known.owner):
            with pytest.raises(NotAllowed):
                verbs.delete(listing, by=person)
        elif known.state != "draft":
            with pytest.raises(Conflict):
                verbs.delete(listing, by=person)
        else:
            verbs.delete(listing, by=person)
            del self.known[pk]
            self.done("delete", pk)

    @rule()
    def night_falls(self) -> None:
        expire(timestamp=FAR_FUTURE)
        for pk, known in self.known.items():
            if known.state == "published":  # also what says no day itself
                known.state = "expired"
                self.done("expire", pk)

    @invariant()
    def the_tables_say_what_the_model_says(self) -> None:
        rows = {listing.pk: listing for listing in Listing.objects.all()}
        assert rows.keys() == self.known.keys()
        for pk, known in self.known.items():
            row = rows[pk]
            assert (row.state, row.title) == (known.state, known.title)
            assert (row.published_at is not None) is known.was_published
            assert row.state in STATES

    @invariant()
    def every_deed_has_one_event(self) -> None:
        written = Event.objects.order_by("pk").values_list("verb", "subject_id")
        assert sorted(written) == sorted(self.deeds)

    @invariant()
    def at_most_one_job_waits_for_a_listing(self) -> None:
        waiting = ProcrastinateJob.objects.filter(status="todo", task_name="matches.match_listing")
        numbers = [job["listing_id"] for job in waiting.values_list("args", flat=True)]
        assert len(numbers) == len(set(numbers))
        touched = {
            int(pk) for deed, pk in self.deeds if deed not in {"listing.post", "listing.delete"}
        }
        assert set(numbers) == touched


def test_no_walk_through_the_verbs_breaks_the_model() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            examples(25), stateful_step_count=25, suppress_health_check=list(HealthCheck)
        ),
    )
