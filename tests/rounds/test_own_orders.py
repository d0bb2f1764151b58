"""Rounds by own order: both sides say whom they would rather meet, nobody is kept apart who would, and nobody else sees it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.listings import verbs as listings
from katalysator.listings.models import Listing
from katalysator.rounds.matching import told, verbs
from katalysator.rounds.matching.computing import compute
from katalysator.rounds.matching.verbs import RoundSettings
from katalysator.rounds.models import MatchingRound, RoundCandidate, RoundOrder, RoundShortfall
from katalysator.rounds.orders.opinions import told_of_many
from katalysator.rounds.orders.verbs import SaidOrder, say
from katalysator.rounds.personal_data import orders_of
from katalysator.rounds.tasks import close_orders, write_order, write_orders
from tests import builders
from tests.attack.steps import inside
from tests.rounds.markets import RoundTable, computed, computed_again, coordinator, fresh, made
from tests.rounds.own_orders import SCORES, asking, closed, figures, said, soon, speaker

pytestmark = pytest.mark.django_db

Why = RoundShortfall.Reason


def test_both_sides_get_who_they_would_rather_meet_and_not_whom_the_software_had_first() -> None:
    by, table = coordinator(), RoundTable.of(SCORES)
    found = asking(by)
    for name, order in {"a": "YX", "b": "XY", "X": "ba", "Y": "ab"}.items():
        said(table, found, name, order)
    found = closed(found, by)
    assert (found.state, table.pairs(found)) == ("computed", {"aY", "bX"})
    assert "nowhere would both rather" in told.certificate(figures(found))
    assert figures(found).checked == len(SCORES)


def test_needs_have_the_best_that_they_can_have() -> None:
    by, table = coordinator(), RoundTable.of(SCORES)
    found = asking(by)
    for name, order in {"a": "XY", "b": "YX", "X": "ba", "Y": "ab"}.items():
        said(table, found, name, order)
    assert table.pairs(closed(found, by)) == {"aX", "bY"}


def test_an_offer_takes_as_many_as_it_has_places() -> None:
    by, table = coordinator(), RoundTable.of(SCORES)
    found = asking(by, per_offer=2)
    for name, order in {"a": "X", "b": "X", "X": "ab", "Y": "ab"}.items():
        said(table, found, name, order)
    found = closed(found, by)
    assert table.pairs(found) == {"aX", "bX"}
    assert table.without(found) == {"Y": Why.ORDERS}


def test_who_says_nothing_is_left_out_and_told_so() -> None:
    by, table = coordinator(), RoundTable.of({"aX": 0.9, "bX": 0.8})
    found = asking(by)
    said(table, found, "b", "X")
    said(table, found, "X", "ab")
    found = closed(found, by)
    assert table.pairs(found) == {"bX"}
    assert table.without(found) == {"a": Why.SILENT}
    assert found.shortfalls.get().best is None
    member = speaker(table.needs["a"])
    mail.outbox.clear()
    row = verbs.send(verbs.approve(found, by=by), by=by)
    write_order(row.pk, member.pk, "nothing")
    (letter,) = mail.outbox
    assert "You gave no order" in letter.body or "geen volgorde" in letter.body


def test_who_agreed_to_it_is_put_in_order_as_the_software_has_it() -> None:
    by, table = coordinator(), RoundTable.of(SCORES)
    found = asking(by)
    for name in "abXY":
        said(table, found, name, "", rest_by_score=True)
    assert table.pairs(closed(found, by)) == {"aX", "bY"}


def test_what_has_a_place_comes_before_what_the_software_puts() -> None:
    by, table = coordinator(), RoundTable.of({"aX": 0.9, "aY": 0.2})
    found = asking(by)
    said(table, found, "a", "Y", rest_by_score=True)
    for name in "XY":
        said(table, found, name, "a")
    assert table.pairs(closed(found, by)) == {"aY"}


def test_who_was_refused_is_not_met_and_the_reason_does_not_say_by_whom() -> None:
    by, table = coordinator(), RoundTable.of({"aX": 0.9})
    found = asking(by)
    said(table, found, "a", "X")
    said(table, found, "X", "", not_="a", rest_by_score=True)
    found = closed(found, by)
    assert table.pairs(found) == set()
    assert table.without(found) == {"a": Why.ORDERS, "X": Why.ORDERS}
    assert not found.shortfalls.exclude(best=None, score=0).exists()


def test_what_closed_meanwhile_is_met_by_nobody() -> None:
    by, table = coordinator(), RoundTable.of(SCORES)
    found = asking(by)
    for name, order in {"a": "XY", "b": "XY", "X": "ab", "Y": "ab"}.items():
        said(table, found, name, order)
    listings.move(table.offers["X"], "close", by=builders.HOUSE)
    assert table.pairs(closed(found, by)) == {"aY"}


def test_an_order_can_be_changed_until_it_is_closed() -> None:
    by, table = coordinator(), RoundTable.of(SCORES)
    found = asking(by)
    said(table, found, "a", "XY")
    said(table, found, "a", "YX")
    assert RoundOrder.objects.get().order == [table.offers["Y"].pk, table.offers["X"].pk]
    found = closed(found, by)
    with pytest.raises(Conflict) as refused:
        said(table, found, "a", "XY")
    assert refused.value.code == "not-asked"


def test_once_the_last_day_is_over_it_is_closed_by_itself() -> None:
    RoundTable.of(SCORES)
    found = asking(coordinator())
    close_orders()
    assert fresh(found).state == "ordering"
    MatchingRound.objects.update(ordered_until=timezone.localdate() - timedelta(days=1))
    close_orders()
    assert fresh(found).state == "computing"
    assert Event.objects.filter(verb="matching-round.lapse").count() == 1


def test_what_was_said_is_kept_where_the_settings_change() -> None:
    by, table = coordinator(), RoundTable.of(SCORES)
    found = asking(by)
    said(table, found, "a", "YX")
    found = closed(found, by)
    changed = verbs.edit(found, replace(RoundSettings.of(found), least=75), by=by)
    assert (changed.state, changed.ordered_until) == ("draft", None)
    found = computed_again(changed, by)
    assert found.state == "gathered"
    assert set(found.candidates.values_list("need", flat=True)) == {table.needs["a"].pk}
    assert RoundOrder.objects.get().order == [table.offers["Y"].pk, table.offers["X"].pk]


def test_a_pair_ruled_out_is_asked_of_nobody_and_none_is_given_away() -> None:
    by, table = coordinator(), RoundTable.of(SCORES)
    found = made(by, method="own")
    verbs.rule(found, table.needs["a"], table.offers["X"], by=by, is_fixed=False)
    found = computed_again(fresh(found), by)
    assert found.candidates.count() == 3
    with pytest.raises(Conflict) as refused:
        verbs.rule(found, table.needs["b"], table.offers["X"], by=by, is_fixed=True)
    assert refused.value.code == "own-order"


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"per_need": 2}, "per_need"),
        ({"per_organisation": 3}, "per_organisation"),
        ({"kept_for": "startup", "kept": 1}, "kept"),
    ],
)
def test_limits_that_would_keep_apart_who_want_each_other_are_refused(
    settings: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        made(coordinator(), method="own", **settings)
    assert refused.value.where == (field,)


@pytest.mark.parametrize("days", [0, -1, 61, None])
def test_the_last_day_lies_ahead_and_not_too_far(days: int | None) -> None:
    RoundTable.of(SCORES)
    by = coordinator()
    until = None if days is None else timezone.localdate() + timedelta(days=days)
    with pytest.raises(InvalidInput) as refused:
        verbs.ask(computed(by, method="own"), until, by=by)
    assert refused.value.where == ("until",)


def test_nobody_is_asked_where_nobody_could_meet() -> None:
    by = coordinator()
    with pytest.raises(Conflict) as refused:
        verbs.ask(computed(by, method="own"), soon(), by=by)
    assert refused.value.code == "nobody-to-ask"


@pytest.mark.parametrize(
    ("order", "refused", "field"),
    [("XX", "", "order"), ("X", "X", "order"), ("Z", "", "order"), ("", "Z", "refused")],
)
def test_an_order_names_each_candidate_once_and_nobody_else(
    order: str, refused: str, field: str
) -> None:
    table = RoundTable.of(SCORES)
    table.add_offer("Z")
    found = asking(coordinator())
    with pytest.raises(InvalidInput) as fault:
        said(table, found, "a", order, not_=refused)
    assert fault.value.where == (field,)


class TestWhoSees:
    """Nobody but whose need or offer it is: not the bureau, not the other side, not by figures of few."""

    def test_nobody_says_it_for_another(self) -> None:
        by, table = coordinator(), RoundTable.of(SCORES)
        found = asking(by)
        for other in (by, speaker(table.needs["b"]), speaker(table.offers["X"])):
            with pytest.raises(NotAllowed):
                say(found, table.needs["a"], SaidOrder(), by=other)

    def test_the_pages_and_the_api_show_ones_own_only(self) -> None:
        by, table = coordinator(), RoundTable.of(SCORES)
        found = asking(by)
        said(table, found, "a", "YX")
        address = f"/en/rounds/{found.pk}/orders/{table.needs['a'].pk}/"
        api = f"/api/v1/round-orders/{found.pk}/{table.needs['a'].pk}"
        for person in (by, speaker(table.needs["b"]), speaker(table.offers["X"])):
            client = inside(person)
            assert client.get(address).status_code == 404
            assert client.get(api).status_code == 404
            rows = client.get("/api/v1/round-orders").json()["items"]
            assert table.needs["a"].pk not in {each["listing"] for each in rows}
        client = inside(speaker(table.needs["a"]))
        assert client.get(address).status_code == 200
        assert client.get(api).json()["order"] == [table.offers["Y"].pk, table.offers["X"].pk]
        assert Client().get("/api/v1/round-orders").json() == {"items": []}

    def test_two_orders_that_lead_to_the_same_pairs_look_alike_to_everybody(self) -> None:
        """Whatever was said beyond what came of it shows nowhere: pages, table, API, export, trail."""
        by = coordinator()
        seen = []
        for order in ("XY", "X"):
            table = RoundTable.of({"aX": 0.9, "aY": 0.8})
            found = asking(by, name="Ronde")
            said(table, found, "a", order)
            said(table, found, "X", "a")
            said(table, found, "Y", "a")
            found = closed(found, by)
            assert table.pairs(found) == {"aX"}
            kept = {name: value for name, value in found.figures.items() if name != "stamp"}
            seen.append(json.dumps(kept, sort_keys=True))
            events = Event.objects.filter(verb="round-order.say").values_list("before", "after")
            assert all(
                set(after) == {"round", "listing"} and not before for before, after in events
            )
            client = inside(by)
            api = client.get(f"/api/v1/rounds/{found.pk}").json()["figures"]
            seen.append(json.dumps(api, sort_keys=True))
            Listing.objects.all().update(state="closed")
        assert seen[:2] == seen[2:]

    def test_of_few_it_is_not_told_who_got_their_first_choice(self) -> None:
        by, table = coordinator(), RoundTable.of(SCORES)
        found = asking(by)
        for name, order in {"a": "YX", "b": "XY", "X": "ba", "Y": "ab"}.items():
            said(table, found, name, order)
        found = closed(found, by)
        assert found.figures["received"] == []
        page = inside(by).get(found.get_absolute_url()).content.decode()
        assert "Choice 1" not in page
        assert "ten needs or more" in page

    @pytest.mark.parametrize(
        ("counts", "cells"),
        [
            ([], []),
            ([400], []),  # all got their first: that would tell what each said
            ([9], []),
            ([10, 10], [(1, 1, 10), (2, 2, 10)]),
            ([30, 1], []),
            ([12, 0, 8, 3], [(1, 1, 12), (2, 4, 11)]),
            ([4, 6, 10, 9], [(1, 2, 10), (3, 4, 19)]),
            ([1, 2, 3], []),
        ],
    )
    def test_lines_of_fewer_than_ten_are_joined(
        self, counts: list[int], cells: list[tuple[int, int, int]]
    ) -> None:
        assert told_of_many(counts) == cells

    def test_a_person_gets_their_own_orders_along_and_nobody_elses(self) -> None:
        table = RoundTable.of(SCORES)
        found = asking(coordinator())
        mine = said(table, found, "a", "YX")
        said(table, found, "b", "X")
        (row,) = orders_of(mine.said_by)["said"]
        assert row["order"] == mine.order


def test_letters_go_to_who_has_not_said_it_once_more_when_asked_again() -> None:
    by, table = coordinator(), RoundTable.of({"aX": 0.9})
    one, other = speaker(table.needs["a"]), speaker(table.offers["X"])
    found = asking(by, why="Kies zelf.")
    mail.outbox.clear()
    for person in (one, other, by):
        write_order(found.pk, person.pk, "asked")
    assert {letter.to[0] for letter in mail.outbox} == {one.email, other.email}
    assert "Kies zelf." in mail.outbox[0].body
    say(found, table.needs["a"], SaidOrder(), by=one)
    mail.outbox.clear()
    verbs.ask(fresh(found), soon() + timedelta(days=1), by=by)
    for person in (one, other):
        write_order(found.pk, person.pk, "asked")
    assert [letter.to[0] for letter in mail.outbox] == [other.email]
    write_orders(found.pk, "asked")


def test_from_the_page_of_the_bureau_to_the_order_of_a_member() -> None:
    table = RoundTable.of(SCORES)
    bureau, member = inside(coordinator()), inside(speaker(table.needs["a"]))
    typed = {"name": "Ronde", "market": "expertise", "method": "own", "least": "0", "per_need": "1", "per_offer": "1", "kept": "0"}  # fmt: skip
    bureau.post("/en/rounds/new/", typed)
    found = MatchingRound.objects.get()
    bureau.post(f"/en/rounds/{found.pk}/compute/")
    compute(fresh(found), fresh(found).run)
    page = bureau.get(found.get_absolute_url()).content.decode()
    assert "Needs that could meet somebody" in page
    assert bureau.post(f"/en/rounds/{found.pk}/ask/", {"until": "x"}).status_code == 422
    bureau.post(f"/en/rounds/{found.pk}/ask/", {"until": soon().isoformat()})
    assert fresh(found).state == "ordering"
    x, y = table.offers["X"], table.offers["Y"]
    assert x.title not in member.get("/en/rounds/orders/").content.decode()
    address = f"/en/rounds/{found.pk}/orders/{table.needs['a'].pk}/"
    assert address in member.get("/en/rounds/orders/").content.decode()
    page = member.get(address).content.decode()
    assert x.title in page
    assert "0.9" not in page
    twice = {f"place_{x.pk}": "1", f"place_{y.pk}": "1"}
    answer = member.post(address, twice)
    assert answer.status_code == 422
    assert "Two have place 1" in answer.content.decode()
    both = {f"place_{x.pk}": "1", f"never_{x.pk}": "on"}
    assert "Either a place, or not this one" in member.post(address, both).content.decode()
    answer = member.post(address, {f"place_{y.pk}": "1", f"never_{x.pk}": "on"}, follow=True)
    assert "You can change it until the last day" in answer.content.decode()
    kept = RoundOrder.objects.get()
    assert (kept.order, kept.refused, kept.rest_by_score) == ([y.pk], [x.pk], False)
    bureau.post(f"/en/rounds/{found.pk}/close/")
    assert fresh(found).state == "computing"
    assert member.get(address).status_code == 404


@pytest.mark.parametrize(
    ("page", "queries"),
    [
        (lambda found, need: "/en/rounds/orders/", 3),
        (lambda found, need: f"/en/rounds/{found.pk}/orders/{need.pk}/", 7),
    ],
)
def test_pages_cost_as_much_with_many_as_with_few(
    page: Callable[[MatchingRound, Listing], str],
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    owner = builders.organisation(name="Voorbeeld van veel")
    client = inside(builders.person(owner))
    scores: dict[str, float] = {"aX": 0.9}
    for _ in range(2):
        RoundCandidate.objects.all().delete()
        table = RoundTable.of(scores, a=owner)
        found = asking(coordinator())
        address = page(found, table.needs["a"])
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)
        scores = {"aX": 0.9, "aY": 0.8, "aZ": 0.7, "bX": 0.6}
