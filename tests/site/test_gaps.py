"""What lacks on one page: near-equal needs as one gap, who could help and why, what may be begun, and its course."""

import csv
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from katalysator.activities.models import Activity
from katalysator.bureau.models import Mailing
from katalysator.coalition.founding.models import Coalition
from katalysator.coalition.models import Area, Organisation, Person
from katalysator.commitments import verbs as commitments
from katalysator.commitments.verbs import Promise
from katalysator.listings import verbs
from katalysator.listings.models import Kind, Listing
from katalysator.matches.counting import count_gaps
from katalysator.matches.models import GapCount, Match
from katalysator.matches.tasks import count_gaps_of_day
from katalysator.readings.texts import renew_lexicon
from katalysator.search.indexing import make_findable
from katalysator.search.models import findables
from katalysator.site.gaps import proposals
from katalysator.site.gaps.course import drawn
from katalysator.site.gaps.proposals import Helper
from katalysator.site.gaps.shortages import Gap, gaps, target_areas
from tests import builders
from tests.attack.steps import inside
from tests.matches.steps import FAR, NEED, OFFER, match_all

pytestmark = pytest.mark.django_db

ALIKE = {
    "title": "Longscans sneller beoordelen met beeldherkenning",
    "text": "Ons ziekenhuis zoekt een partij die met beeldherkenning longscans sneller beoordeelt.",
}
BUREAU = {"is_coordinator": True, "language": "en"}


def read_all() -> None:
    """Read and match everything, as the background does."""
    for each in findables():
        make_findable(each)
    renew_lexicon()
    match_all()


def waiting(days: int, listing: Listing) -> Listing:
    """The same listing, published so many days ago."""
    since = timezone.now() - timedelta(days=days)
    Listing.objects.filter(pk=listing.pk).update(published_at=since)
    return listing


def need(days: int = 0, **fields: object) -> Listing:
    return waiting(days, builders.listing(builders.organisation(), **({**NEED} | fields)))


def helpers(wanted: Listing, person: Person | AnonymousUser) -> list[Helper]:
    """As it was read meanwhile."""
    return proposals.helpers(Listing.objects.get(pk=wanted.pk), person)


def all_gaps() -> list[Gap]:
    return gaps(Listing.objects.open().of_kind(Kind.NEED), inside=True)


def page_of(client: Client, query: str = "") -> str:
    return client.get(f"/en/gaps/{query}").content.decode()


def test_needs_that_ask_nearly_the_same_are_one_gap_and_others_are_not() -> None:
    second, first, other = need(5, **ALIKE), need(9), need(20, **FAR)
    read_all()
    assert sorted(each.needs for each in all_gaps()) == [(first.pk, second.pk), (other.pk,)]


def test_what_more_ask_comes_before_what_waits_longer_and_of_a_market_apart() -> None:
    many = [need(10), need(10, **ALIKE)]
    need(19, **FAR)
    elsewhere = builders.listing(builders.organisation(), Kind.NEED, "pilot", **ALIKE)
    read_all()
    found = all_gaps()
    assert found[0].needs == tuple(each.pk for each in many)
    assert (elsewhere.pk,) in [each.needs for each in found]


def test_two_needs_of_one_organisation_are_asked_by_one() -> None:
    owner = builders.organisation()
    for text in (NEED, ALIKE):
        builders.listing(owner, **text)
    read_all()
    (gap,) = all_gaps()
    assert (len(gap.needs), gap.owners) == (2, 1)


def test_what_was_not_read_yet_is_a_gap_by_itself() -> None:
    need()
    need()
    assert [len(each.needs) for each in all_gaps()] == [1, 1]


def test_an_area_in_a_target_of_the_coalition_counts_more() -> None:
    area = Area.objects.get(slug="zorg")
    Coalition.objects.update_or_create(
        pk=1, defaults={"targets": [{"name": f"Labs in {area.name['nl']}", "number": "3"}]}
    )
    assert target_areas() == {"zorg"}
    inside_it, outside = need(3, areas=("zorg",)), need(3, **(FAR | {"areas": ("media",)}))
    found = all_gaps()
    assert [each.needs for each in found] == [(inside_it.pk,), (outside.pk,)]
    assert [each.is_target for each in found] == [True, False]


def test_a_need_with_a_good_offer_is_no_gap_and_its_offer_is_needed() -> None:
    served = need()
    offer = builders.listing(builders.organisation(), Kind.OFFER, **OFFER)
    unused = builders.listing(builders.organisation(), Kind.OFFER, **FAR)
    read_all()
    client = Client()
    assert served.title not in page_of(client)
    offers = page_of(client, "?what=offers")
    assert unused.title in offers
    assert offer.title not in offers.split('id="course"')[0]


