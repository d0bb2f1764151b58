"""What changed in a week, and what needs the reader."""

import re
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from katalysator.bureau.week import NEWS, told, week_name, week_of
from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.organisations import verbs
from katalysator.core.workflow import Workflow
from katalysator.listings import verbs as listings
from tests import builders
from tests.house import SOURCE

pytestmark = pytest.mark.django_db

WEDNESDAY = datetime(2027, 3, 31, 12, tzinfo=UTC)  # the clock went forward on the Sunday before
MONDAY = date(2027, 3, 29)


@pytest.fixture(autouse=True)
def now() -> object:
    with time_machine.travel(WEDNESDAY, tick=False) as moved:
        yield moved


@pytest.mark.parametrize(
    ("said", "monday"),
    [
        ("", MONDAY),
        ("2027-W12", date(2027, 3, 22)),
        ("2026-W53", date(2026, 12, 28)),
        ("2027-W53", MONDAY),  # there is none
        ("2027-W99", MONDAY),
        ("9999-W52", MONDAY),  # to come
        ("0001-W01", MONDAY),
        ("x", MONDAY),
        ("2027-W", MONDAY),
    ],
)
def test_a_week_is_named_as_iso_does_and_anything_else_is_this_one(said: str, monday: date) -> None:
    assert week_of(said) == monday
    assert week_of(week_name(monday)) == monday


def test_news_is_counted_in_the_week_where_it_happened_by_the_clock_here(
    coordinator: Person, three: list[Organisation]
) -> None:
    midnight = datetime(2027, 3, 28, 22, tzinfo=UTC)  # Monday in Amsterdam
    for at in (midnight - timedelta(minutes=1), midnight, midnight + timedelta(minutes=1)):
        with time_machine.travel(at):
            builders.listing(three[0])
    (line,) = told(MONDAY, coordinator)
    assert (line.label, line.times, line.before) == ("Needs and offers published", 2, 1)
    assert len(line.subjects) == 2


def test_what_the_reader_may_not_see_is_counted_and_not_named(
    coordinator: Person, three: list[Organisation]
) -> None:
    listing = builders.listing(three[0], title="draftgeheim")
    listings.move(listing, "withdraw", by=builders.HOUSE)
    stranger = builders.person()
    assert [(line.times, line.subjects) for line in told(MONDAY, stranger)] == [(1, [])]


def test_the_newest_are_named_and_never_more_than_five(
    coordinator: Person, three: list[Organisation]
) -> None:
    made = [builders.listing(three[0], title=f"Titel {each}") for each in range(7)]
    (line,) = told(MONDAY, coordinator)
    assert line.times == 7
    assert [name for name, _address in line.subjects] == [str(each) for each in made[:1:-1]]


def test_the_page_looks_back_and_not_ahead(client: Client, three: list[Organisation]) -> None:
    verbs.move(three[0], "suspend", by=builders.HOUSE)
    page = client.get("/en/bureau/week/").content.decode()
    assert "Organisations that left or were suspended" in page
    assert "?week=2027-W12" in page
    assert "The week after" not in page
    before = client.get("/en/bureau/week/?week=2027-W10").content.decode()
    assert "Nothing changed" in before
    assert "?week=2027-W11" in before


def test_a_week_costs_as_much_with_much_news(
    client: Client, three: list[Organisation], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    builders.listing(three[0])
    client.get("/en/bureau/week/")
    with django_assert_num_queries(19):
        client.get("/en/bureau/week/")
    for _ in range(5):
        builders.listing(three[1])
    with django_assert_num_queries(19):
        client.get("/en/bureau/week/")


def test_every_verb_of_the_news_is_one_that_somebody_does() -> None:
    """A verb that is called otherwise by now would be counted as nothing, for ever."""
    house = [vars(each) for name, each in sys.modules.items() if name.startswith("katalysator.")]
    workflows = [each for names in house for each in names.values() if isinstance(each, Workflow)]
    deeds = {flow.audit_verb(deed) for flow in workflows for deed in flow.deeds}
    source = "".join(each.read_text("utf-8") for each in SOURCE.rglob("verbs.py"))
    written = set(re.findall(r'"([a-z-]+[.][a-z-]+)"', source))
    assert {verb for each in NEWS for verb in each.verbs} <= deeds | written
