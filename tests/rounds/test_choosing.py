"""Whom a round brings together, who gets nothing and why, and what is told of it."""

import pytest

from katalysator.coalition.models import Organisation
from katalysator.groups.members import verbs as members
from katalysator.introductions import verbs as introductions
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.models import MeetingPause, NeverMeet
from katalysator.listings import verbs as listings
from katalysator.rounds.matching import told, verbs
from katalysator.rounds.matching.computing import compute
from katalysator.rounds.matching.figures import RoundFigures
from katalysator.rounds.models import MatchingRound, RoundShortfall
from tests import builders
from tests.rounds.markets import RoundTable, computed, computed_again, coordinator, fresh, made

pytestmark = pytest.mark.django_db

Why = RoundShortfall.Reason


def _broken(*_given: object) -> None:
    raise MemoryError


def figures(found: MatchingRound) -> RoundFigures:
    read = RoundFigures.of(found.figures)
    assert read is not None
    return read


def test_the_best_for_all_gives_up_the_best_for_one() -> None:
    table = RoundTable.of({"aX": 0.9, "aY": 0.8, "bX": 0.8})
    best = computed(coordinator(), per_offer=1)
    assert table.pairs(best) == {"aY", "bX"}
    outcome = figures(best).outcomes["chosen"]
    assert outcome.pairs == 2
    assert outcome.value == pytest.approx(1.6)
    assert told.certificate(figures(best)).startswith("Proven: within these limits")


def test_without_regret_the_best_pair_comes_first() -> None:
    table = RoundTable.of({"aX": 0.9, "aY": 0.8, "bX": 0.8})
    stable = computed(coordinator(), per_offer=1, method="stable")
    assert table.pairs(stable) == {"aX"}
    assert table.without(stable) == {"b": Why.TAKEN, "Y": Why.TAKEN}
    assert "43.75 % less" in told.certificate(figures(stable))


def test_every_way_stands_beside_the_one_that_was_chosen() -> None:
    RoundTable.of({"aX": 0.9, "aY": 0.8, "bX": 0.8})
    found = computed(coordinator(), per_offer=1)
    ways = {each.name: each.outcome.pairs for each in told.ways(found, figures(found))}
    assert list(ways.values()) == [2, 1, 1]


@pytest.mark.parametrize(
    ("settings", "pairs"),
    [
        ({"per_need": 1, "per_offer": 1}, {"aX"}),
        ({"per_need": 2, "per_offer": 1}, {"aX", "aY"}),
        ({"per_need": 2, "per_offer": 2}, {"aX", "aY", "bX"}),
        ({"per_need": 2, "per_offer": 2, "least": 75}, {"aX"}),
        ({"per_need": 2, "per_offer": 2, "least": 95}, set()),
    ],
)
def test_limits_hold(settings: dict[str, int], pairs: set[str]) -> None:
    table = RoundTable.of({"aX": 0.9, "aY": 0.7, "bX": 0.1})
    assert table.pairs(computed(coordinator(), **settings)) == pairs


def test_an_organisation_has_its_most_on_each_side() -> None:
    one = builders.organisation(name="Voorbeeld met veel vragen")
    table = RoundTable.of({"aX": 0.9, "bY": 0.8, "cZ": 0.7}, a=one, b=one, c=one)
    found = computed(coordinator(), per_organisation=2)
    assert table.pairs(found) == {"aX", "bY"}
    assert table.without(found) == {"c": Why.OWN, "Z": Why.THEIRS}


def test_an_offer_gets_no_more_than_its_places_where_that_is_asked() -> None:
    table = RoundTable.of({"aX": 0.9, "bX": 0.8})
    assert table.pairs(computed(coordinator())) == {"aX", "bX"}
    assert table.pairs(computed(coordinator(), within_capacity=True)) == {"aX"}


def test_places_are_kept_for_a_kind_of_organisation() -> None:
    startup = builders.organisation(kind=Organisation.Kind.STARTUP)
    scores = {"aX": 0.9, "bX": 0.8, "cX": 0.3}
    table = RoundTable.of(scores, c=startup)
    assert table.pairs(computed(coordinator(), per_offer=2)) == {"aX", "bX"}
    found = computed(coordinator(), per_offer=2, kept_for="startup", kept=1)
    assert table.pairs(found) == {"aX", "cX"}
    assert table.without(found) == {"b": Why.TAKEN}
    (effect,) = [each for each in told.effects(figures(found)) if "kept" in each.limit]
    assert effect.pairs == 0
    assert effect.value == pytest.approx(0.5)


