"""Two buttons on each match: for whom, what they do, and what nobody else sees."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from katalysator.core import kept
from katalysator.grades.models import Grade
from katalysator.listings import verbs as listings
from katalysator.listings.models import Kind
from tests import builders
from tests.grades.steps import Met, browser, graded
from tests.matches.steps import OFFER, match_all

pytestmark = pytest.mark.django_db


def page(two: Met, who: str, *, of: str = "need") -> str:
    client = browser(two.people.get(who))
    return client.get(f"/en/listings/{getattr(two, of).pk}/").content.decode()


def say(two: Met, who: str, **said: str) -> tuple[int, str]:
    address = f"/en/listings/{two.need.pk}/matches/{two.offer.pk}/grade/"
    answer = browser(two.people.get(who)).post(address, said)
    return answer.status_code, answer.headers.get("Location", "")


@pytest.mark.parametrize("of", ["need", "offer"])
@pytest.mark.parametrize("who", ["need", "offer", "bureau"])
def test_both_sides_and_the_bureau_are_asked_on_both_pages(two: Met, who: str, of: str) -> None:
    assert "Is this match useful?" in page(two, who, of=of)


@pytest.mark.parametrize("who", ["stranger", "other", "nobody"])
def test_nobody_else_is(two: Met, who: str) -> None:
    assert "useful?" not in page(two, who)


def test_a_button_says_it_and_leads_back_to_the_card(two: Met) -> None:
    status, place = say(two, "need", say="useful")
    assert (status, place) == (302, f"/en/listings/{two.need.pk}/#opinion-{two.offer.pk}")
    found = page(two, "need")
    assert f'id="opinion-{two.offer.pk}"' in found
    assert "You said: useful." in found
    assert re.findall(r'value="([a-z-]+)"\s+aria-pressed="true"', found) == ["useful"]


def test_not_useful_asks_why_and_keeps_it(two: Met) -> None:
    assert "Why not?" not in page(two, "need")
    say(two, "need", say="not-useful")
    assert "Why not?" in page(two, "need")
    say(two, "need", say="not-useful", reason="size", remark="Veel te groot")
    row = Grade.objects.get()
    assert (row.value, row.reason, row.remark) == (0, "size", "Veel te groot")
    assert 'value="Veel te groot"' in page(two, "need")
    say(two, "need", say="useful")
    row.refresh_from_db()
    assert (row.value, row.reason, row.remark) == (2, "", "")


def test_the_button_alone_leaves_the_reason_as_it_was(two: Met) -> None:
    say(two, "need", say="not-useful", reason="size", remark="Veel te groot")
    say(two, "need", say="not-useful")
    row = Grade.objects.get()
    assert (row.reason, row.remark) == ("size", "Veel te groot")
    say(two, "need", say="not-useful", reason="", remark="")
    row.refresh_from_db()
    assert (row.reason, row.remark) == ("", "")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (
            {"reason": "size", "remark": "x" * 201},
            "In your words, for the bureau: Ensure this value has at most 200",
        ),
        ({"reason": "mood", "remark": ""}, "Why not?: Select a valid choice."),
    ],
)
def test_a_reason_that_cannot_be_says_so_and_changes_nothing(
    two: Met, wrong: dict[str, str], told: str
) -> None:
    say(two, "need", say="not-useful", reason="size", remark="Veel te groot")
    address = f"/en/listings/{two.need.pk}/matches/{two.offer.pk}/grade/"
    answer = browser(two.people["need"]).post(address, {"say": "not-useful"} | wrong, follow=True)
    assert told in answer.content.decode()
    assert "Nothing was changed." in answer.content.decode()
    row = Grade.objects.get()
    assert (row.reason, row.remark) == ("size", "Veel te groot")


def test_a_grade_of_an_earlier_text_is_asked_again(two: Met) -> None:
    say(two, "need", say="useful")
    assert "earlier text" not in page(two, "need")
    Grade.objects.update(is_outdated=True)
    assert "That was of an earlier text: press again if it is still so." in page(two, "need")
    say(two, "need", say="useful")
    assert "earlier text" not in page(two, "need")


def test_it_can_be_undone_and_twice_says_so(two: Met) -> None:
    say(two, "need", say="useful")
    say(two, "need", say="nothing")
    assert Grade.objects.count() == 0
    client = browser(two.people["need"])
    address = f"/en/listings/{two.need.pk}/matches/{two.offer.pk}/grade/"
    again = client.post(address, {"say": "nothing"}, follow=True)
    assert "You said nothing about these two." in again.content.decode()


def test_a_finer_grade_of_the_bureau_stays_where_a_button_says_the_same(two: Met) -> None:
    graded(two.need, two.offer, two.people["bureau"], 3, chosen="score")
    say(two, "bureau", say="useful")
    assert (Grade.objects.get().value, Grade.objects.get().chosen) == (3, "score")


@pytest.mark.parametrize(("who", "status"), [("other", 403), ("nobody", 403), ("stranger", 302)])
def test_who_may_not_is_refused(two: Met, who: str, status: int) -> None:
    assert say(two, who, say="useful")[0] == status
    assert Grade.objects.count() == 0


def test_what_is_not_seen_is_not_there(two: Met) -> None:
    listings.move(two.offer, "close", by=builders.HOUSE)
    assert say(two, "need", say="useful")[0] == 404
    hidden = builders.listing(
        builders.organisation(), Kind.OFFER, visibility="participants", **OFFER
    )
    outside = builders.organisation(state="listed")
    client = browser(builders.person(outside))
    address = f"/en/listings/{two.need.pk}/matches/{hidden.pk}/grade/"
    assert client.post(address, {"say": "useful"}).status_code == 404


def test_a_press_needs_its_token(two: Met) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(two.people["need"], "katalysator.site.accounts.backend.PersonBackend")
    address = f"/en/listings/{two.need.pk}/matches/{two.offer.pk}/grade/"
    assert client.post(address, {"say": "useful"}).status_code == 403


def test_sides_do_not_see_what_others_said_and_the_bureau_counts_it(two: Met) -> None:
    graded(two.need, two.offer, two.people["need"], 0, remark="Geheim oordeel")
    for who in ("stranger", "offer", "other"):
        found = page(two, who)
        assert "Geheim" not in found
        assert "Others said" not in found
        assert "You said" not in found
    assert "Others said: useful 0, not useful 1" in page(two, "bureau")


@pytest.mark.parametrize("who", ["need", "bureau"])
def test_more_matches_cost_no_more_queries(two: Met, who: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries, kept.anew():
            page(two, who)
        return len(queries)

    asked()
    graded(two.need, two.offer, two.people[who], 2)
    before = asked()
    for _ in range(3):
        more = builders.listing(builders.organisation(), Kind.OFFER, **OFFER)
        match_all()
        graded(two.need, more, two.people[who], 0)
    assert asked() == before