def test_a_stranger_sees_no_need_for_participants_and_they_do() -> None:
    hidden = need(title="Onder ons gevraagd", visibility="participants")
    member = inside(builders.person(builders.organisation()))
    assert hidden.title not in page_of(Client())
    assert Client().get(f"/en/gaps/{hidden.pk}/").status_code == 404
    assert hidden.title in page_of(member)
    assert member.get(f"/en/gaps/{hidden.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("query", "there"),
    [("?area=zorg", True), ("?area=media", False), ("?market=expertise", True), ("?market=pilot", False)],
)  # fmt: skip
def test_the_list_is_narrowed_down(query: str, there: bool) -> None:
    wanted = need(areas=("zorg",))
    assert (wanted.title in page_of(Client(), query).split('id="course"')[0]) is there


def test_cells_in_which_something_is_missing_have_a_first_step() -> None:
    page = page_of(Client(), "?what=cells&area=zorg&block=talent")
    assert page.count("See who could take part") == 1


def test_who_could_help_is_named_with_every_reason() -> None:
    wanted = need()
    helper = builders.organisation(name="Voorbeeld Beeld")
    old = builders.listing(helper, Kind.OFFER, **OFFER)
    verbs.move(old, "close", by=builders.HOUSE)
    commitments.promise(helper, by=builders.HOUSE, promises={"experts": Promise(2, "")})
    other = builders.organisation()
    builders.listing(other, Kind.OFFER, **FAR)
    read_all()
    coordinator = builders.person(**BUREAU)
    (found,) = helpers(wanted, coordinator)
    assert found.organisation == helper
    assert any(OFFER["title"] in reason for reason in found.reasons)
    assert len(found.reasons) == 2
    assert not helpers(wanted, AnonymousUser()), "what is closed is not for strangers"


def test_who_asks_for_it_is_no_helper() -> None:
    wanted = need()
    mine = builders.listing(wanted.organisation, Kind.OFFER, **OFFER)
    verbs.move(mine, "close", by=builders.HOUSE)
    read_all()
    assert not helpers(wanted, builders.person(**BUREAU))


def test_the_bureau_begins_each_way_on_with_one_click() -> None:
    wanted = need(areas=("zorg",))
    helper = builders.organisation()
    builders.person(helper, language="nl")
    old = builders.listing(helper, Kind.OFFER, **OFFER)
    verbs.move(old, "close", by=builders.HOUSE)
    far = builders.listing(builders.organisation(), Kind.OFFER, **(FAR | {"areas": ("zorg",)}))
    read_all()
    Match.objects.create(need=wanted, offer=far, market=wanted.market, score=0.2, parts={})
    client = inside(builders.person(**BUREAU))
    page = client.get(f"/en/gaps/{wanted.pk}/").content.decode()
    assert (
        f"/en/introductions/new/{far.pk}/?with={wanted.pk}" in page or f"with={wanted.pk}" in page
    )
    activity = client.get(f"/en/activities/new/?title={wanted.title}&kind=workshop&areas=zorg")
    assert wanted.title in activity.content.decode()
    assert not Activity.objects.exists()
    said = dict(_fields(page))
    letter = client.post("/en/bureau/participants/chosen/", said)
    assert wanted.title in letter.content.decode()
    assert not Mailing.objects.exists(), "nothing goes out by looking at it"


def _fields(page: str) -> list[tuple[str, str]]:
    form = page.split('action="/en/bureau/participants/chosen/"')[1].split("</form>")[0]
    fields = [each.split('"') for each in form.split('<input type="hidden" ')[1:]]
    return [(each[1], each[3]) for each in fields if each[0] == "name="]


def test_a_stranger_and_a_member_see_no_letter_to_write() -> None:
    wanted = need()
    member = inside(builders.person(builders.organisation()))
    for client in (Client(), member):
        assert "participants/chosen" not in client.get(f"/en/gaps/{wanted.pk}/").content.decode()
    assert "activities/new" in member.get(f"/en/gaps/{wanted.pk}/").content.decode()