def test_a_place_that_is_kept_and_not_used_is_told_to_who_could_have_had_it() -> None:
    table = RoundTable.of({"aX": 0.9, "bX": 0.8})
    found = computed(coordinator(), per_offer=2, kept_for="startup", kept=1)
    assert table.without(found) == {"b": Why.KEPT}


def test_each_limit_is_reckoned_away_to_show_what_it_costs() -> None:
    RoundTable.of({"aX": 0.9, "bY": 0.4})
    found = computed(coordinator(), least=50)
    effects = [(each.pairs, each.needs) for each in told.effects(figures(found))]
    assert effects == [(1, 1)]


def test_who_meets_already_or_wants_no_proposals_is_left_out_and_nobody_is_told_which() -> None:
    table = RoundTable.of({"aX": 0.9, "bY": 0.8, "cZ": 0.7, "dV": 0.6, "eW": 0.5})
    sides = [MeetingSide.of(table.needs["a"]), MeetingSide.of(table.offers["X"])]
    introductions.propose(sides, by=builders.HOUSE)
    NeverMeet.objects.create(
        organisation=table.offers["Y"].organisation, other=table.needs["b"].organisation
    )
    NeverMeet.objects.create(
        organisation=table.needs["c"].organisation, other=table.offers["Z"].organisation
    )
    MeetingPause.objects.create(organisation=table.offers["V"].organisation, until="2100-01-01")
    found = computed(coordinator())
    assert table.pairs(found) == {"eW"}
    assert set(table.without(found).values()) == {Why.NOT_NOW}
    assert not found.shortfalls.exclude(best=None).exists()


def test_what_came_to_nothing_lately_is_not_proposed_again() -> None:
    table = RoundTable.of({"aX": 0.9})
    asker = builders.person(table.needs["a"].organisation)
    sides = [MeetingSide.of(table.needs["a"]), MeetingSide.of(table.offers["X"])]
    proposed = introductions.propose(sides, by=builders.HOUSE)
    party = proposed.parties.spoken_for_by(asker).get()
    introductions.decline(party, by=asker, reason="time")
    assert table.without(computed(coordinator())) == {"a": Why.NOT_NOW, "X": Why.NOT_NOW}


def test_reasons_are_told_of_both_sides() -> None:
    table = RoundTable.of({"aX": 0.9, "bX": 0.8, "cY": 0.2})
    table.add_offer("Z")
    found = computed(coordinator(), least=50, per_offer=1)
    assert table.pairs(found) == {"aX"}
    assert table.without(found) == {
        "b": Why.TAKEN,
        "c": Why.LEAST,
        "Y": Why.LEAST,
        "Z": Why.NOTHING,
    }
    taken = found.shortfalls.get(listing=table.needs["b"])
    assert taken.best == table.offers["X"]
    assert taken.score == pytest.approx(0.8)


def test_what_is_ruled_by_hand_counts_when_it_is_computed_again() -> None:
    by = coordinator()
    table = RoundTable.of({"aX": 0.9, "aY": 0.8, "bX": 0.7, "bY": 0.1})
    found = computed(by, per_offer=1)
    assert table.pairs(found) == {"aY", "bX"}
    verbs.rule(found, table.needs["b"], table.offers["Y"], by=by, is_fixed=True)
    found = computed_again(fresh(found), by)
    assert table.pairs(found) == {"aX", "bY"}
    before = list(told.ways(found, figures(found)))[-1].outcome
    assert before.value == pytest.approx(1.5)
    verbs.rule(found, table.needs["b"], table.offers["Y"], by=by, is_fixed=None)
    verbs.rule(found, table.needs["b"], table.offers["X"], by=by, is_fixed=False)
    found = computed_again(fresh(found), by)
    assert table.pairs(found) == {"aX", "bY"}
    (effect,) = told.effects(figures(found))
    assert effect.value == pytest.approx(0.5)


def test_a_need_of_which_all_was_ruled_out_says_so() -> None:
    by = coordinator()
    table = RoundTable.of({"aX": 0.9})
    found = made(by)
    verbs.rule(found, table.needs["a"], table.offers["X"], by=by, is_fixed=False)
    assert table.without(computed_again(fresh(found), by)) == {"a": Why.HAND, "X": Why.HAND}


