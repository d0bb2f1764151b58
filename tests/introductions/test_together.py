"""What parties do that know each other: talk, plan, agree, tell the result, and learn from it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from katalysator.coalition.models import Person
from katalysator.coalition.people.leaving import give_all
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.introductions import together
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.models import Introduction, NextStep, Party, ThreadMessage
from katalysator.introductions.thread.verbs import say
from katalysator.introductions.together import ResultContent
from katalysator.introductions.verbs import accept, ask_along, decline
from katalysator.knowledge.models import KnowledgeItem
from tests import builders
from tests.introductions.steps import Pair, fresh, third

pytestmark = pytest.mark.django_db
PILOT = ResultContent(outcome="pilot", summary="Zes weken <i>meekijken</i>.")


@pytest.fixture
def pair() -> Pair:
    return Pair.new()


def agreed(pair: Pair) -> Introduction:
    return together.agree(pair.introduced(), by=pair.asker)


class TestTalking:
    def test_the_first_message_begins_the_talk(self, pair: Pair) -> None:
        made = pair.introduced()
        said = say(made, by=pair.asker, text="Wanneer <b>bellen</b> we?")
        assert said.text == "Wanneer bellen we?"
        assert said.party == Pair.of(made, pair.asker)
        assert fresh(made).state == "talking"

    def test_or_a_button_where_they_talk_elsewhere(self, pair: Pair) -> None:
        assert together.talk(pair.introduced(), by=pair.giver).state == "talking"

    def test_nobody_writes_before_all_said_yes(self, pair: Pair) -> None:
        made = pair.proposed()
        with pytest.raises(Conflict, match="once all have said yes"):
            say(made, by=pair.asker, text="Hallo?")
        with pytest.raises(NotAllowed):
            say(made, by=pair.giver, text="Hallo?")

    def test_nobody_else_writes(self, pair: Pair) -> None:
        made = pair.introduced()
        for by in (builders.person(), third()[1], builders.person(is_coordinator=True)):
            with pytest.raises(NotAllowed):
                say(made, by=by, text="Hallo?")
        assert not ThreadMessage.objects.exists()

    def test_a_message_says_something(self, pair: Pair) -> None:
        made = pair.introduced()
        for text in ("", " \n ", "x" * 5_001):
            with pytest.raises(InvalidInput):
                say(made, by=pair.asker, text=text)

    def test_a_mail_says_nothing_twice(self, pair: Pair) -> None:
        made = pair.introduced()
        first = say(made, by=pair.asker, text="Hallo", mail_id="a")
        assert say(made, by=pair.asker, text="Hallo", mail_id="a") == first
        assert ThreadMessage.objects.count() == 1


class TestSteps:
    def test_they_plan_tick_and_take_off(self, pair: Pair) -> None:
        made, due = pair.introduced(), timezone.localdate() - timedelta(days=1)
        mine = Pair.of(made, pair.asker)
        step = together.plan(made, by=pair.giver, what="Bellen", party=mine, due=due)
        assert (step.kind, step.is_overdue) == ("step", True)
        assert together.tick(step, by=pair.asker).is_done
        assert not together.tick(step, by=pair.asker, done=False).is_done
        together.drop(step, by=pair.asker)
        assert not NextStep.objects.exists()
        with pytest.raises(Conflict, match="not here any more"):
            together.tick(step, by=pair.asker)

    def test_after_an_agreement_a_step_is_a_milestone(self, pair: Pair) -> None:
        assert together.plan(agreed(pair), by=pair.giver, what="Begin").kind == "milestone"

    def test_a_step_is_of_one_of_the_parties(self, pair: Pair) -> None:
        made, other = pair.introduced(), Pair.new().introduced()
        party = other.parties.first()
        with pytest.raises(InvalidInput, match="one of the parties"):
            together.plan(made, by=pair.asker, what="Bellen", party=party)
        with pytest.raises(NotAllowed):
            together.plan(other, by=pair.asker, what="Bellen")


class TestAgreeing:
    def test_one_says_so_and_another_may_say_not_yet(self, pair: Pair) -> None:
        made = agreed(pair)
        assert fresh(made).state == "agreed"
        assert together.resume(made, by=pair.giver).state == "talking"

    def test_a_result_is_told_and_told_anew(self, pair: Pair) -> None:
        made = together.finish(agreed(pair), by=pair.giver, result=PILOT)
        assert (made.state, made.outcome, made.summary) == (
            "result",
            "pilot",
            "Zes weken meekijken.",
        )
        assert made.result_at == timezone.localdate()
        again = ResultContent(outcome="project", summary="Het werd meer.")
        assert together.finish(made, by=pair.asker, result=again).outcome == "project"

    def test_no_result_without_an_agreement_or_in_the_future(self, pair: Pair) -> None:
        with pytest.raises(Conflict):
            together.finish(pair.introduced(), by=pair.asker, result=PILOT)
        made, tomorrow = fresh(Introduction.objects.get()), timezone.localdate() + timedelta(days=1)
        together.agree(made, by=pair.asker)
        for wrong in (
            ResultContent(outcome="", summary=""),
            ResultContent(outcome="pilot", summary="", on=tomorrow),
        ):
            with pytest.raises(InvalidInput):
                together.finish(made, by=pair.asker, result=wrong)
        assert fresh(made).state == "agreed"

    def test_a_lesson_becomes_knowledge_of_who_shares_it(self, pair: Pair) -> None:
        made = together.finish(agreed(pair), by=pair.giver, result=PILOT)
        with pytest.raises(Conflict, match="what you learned"):
            together.share(made, by=pair.giver, language="nl")
        together.learn(made, by=pair.asker, lesson="Begin klein.")
        item = together.share(made, by=pair.giver, language="nl")
        assert (item.organisation, item.state, item.kind) == (
            pair.offer.organisation, "draft", "lesson",
        )  # fmt: skip
        assert item.text == "Zes weken meekijken.\n\nBegin klein."
        with pytest.raises(Conflict, match="already"):
            together.share(made, by=pair.asker, language="nl")
        assert KnowledgeItem.objects.count() == 1


class TestStopping:
    def test_of_two_it_is_over(self, pair: Pair) -> None:
        made = pair.introduced()
        assert together.stop(made, by=pair.giver, reason="terms").state == "ended"
        with pytest.raises(Conflict):
            say(made, by=pair.asker, text="Jammer.")
        assert together.learn(made, by=pair.asker, lesson="Vraag eerst naar de prijs.").lesson

    def test_of_three_the_others_go_on(self, pair: Pair) -> None:
        made, (organisation, somebody) = pair.introduced(), third()
        joined = ask_along(made, MeetingSide(organisation=organisation), by=pair.giver)
        accept(joined, by=somebody)
        together.stop(made, by=pair.giver, reason="time")
        assert fresh(made).state == "introduced"
        assert Pair.of(made, pair.giver).answer == Party.Answer.LEFT
        with pytest.raises(NotAllowed):
            say(made, by=pair.giver, text="Toch nog iets.")
        assert say(made, by=somebody, text="Dag.").party == Pair.of(made, somebody)

    def test_not_before_there_is_anything_to_stop(self, pair: Pair) -> None:
        with pytest.raises(Conflict):
            together.stop(pair.proposed(), by=pair.asker, reason="time")


class TestFoundOutside:
    def test_a_participant_says_whether_it_is_so(self, pair: Pair) -> None:
        made = together.record(MeetingSide.of(pair.need), MeetingSide.of(pair.offer), by=pair.asker)
        assert (made.state, made.met_outside) == ("agreed", True)
        accept(Pair.of(made, pair.giver), by=pair.giver)
        assert together.finish(made, by=pair.giver, result=PILOT).state == "result"

    def test_or_denies_it(self, pair: Pair) -> None:
        made = together.record(MeetingSide.of(pair.need), MeetingSide.of(pair.offer), by=pair.asker)
        decline(Pair.of(made, pair.giver), by=pair.giver, reason="other", remark="Niet wij.")
        assert fresh(made).state == "ended"

    def test_somebody_from_outside_is_a_name(self, pair: Pair) -> None:
        made = together.record(
            MeetingSide.of(pair.need), " Bakkerij  Jansen ", by=pair.asker, result=PILOT
        )
        assert made.state == "result"
        assert made.parties.get(organisation=None).owner_name == "Bakkerij Jansen"
        with pytest.raises(InvalidInput, match="with whom"):
            together.record(MeetingSide.of(pair.need), "  ", by=pair.asker)

    def test_only_of_what_is_ones_own(self, pair: Pair) -> None:
        with pytest.raises(NotAllowed):
            together.record(MeetingSide.of(pair.need), "Bakkerij", by=pair.giver)
        other = MeetingSide(organisation=pair.need.organisation)
        with pytest.raises(Conflict, match="same organisation"):
            together.record(MeetingSide.of(pair.need), other, by=pair.asker)
        assert not Introduction.objects.exists()


def test_a_colleague_who_takes_over_all_speaks_for_the_party(pair: Pair) -> None:
    made, heir = pair.introduced(), builders.person(pair.offer.organisation)
    give_all(pair.giver.memberships.get(), heir.memberships.get())
    assert Pair.of(made, heir).contact == heir


def test_what_is_left_of_who_is_erased_has_no_name(pair: Pair) -> None:
    made = pair.introduced()
    say(made, by=pair.giver, text="Hallo.")
    Person.objects.filter(pk=pair.giver.pk).delete()
    assert ThreadMessage.objects.get().author is None
    assert made.parties.get(listing=pair.offer).contact is None