@pytest.mark.parametrize("count", [1, 6])
def test_the_page_asks_as_many_questions_however_many_gaps(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        need(number, **(FAR | {"title": f"Vraag {number}"}))
    read_all()
    count_gaps(timezone.localdate())
    page_of(Client())
    wanted = Listing.objects.open().of_kind(Kind.NEED).latest("pk")
    with django_assert_num_queries(15):
        Client().get(f"/en/gaps/{wanted.pk}/")
    with django_assert_num_queries(9):
        page_of(Client())
    with django_assert_num_queries(5):
        page_of(Client(), "?what=offers")


@pytest.mark.parametrize("what", ["needs", "offers", "cells"])
def test_what_lacks_is_a_sheet_too(what: str) -> None:
    need(3)
    builders.listing(builders.organisation(), Kind.OFFER, **FAR)
    answer = Client().get(f"/en/gaps/export.csv?what={what}&area=zorg")
    sheet = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    lines = list(csv.reader(StringIO(sheet)))
    assert len(lines) >= (1 if what == "offers" else 2)
    assert len({len(line) for line in lines}) == 1


class TestCounting:
    def test_every_night_counts_what_lacks_by_market_and_area_for_both_views(self) -> None:
        need(areas=("zorg", "media"))
        need(visibility="participants", areas=("zorg",))
        builders.listing(builders.organisation(), Kind.OFFER, **FAR)
        count_gaps_of_day(
            int(datetime(2027, 3, 1, 12, tzinfo=timezone.get_current_timezone()).timestamp())
        )
        told = {
            (each.inside, each.market, each.area): (each.needs, each.unserved, each.offers, each.unused)
            for each in GapCount.objects.filter(day=date(2027, 3, 1))
        }  # fmt: skip
        assert told[True, "", ""] == (2, 2, 1, 1), "one in two areas counts once in all"
        assert told[False, "", ""] == (1, 1, 1, 1)
        assert told[True, "expertise", "zorg"] == (2, 2, 0, 0)
        assert told[False, "", "media"] == (1, 1, 0, 0)

    def test_a_day_is_counted_once_however_often(self) -> None:
        need()
        today = timezone.localdate()
        assert count_gaps(today) == count_gaps(today) == GapCount.objects.count()

    def test_empty_cells_are_counted_by_area_and_in_all_and_not_by_market(self) -> None:
        before = _empty()
        need(areas=("zorg",))
        assert before - _empty() == 1
        assert _empty("zorg") == 4
        assert not GapCount.objects.filter(empty=None, market="").exists()

    def test_of_a_day_in_the_past_counts_what_was_published_by_then(self) -> None:
        need(days=20)
        need(days=3)
        today = timezone.localdate()
        for days in (30, 10, 0):
            count_gaps(today - timedelta(days=days))
        whole = GapCount.objects.filter(inside=True, market="", area="").order_by("day")
        assert [each.needs for each in whole] == [0, 1, 2]

    def test_a_stranger_sees_the_course_of_what_everybody_sees(self) -> None:
        need(visibility="participants")
        count_gaps(timezone.localdate())
        member = builders.person(builders.organisation())
        own = GapCount.objects.visible_to(member).course("", "", date(2020, 1, 1))
        theirs = GapCount.objects.visible_to(AnonymousUser()).course("", "", date(2020, 1, 1))
        assert ([each.needs for each in own], [each.needs for each in theirs]) == ([1], [0])


def _empty(area: str = "") -> int:
    count_gaps(timezone.localdate())
    found = GapCount.objects.get(inside=True, market="", area=area).empty
    assert found is not None
    return found


class TestCourse:
    def test_lines_run_from_the_first_day_to_the_last_and_the_table_has_a_day_a_week(self) -> None:
        days = [date(2027, 1, 1) + timedelta(days=n) for n in range(15)]
        counts = [
            GapCount(day=day, market="", needs=n, unserved=0, offers=14, unused=0, empty=1)
            for n, day in enumerate(days)
        ]
        course = drawn(counts)
        needs = course.lines[0].points.split()
        assert (needs[0], needs[-1]) == ("0,160", "600,0")
        assert [row.day for row in course.rows] == [days[14], days[7], days[0]]
        assert dict(course.rows[0].told)["Open needs"] == 14

    def test_of_one_market_no_cells_are_told(self) -> None:
        count = GapCount(
            day=date(2027, 1, 1), market="data", needs=1, unserved=1, offers=0, unused=0
        )
        assert len(drawn([count]).lines) == 4

    def test_nothing_counted_is_said(self) -> None:
        assert drawn([]).rows == ()
        assert "that is done every night" in page_of(Client())


def test_what_was_filled_in_the_last_month_is_named() -> None:
    found = need(title="Gevonden")
    verbs.move(found, "settle", by=builders.HOUSE)
    assert "Gevonden" in page_of(Client()).split('id="course"')[1]


class TestApi:
    def test_gaps_say_what_the_page_says(self) -> None:
        first, second = need(9), need(5, **ALIKE)
        read_all()
        answer = Client().get("/api/v1/gaps").json()
        (item,) = answer["items"]
        assert item["needs"] == [first.pk, second.pk]
        assert (item["owners"], item["days"], item["nearest"]) == (2, 9, None)

    def test_the_course_is_of_who_asks(self) -> None:
        need(visibility="participants")
        count_gaps(timezone.localdate())
        (day,) = Client().get("/api/v1/gaps/course").json()["items"]
        assert (day["needs"], day["offers"]) == (0, 0)

    def test_helpers_of_a_need_come_with_reasons(self) -> None:
        wanted = need()
        assert Client().get(f"/api/v1/listings/{wanted.pk}/helpers").json()["items"] == []


def test_an_organisation_that_left_is_no_helper() -> None:
    wanted = need()
    helper = builders.organisation()
    verbs.move(builders.listing(helper, Kind.OFFER, **OFFER), "close", by=builders.HOUSE)
    Organisation.objects.filter(pk=helper.pk).update(state="left")
    read_all()
    assert not helpers(wanted, builders.person(**BUREAU))
