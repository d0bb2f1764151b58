"""A round from its settings to its proposals, and back; who may."""

from dataclasses import replace
from typing import Any

import pytest

from katalysator.core.actors import CLOCK
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.introductions import verbs as introductions
from katalysator.introductions.models import Introduction
from katalysator.listings import verbs as listings
from katalysator.rounds.matching import verbs
from katalysator.rounds.matching.sending import send_all, take_all_back
from katalysator.rounds.matching.verbs import RoundSettings
from katalysator.rounds.models import MatchingRound, RoundPair
from katalysator.rounds.workflow import MATCHING_ROUND
from tests import builders
from tests.rounds.markets import RoundTable, computed, coordinator, fresh, made

pytestmark = pytest.mark.django_db


def approved(**settings: Any) -> MatchingRound:
    by = coordinator()
    return verbs.approve(computed(by, **settings), by=by)


def sent(**settings: Any) -> MatchingRound:
    row = verbs.send(approved(**settings), by=coordinator())
    send_all(row)
    return fresh(row)


def answered(introduction: Introduction, said: str) -> None:
    party = introduction.parties.order_by("pk").first()
    assert party is not None
    assert party.organisation is not None
    by = builders.person(party.organisation)
    if said == "yes":
        introductions.accept(party, by=by)
    else:
        introductions.decline(party, by=by, reason="time")


def test_what_is_approved_goes_out_as_proposals_of_nobody() -> None:
    table = RoundTable.of({"aX": 0.9, "bY": 0.8})
    found = sent(why="Wij zien een kans voor u.")
    assert found.state == "sent"
    assert found.sent_at is not None
    rows = Introduction.objects.order_by("pk")
    assert [(each.proposer, each.by_bureau, each.why) for each in rows] == [
        (None, False, "Wij zien een kans voor u.")
    ] * 2
    sides = {tuple(each.parties.values_list("listing", flat=True)) for each in rows}
    assert sides == {
        (table.needs["a"].pk, table.offers["X"].pk),
        (table.needs["b"].pk, table.offers["Y"].pk),
    }
    assert not RoundPair.objects.filter(introduction=None).exists()


def test_a_need_that_closed_meanwhile_keeps_no_other_from_it() -> None:
    table = RoundTable.of({"aX": 0.9, "bY": 0.8})
    row = verbs.send(approved(), by=coordinator())
    listings.move(table.needs["a"], "close", by=builders.HOUSE)
    send_all(row)
    assert Introduction.objects.count() == 1
    refused = RoundPair.objects.get(need=table.needs["a"])
    assert "staat niet meer open" in refused.refused
    assert fresh(row).state == "sent"


def test_a_job_that_runs_twice_proposes_once() -> None:
    RoundTable.of({"aX": 0.9, "bY": 0.8})
    found = sent()
    send_all(found)
    assert Introduction.objects.count() == 2
    verbs_of = Event.objects.filter(subject_type="rounds.matchinground").values_list(
        "verb", flat=True
    )
    assert list(verbs_of).count("matching-round.arrive") == 1


def test_a_job_that_died_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    RoundTable.of({"aX": 0.9, "bY": 0.8})
    row = verbs.send(approved(), by=coordinator())
    module = "katalysator.rounds.matching.sending"
    real, calls = introductions.propose, []

    def dies(*given: Any, **named: Any) -> Introduction:
        calls.append(given)
        if len(calls) == 2:
            raise MemoryError
        return real(*given, **named)

    monkeypatch.setattr(f"{module}.propose", dies)
    with pytest.raises(MemoryError):
        send_all(row)
    assert (Introduction.objects.count(), fresh(row).state) == (1, "sending")
    send_all(row)
    assert (Introduction.objects.count(), fresh(row).state) == (2, "sent")


