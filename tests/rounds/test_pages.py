"""The pages of a round, from an empty list to what became of its proposals."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from katalysator.introductions.models import Introduction
from katalysator.rounds.matching.computing import compute
from katalysator.rounds.matching.sending import send_all, take_all_back
from katalysator.rounds.models import MatchingRound, RoundRuling
from tests import builders
from tests.attack.steps import inside
from tests.rounds.markets import RoundTable, computed, coordinator, fresh, made

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Najaarsronde",
    "market": "expertise",
    "method": "best",
    "least": "30",
    "per_need": "1",
    "per_offer": "2",
    "kept": "0",
}


@pytest.fixture
def bureau() -> Client:
    return inside(coordinator())


def text(client: Client, address: str, **asked: Any) -> str:
    answer = client.get(address, asked, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def pressed(client: Client, found: MatchingRound, deed: str) -> str:
    answer = client.post(f"/en/rounds/{found.pk}/{deed}/", follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_settings_to_proposals_and_back(bureau: Client) -> None:
    RoundTable.of({"aX": 0.9, "bX": 0.8, "cX": 0.7, "dY": 0.1})
    assert "No round was held yet" in text(bureau, "/en/rounds/")
    bureau.post("/en/rounds/new/", TYPED)
    found = MatchingRound.objects.get()
    assert "Not computed yet" in text(bureau, found.get_absolute_url())
    assert "We compute it now" in pressed(bureau, found, "compute")
    assert "It waits for its turn" in text(bureau, found.get_absolute_url())
    compute(fresh(found), fresh(found).run)
    page = text(bureau, found.get_absolute_url())
    for said in (
        "Proven: within these limits",
        "2 of 4",
        "What fits went to others",
        "the lowest chance",
    ):
        assert said in page
    assert "Vraag of aanbod a" in text(bureau, f"/en/rounds/{found.pk}/pairs/")
    without = f"/en/rounds/{found.pk}/without/"
    assert "Vraag of aanbod c" in text(bureau, without, kind="need", reason="taken")
    assert "Vraag of aanbod c" not in text(bureau, without, kind="offer")
    assert "Nobody, by this choice" in text(bureau, without, reason="hand")
    assert "Approved." in pressed(bureau, found, "approve")
    assert "The proposals go out now." in pressed(bureau, found, "send")
    assert "gone through one by one" in text(bureau, found.get_absolute_url())
    send_all(fresh(found))
    page = text(bureau, found.get_absolute_url())
    assert "What became of the proposals" in page
    assert Introduction.objects.count() == 2
    assert f"/introductions/{Introduction.objects.order_by('pk')[0].pk}/" in text(
        bureau, f"/en/rounds/{found.pk}/pairs/"
    )
    assert "are taken back now" in pressed(bureau, found, "undo")
    take_all_back(fresh(found))
    assert "Taken back" in text(bureau, found.get_absolute_url())


def test_settings_are_changed_and_shown_again(bureau: Client) -> None:
    found = made(coordinator())
    address = f"/en/rounds/{found.pk}/edit/"
    assert 'value="Najaarsronde"' in text(bureau, address)
    answer = bureau.post(address, TYPED | {"name": "Winterronde", "kept": "1"})
    assert (answer.status_code, fresh(found).name) == (422, "Najaarsronde")
    assert "Say for which kind of organisation." in answer.content.decode()
    bureau.post(address, TYPED | {"name": "Winterronde", "kept": "1", "kept_for": "startup"})
    assert (fresh(found).name, fresh(found).kept_for) == ("Winterronde", "startup")


def test_a_pair_is_ruled_on_beside_it(bureau: Client) -> None:
    table = RoundTable.of({"aX": 0.9})
    found = computed(coordinator())
    pair = {"need": table.needs["a"].pk, "offer": table.offers["X"].pk}
    address = f"/en/rounds/{found.pk}/rule/"
    for said, is_fixed in (("fixed", True), ("never", False)):
        bureau.post(address, {**pair, "as": said})
        assert RoundRuling.objects.get().is_fixed is is_fixed
    assert "Ruled out by hand" in text(bureau, f"/en/rounds/{found.pk}/pairs/")
    bureau.post(address, {**pair, "as": "free"})
    assert not RoundRuling.objects.exists()
    for wrong in ({**pair, "as": "x"}, {"as": "free"}, {**pair, "need": "9" * 30, "as": "free"}):
        assert bureau.post(address, wrong).status_code == 404


def test_a_deed_that_came_too_late_is_told(bureau: Client) -> None:
    found = made(coordinator())
    assert "is not possible while the state is" in pressed(bureau, found, "send")
    assert fresh(found).state == "draft"


def test_what_a_spreadsheet_would_run_is_text_in_the_download(bureau: Client) -> None:
    owner = builders.organisation(name="=1+1")
    table = RoundTable.of({"aX": 0.9}, X=owner)
    found = computed(coordinator())
    answer = bureau.get(f"/en/rounds/{found.pk}/pairs.csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert lines[0].startswith("need,need_title,need_organisation,offer")
    assert lines[1].startswith(f"{table.needs['a'].pk},Vraag of aanbod a")
    assert ",'=1+1," in lines[1]


def test_a_chair_sees_the_rounds_of_the_own_group_only_and_no_introduction() -> None:
    chair = builders.person(builders.organisation())
    group = builders.group(chair)
    own, other = made(chair, group=group), made(coordinator())
    client = inside(chair)
    page = text(client, "/en/rounds/")
    assert own.get_absolute_url() in page
    assert other.get_absolute_url() not in page
    assert client.get(other.get_absolute_url()).status_code == 404
    assert f"/en/rounds/new/?group={group.pk}" in text(client, f"/en/groups/{group.slug}/")
    form = client.get(f"/en/rounds/new/?group={group.pk}").context["form"]
    assert [value for value, _label in form.fields["group"].choices] == [str(group.pk)]
    member = inside(builders.person(builders.organisation()))
    assert member.get("/en/rounds/").status_code == 403
    assert member.get(own.get_absolute_url()).status_code == 404


def test_what_a_chair_may_not_see_any_more_is_not_in_the_pairs() -> None:
    chair = builders.person(builders.organisation())
    group = builders.group(chair)
    table = RoundTable.of({"aX": 0.9})
    found = made(chair, group=group)
    found.pairs.create(need=table.needs["a"], offer=table.offers["X"], score=0.9)
    client = inside(chair)
    assert "Vraag of aanbod X" in text(client, f"/en/rounds/{found.pk}/pairs/")
    type(table.offers["X"]).objects.filter(pk=table.offers["X"].pk).update(state="draft")
    assert "Vraag of aanbod" not in text(client, f"/en/rounds/{found.pk}/pairs/")


def test_nor_is_it_told_as_the_best_that_there_was() -> None:
    chair = builders.person(builders.organisation())
    found = made(chair, group=builders.group(chair))
    table = RoundTable.of({"aX": 0.9})
    lacking = {"kind": "need", "reason": "taken", "score": 0.9}
    found.shortfalls.create(listing=table.needs["a"], best=table.offers["X"], **lacking)
    client = inside(chair)
    assert "Vraag of aanbod X" in text(client, f"/en/rounds/{found.pk}/without/")
    type(table.offers["X"]).objects.filter(pk=table.offers["X"].pk).update(state="draft")
    assert "Vraag of aanbod X" not in text(client, f"/en/rounds/{found.pk}/without/")
    told = client.get(f"/api/v1/rounds/{found.pk}/without").json()
    assert told["items"] == []


@pytest.mark.parametrize(
    ("page", "queries"),
    [
        (lambda _: "/en/rounds/", 3),
        (lambda found: f"/en/rounds/{found.pk}/", 4),
        (lambda found: f"/en/rounds/{found.pk}/pairs/", 5),
        (lambda found: f"/en/rounds/{found.pk}/without/", 4),
    ],
)
def test_pages_cost_as_much_with_many_as_with_few(
    bureau: Client,
    page: Callable[[MatchingRound], str],
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    scores = {"aX": 0.9, "bY": 0.1}
    for _ in range(2):
        RoundTable.of(scores)
        found = computed(coordinator(), least=50)
        bureau.get("/en/rounds/")
        with django_assert_num_queries(queries):
            bureau.get(page(found))
        scores = {"cX": 0.9, "dY": 0.8, "eZ": 0.7, "fV": 0.2, "gW": 0.1}