def test_only_needs_of_the_area_and_the_region_are_in_it() -> None:
    table = RoundTable.of({"aX": 0.9})
    assert table.pairs(computed(coordinator(), area="zorg", region="NL31")) == {"aX"}
    elsewhere = computed(coordinator(), region="NL11")
    assert table.pairs(elsewhere) == set()
    assert table.without(elsewhere) == {"X": Why.NOTHING}
    assert table.pairs(computed(coordinator(), area="energie")) == set()


def test_what_is_closed_is_in_no_round() -> None:
    table = RoundTable.of({"aX": 0.9, "bX": 0.8})
    listings.move(table.needs["a"], "close", by=builders.HOUSE)
    assert table.pairs(computed(coordinator())) == {"bX"}


def test_a_round_of_a_group_is_between_its_members_and_as_its_chair_sees() -> None:
    one, other = builders.organisation(), builders.organisation()
    chair = builders.person(one)
    group = builders.group(chair)
    member = builders.person(other)
    members.enter(group, member, "join", by=member)
    table = RoundTable.of({"aX": 0.9, "aY": 0.8}, a=one, Y=other)
    found = made(chair, group=group)
    assert table.pairs(computed_again(found, chair)) == {"aY"}


def test_what_a_dead_worker_had_done_stays_done(monkeypatch: pytest.MonkeyPatch) -> None:
    by = coordinator()
    table = RoundTable.of({"aX": 0.9, "bY": 0.4})
    row = verbs.compute(made(by, least=50), by=by)
    module = "katalysator.rounds.matching.computing"
    monkeypatch.setattr(f"{module}.round_in_turn", _broken)
    with pytest.raises(MemoryError):
        compute(fresh(row), row.run)
    monkeypatch.undo()
    halfway = fresh(row)
    assert (halfway.state, halfway.done, halfway.stages) == ("computing", 2, 4)
    first = list(halfway.pairs.values_list("pk", flat=True))
    monkeypatch.setattr(f"{module}._SOLVERS", {})  # what was chosen is not chosen again
    with pytest.raises(KeyError):
        compute(fresh(row), row.run)  # but the last stage is still to do
    assert fresh(row).done == 3
    monkeypatch.undo()
    compute(fresh(row), row.run)
    assert fresh(row).state == "computed"
    assert list(fresh(row).pairs.values_list("pk", flat=True)) == first
    assert table.pairs(row) == {"aX"}


def test_where_the_market_changed_meanwhile_it_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    by = coordinator()
    table = RoundTable.of({"aX": 0.9, "bX": 0.8})
    row = verbs.compute(made(by, per_offer=1), by=by)
    module = "katalysator.rounds.matching.computing"
    monkeypatch.setattr(f"{module}.round_in_turn", _broken)
    with pytest.raises(MemoryError):
        compute(fresh(row), row.run)
    monkeypatch.undo()
    assert table.pairs(row) == {"aX"}
    listings.move(table.needs["a"], "close", by=builders.HOUSE)
    compute(fresh(row), row.run)
    assert table.pairs(row) == {"bX"}


def test_a_round_that_was_stopped_keeps_nothing_of_a_job_that_still_ran() -> None:
    by = coordinator()
    RoundTable.of({"aX": 0.9})
    row = verbs.compute(made(by), by=by)
    verbs.stop(row, by=by)
    compute(row, row.run)  # the job read it before
    assert (fresh(row).state, fresh(row).figures) == ("draft", {})
    again = verbs.compute(fresh(row), by=by)
    compute(row, row.run)
    assert fresh(row).figures == {}
    compute(again, again.run)
    assert fresh(row).state == "computed"


def test_where_who_asked_for_it_is_gone_it_waits_for_somebody_else() -> None:
    by = coordinator()
    row = verbs.compute(made(by), by=by)
    MatchingRound.objects.update(author=None)
    compute(fresh(row), row.run)
    assert fresh(row).state == "draft"


def test_an_empty_market_gives_an_empty_round() -> None:
    found = computed(coordinator())
    assert figures(found).outcomes["chosen"].pairs == 0
    assert told.certificate(figures(found)).startswith("Proven")