def test_all_is_taken_back_before_anybody_answered() -> None:
    RoundTable.of({"aX": 0.9, "bY": 0.8})
    row = verbs.undo(sent(), by=coordinator())
    take_all_back(row)
    assert set(Introduction.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert fresh(row).state == "undone"


@pytest.mark.parametrize("said", ["yes", "no"])
def test_once_somebody_answered_nothing_is_taken_back(said: str) -> None:
    RoundTable.of({"aX": 0.9, "bY": 0.8})
    found = sent()
    answered(Introduction.objects.order_by("pk")[0], said)
    with pytest.raises(Conflict) as refused:
        verbs.undo(found, by=coordinator())
    assert refused.value.code == "answered-already"


def test_who_answers_while_all_is_taken_back_keeps_the_answer() -> None:
    RoundTable.of({"aX": 0.9, "bY": 0.8})
    row = verbs.undo(sent(), by=coordinator())
    first, second = Introduction.objects.order_by("pk")
    answered(first, "yes")
    take_all_back(row)
    assert Introduction.objects.get(pk=first.pk).state == "proposed"
    assert Introduction.objects.get(pk=second.pk).state == "withdrawn"
    assert fresh(row).state == "undone"


def test_what_the_house_called_off_is_no_answer() -> None:
    table = RoundTable.of({"aX": 0.9, "bY": 0.8})
    found = sent()
    listings.move(table.needs["a"], "close", by=builders.HOUSE)
    introductions.call_off(Introduction.objects.get(parties__listing=table.needs["a"]), by=CLOCK)
    assert verbs.undo(found, by=coordinator()).state == "undoing"


def test_a_change_of_settings_or_by_hand_asks_for_a_new_result() -> None:
    by = coordinator()
    table = RoundTable.of({"aX": 0.9})
    found = verbs.approve(computed(by), by=by)
    changed = verbs.edit(found, replace(RoundSettings.of(found), least=60), by=by)
    assert (changed.state, changed.earlier["outcomes"]["chosen"]["pairs"]) == ("draft", 1)
    with pytest.raises(Conflict):
        verbs.send(changed, by=by)
    found = verbs.approve(computed(by), by=by)
    ruled = verbs.rule(found, table.needs["a"], table.offers["X"], by=by, is_fixed=False)
    assert ruled.state == "draft"


def test_nothing_is_approved_that_brings_nobody_together() -> None:
    with pytest.raises(Conflict) as refused:
        approved()
    assert refused.value.code == "nothing-to-send"


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"name": " "}, "name"),
        ({"market": "bestaat-niet"}, "market"),
        ({"area": "bestaat-niet"}, "area"),
        ({"region": "Atlantis"}, "region"),
        ({"least": 96}, "least"),
        ({"per_need": 0}, "per_need"),
        ({"per_offer": 51}, "per_offer"),
        ({"per_organisation": 0}, "per_organisation"),
        ({"kept": 1}, "kept_for"),
        ({"kept_for": "startup"}, "kept"),
        ({"kept_for": "startup", "kept": 4}, "kept"),
        ({"kept_for": "keizer", "kept": 1}, "kept_for"),
        ({"method": "lot"}, "method"),
        ({"why": "x" * 1001}, "why"),
        ({"name": "x" * 121}, "name"),
    ],
)
def test_settings_that_cannot_be_are_refused_at_their_field(
    settings: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        made(coordinator(), **settings)
    assert refused.value.where == (field,)
    assert not MatchingRound.objects.exists()


def test_only_a_match_of_the_market_is_ruled_on() -> None:
    by = coordinator()
    table = RoundTable.of({"aX": 0.9, "bY": 0.8})
    found = made(by)
    with pytest.raises(InvalidInput):
        verbs.rule(found, table.offers["X"], table.needs["a"], by=by, is_fixed=True)
    with pytest.raises(Conflict):
        verbs.rule(found, table.needs["a"], table.offers["Y"], by=by, is_fixed=True)


def test_who_may_make_a_round_and_decide_on_it() -> None:
    member = builders.person(builders.organisation())
    chair = builders.person(builders.organisation())
    group, other = builders.group(chair), builders.group()
    with pytest.raises(NotAllowed):
        made(member)
    with pytest.raises(NotAllowed):
        made(chair, group=other)
    with pytest.raises(InvalidInput) as refused:
        made(chair)
    assert refused.value.where == ("group",)
    own, all_of_it = made(chair, group=group), made(coordinator())
    assert verbs.compute(own, by=chair).author == chair
    for deed in verbs.DEEDS.values():
        with pytest.raises(NotAllowed):
            deed(all_of_it, by=chair)
        with pytest.raises(NotAllowed):
            deed(own, by=member)


def test_every_deed_from_every_state_is_in_the_table_or_refused() -> None:
    by = coordinator()
    for state in MATCHING_ROUND.states:
        for deed, do in verbs.DEEDS.items():
            row = made(by)
            MatchingRound.objects.filter(pk=row.pk).update(state=state)
            if MATCHING_ROUND.allows(state, deed) and deed != "approve":
                target = MATCHING_ROUND.transition(state, deed).target
                assert do(row, by=by).state == target
            else:
                with pytest.raises(Conflict):
                    do(row, by=by)
                assert fresh(row).state == state
