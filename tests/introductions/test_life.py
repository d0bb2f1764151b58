"""An introduction's life, walked at random by three parties, the bureau and the clock: no way leads out of the table."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from katalysator.coalition.models import Person
from katalysator.core.actors import CLOCK, Actor
from katalysator.core.models import Event
from katalysator.faults import Conflict, NotAllowed
from katalysator.introductions import together, verbs
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.models import Introduction, Party
from katalysator.introductions.seen import seen_parties, with_parties
from katalysator.introductions.thread.verbs import say
from katalysator.introductions.together import ResultContent
from katalysator.introductions.workflow import INTRODUCTION, KNOWN, OPEN
from katalysator.listings import verbs as listings
from tests import builders
from tests.examples import examples
from tests.introductions.steps import Pair, third
from tests.matches.steps import trail_holds

pytestmark = pytest.mark.django_db

DESCRIBED = "een ziekenhuis in het oosten"
STEPS: dict[str, set[str]] = {
    state: {step.target for step in INTRODUCTION.transitions_from(state)} | {state}
    for state in INTRODUCTION.states
}
WHO = st.sampled_from(["asker", "giver", "third", "bureau", "clock", "stranger"])
OF_ONE = st.sampled_from(
    [
        *(verbs.withdraw, verbs.call_off, verbs.lapse),
        *(together.talk, together.agree, together.resume, together.fade, together.nudge),
    ]
)


class Meeting(RuleBasedStateMachine):
    """A need of somebody who does not show who it is, an offer, and a third who is asked along."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.pair = Pair.new()
        organisation, somebody = third()
        self.side = MeetingSide(organisation=organisation)
        self.people: dict[str, Actor] = {
            "asker": self.pair.asker,
            "giver": self.pair.giver,
            "third": somebody,
            "bureau": builders.person(is_coordinator=True),
            "clock": CLOCK,
            "stranger": builders.person(),
        }
        self.states: dict[int, str] = {}
        self.refused = 0

    def teardown(self) -> None:
        """Check the chain once, then take everything back."""
        try:
            assert trail_holds()
        finally:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def tried(self, deed: Callable[[], object]) -> None:
        """A deed is done whole, or refused with nothing changed."""
        before = self.facts(), Event.objects.count()
        try:
            with transaction.atomic():
                deed()
        except (Conflict, NotAllowed):
            assert (self.facts(), Event.objects.count()) == before

    @staticmethod
    def facts() -> Any:
        return (
            list(Introduction.objects.order_by("pk").values()),
            list(Party.objects.order_by("pk").values()),
        )

    @rule(who=WHO)
    def propose(self, who: str) -> None:
        for each in (self.pair.need, self.pair.offer):
            each.refresh_from_db()
        described = DESCRIBED if who == "asker" else ""
        sides = self.pair.sides(described=described)
        self.tried(lambda: verbs.propose(sides, by=self.people[who]))

    @rule(who=WHO, of=st.sampled_from(["asker", "giver", "third"]), yes=st.booleans())
    def answer(self, who: str, of: str, yes: bool) -> None:
        newest, person = Introduction.objects.order_by("pk").last(), self.people[of]
        if newest is None or not isinstance(person, Person):
            return
        party = newest.parties.spoken_for_by(person).first()
        if party is not None:
            by = self.people[who]
            accept = partial(verbs.accept, party, by=by)
            self.tried(accept if yes else partial(verbs.decline, party, by=by, reason="time"))

    @rule(who=WHO, deed=OF_ONE)
    def move(self, who: str, deed: Callable[..., object]) -> None:
        newest = Introduction.objects.order_by("pk").last()
        if newest is not None:
            self.tried(lambda: deed(newest, by=self.people[who]))

    @rule(who=WHO, what=st.sampled_from(["stop", "finish", "say", "along", "learn"]))
    def go_on(self, who: str, what: str) -> None:
        newest, by = Introduction.objects.order_by("pk").last(), self.people[who]
        if newest is None:
            return
        result = ResultContent(outcome="pilot", summary="Gelukt.")
        deeds: dict[str, Callable[[], object]] = {
            "stop": lambda: together.stop(newest, by=by, reason="time"),
            "finish": lambda: together.finish(newest, by=by, result=result),
            "say": lambda: say(newest, by=by, text="Hallo."),
            "along": lambda: verbs.ask_along(newest, self.side, by=by),
            "learn": lambda: together.learn(newest, by=by, lesson="Begin klein."),
        }
        self.tried(deeds[what])

    @rule(which=st.sampled_from(["need", "offer"]), deed=st.sampled_from(["close", "publish"]))
    def open_or_close(self, which: str, deed: str) -> None:
        listing = getattr(self.pair, which)
        self.tried(lambda: listings.move(listing, deed, by=builders.HOUSE))

    @invariant()
    def no_way_leads_out_of_the_table(self) -> None:
        for pk, state in Introduction.objects.values_list("pk", "state"):
            begun = {"proposed", "introduced"}
            assert state in (STEPS[self.states[pk]] if pk in self.states else begun)
            self.states[pk] = state

    @invariant()
    def nobody_is_introduced_twice(self) -> None:
        assert Introduction.objects.filter(state__in=OPEN).count() <= 1

    @invariant()
    def nobody_is_introduced_who_said_no_or_nothing(self) -> None:
        for each in Introduction.objects.filter(state__in=KNOWN):
            answers = list(each.parties.values_list("answer", flat=True))
            assert sum(answer in ("yes", "left") for answer in answers) >= 2

    @invariant()
    def nobody_learns_who_it_is_before_a_yes(self) -> None:
        for each in with_parties(Introduction.objects.filter(parties__is_anonymous=True)):
            for who in ("giver", "third", "stranger"):
                person: Any = self.people[who]
                told = " ".join(party.name for party in seen_parties(each, person))
                own = [party.answer for party in each.parties.all() if party.is_of(person)]
                may = each.state in KNOWN and own and own[0] in ("yes", "left")
                assert ("Voorbeeldzoeker" in told) <= bool(may)


def test_whatever_parties_the_bureau_and_the_clock_do() -> None:
    run_state_machine_as_test(
        Meeting,
        settings=settings(
            examples(40), stateful_step_count=25, suppress_health_check=list(HealthCheck)
        ),
    )
