"""What lies still is reminded of, gently, and then ends."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from katalysator.introductions import tasks, together
from katalysator.introductions.models import Introduction, ThreadMessage
from katalysator.introductions.patience import PATIENCE
from katalysator.introductions.thread.verbs import say
from katalysator.listings import verbs as listings
from tests import builders
from tests.introductions.steps import Pair, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    return Pair.new()


def quiet(introduction: Introduction, days: int) -> Introduction:
    """As if nothing happened for so many days of the calendar here; the clock strikes once."""
    moment = timezone.localtime() - timedelta(days=days)
    Introduction.objects.filter(pk=introduction.pk).update(stirred_at=moment)
    tasks.watch(int(timezone.now().timestamp()))
    return fresh(introduction)


def test_a_proposal_is_reminded_of_twice_and_lapses(pair: Pair) -> None:
    made = pair.proposed()
    told = [(quiet(made, days).nudges, fresh(made).state) for days in range(15)]
    assert told == [
        *[(0, "proposed")] * 5,
        *[(1, "proposed")] * 6,
        *[(2, "proposed")] * 3,
        (0, "lapsed"),
    ]


@pytest.mark.parametrize("state", PATIENCE)
def test_each_reminder_goes_out_once_and_something_new_begins_the_clock_anew(
    pair: Pair, state: str
) -> None:
    made = pair.proposed() if state == "proposed" else pair.introduced()
    Introduction.objects.filter(pk=made.pk).update(state=state)
    for number, days in enumerate(PATIENCE[state].reminders, 1):
        assert quiet(made, days).nudges == number
        assert quiet(made, days).nudges == number
    if state != "proposed":
        say(made, by=pair.asker, text="Nog steeds leuk.")
        assert fresh(made).nudges == 0


def test_a_talk_of_which_nothing_more_is_heard_is_closed(pair: Pair) -> None:
    made = together.talk(pair.introduced(), by=pair.asker)
    end = PATIENCE["talking"].end or 0
    assert quiet(made, end - 1).state == "talking"
    assert quiet(made, end).state == "ended"


def test_an_agreement_waits_as_long_as_it_takes(pair: Pair) -> None:
    made = together.agree(pair.introduced(), by=pair.asker)
    assert quiet(made, 2_000).state == "agreed"


def test_a_need_that_is_closed_takes_its_proposals_along(pair: Pair) -> None:
    made, other = pair.proposed(), Pair.new().proposed()
    listings.move(pair.need, "close", by=builders.HOUSE)
    tasks.call_off_closed()
    assert (fresh(made).state, fresh(other).state) == ("withdrawn", "proposed")


def test_one_that_was_said_yes_to_goes_on_where_its_need_is_closed(pair: Pair) -> None:
    made = pair.introduced()
    listings.move(pair.need, "settle", by=builders.HOUSE)
    tasks.call_off_closed()
    assert fresh(made).state == "introduced"


def test_messages_are_forgotten_a_year_after_the_end(pair: Pair) -> None:
    made = pair.introduced()
    say(made, by=pair.asker, text="Hallo")
    together.stop(made, by=pair.asker, reason="time")
    now = int(timezone.now().timestamp())
    tasks.forget_old(now)
    assert ThreadMessage.objects.exists()
    tasks.forget_old(now + int(timedelta(days=366).total_seconds()))
    assert not ThreadMessage.objects.exists()


def test_what_goes_on_is_never_forgotten(pair: Pair) -> None:
    say(pair.introduced(), by=pair.asker, text="Hallo")
    tasks.forget_old(int(datetime(2100, 1, 1, tzinfo=timezone.get_current_timezone()).timestamp()))
    assert ThreadMessage.objects.exists()
