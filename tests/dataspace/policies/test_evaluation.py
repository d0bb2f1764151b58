"""What terms mean: truth tables, each operator, and that nothing unknown ever gives a right."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given, strategies as st

from katalysator.dataspace.policies.evaluation import (
    Situation,
    Truth,
    all_of,
    any_of,
    evaluate,
    one_of,
)
from katalysator.dataspace.policies.profile import LEFT_OPERANDS, OPERATORS

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
HERE = Situation(
    NOW,
    {
        "purpose": frozenset({"research"}),
        "recipient": frozenset({"did:web:umc.example"}),
        "partyKind": frozenset({"university"}),
        "membership": frozenset({"participant"}),
        "area": frozenset({"health", "mobility"}),
        "spatial": frozenset({"NL310"}),
    },
    count=3,
    since=NOW - timedelta(days=10),
)


def atom(left: str, operator: str, right: Any) -> dict[str, Any]:
    return {"leftOperand": left, "operator": operator, "rightOperand": right}


def terms(*constraints: Any, kind: str = "permission", action: str = "use") -> dict[str, Any]:
    return {kind: [{"action": action, "constraint": list(constraints)}]}


def truth(*constraints: Any, here: Situation = HERE) -> Truth:
    return evaluate(terms(*constraints), "use", here).truth


@pytest.mark.parametrize(
    ("one", "other", "both", "either", "single"),
    [
        (YES, YES, YES, YES, NO),
        (YES, NO, NO, YES, YES),
        (NO, NO, NO, NO, NO),
        (YES, UNKNOWN, UNKNOWN, YES, UNKNOWN),
        (NO, UNKNOWN, NO, UNKNOWN, UNKNOWN),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_three_values_join_as_kleene_says(
    one: Truth, other: Truth, both: Truth, either: Truth, single: Truth
) -> None:
    for pair in ((one, other), (other, one)):
        assert (all_of(pair), any_of(pair), one_of(pair)) == (both, either, single)


@given(st.lists(st.sampled_from(Truth), max_size=5))
def test_what_is_said_with_something_unknown_holds_whatever_it_turns_out_to_be(
    some: list[Truth],
) -> None:
    for join in (all_of, any_of, one_of):
        ways = product(*([YES, NO] if each is UNKNOWN else [each] for each in some))
        outcomes = {join(way) for way in ways}
        if join(some) is not UNKNOWN:
            assert outcomes == {join(some)}


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        (atom("purpose", "eq", "research"), YES),
        (atom("purpose", "eq", "marketing"), NO),
        (atom("purpose", "neq", "marketing"), YES),
        (atom("purpose", "isAnyOf", ["care", "research"]), YES),
        (atom("purpose", "isNoneOf", ["marketing", "research"]), NO),
        (atom("area", "eq", ["health", "mobility"]), YES),
        (atom("area", "eq", "health"), NO),
        (atom("area", "isA", "health"), YES),
        (atom("area", "hasPart", ["health"]), YES),
        (atom("area", "isAllOf", ["health", "energy"]), NO),
        (atom("area", "isPartOf", ["health", "mobility", "energy"]), YES),
        (atom("area", "isPartOf", ["health"]), NO),
        (atom("spatial", "isPartOf", "NL3"), YES),
        (atom("spatial", "isA", "nl31"), YES),
        (atom("spatial", "isPartOf", "NL4"), NO),
        (atom("spatial", "isNoneOf", ["BE", "DE"]), YES),
        (atom("partyKind", "isAnyOf", ["university", "hbo"]), YES),
        (atom("membership", "eq", {"@value": "participant"}), YES),
        (atom("recipient", "eq", {"@id": "did:web:umc.example"}), YES),
        (atom("dateTime", "lteq", "2026-12-31T23:59:59Z"), YES),
        (atom("dateTime", "lt", "2026-11-29T13:00:00+01:00"), NO),
        (atom("dateTime", "gteq", "2026-11-29"), YES),
        (atom("count", "lteq", "3"), YES),
        (atom("count", "lt", "3"), NO),
        (atom("count", "gt", "2.5"), YES),
        (atom("elapsedTime", "lteq", "P30D"), YES),
        (atom("elapsedTime", "gt", "P1W"), YES),
        (atom("elapsedTime", "lt", "PT5H30M"), NO),
    ],
)  # fmt: skip
def test_each_operator_says_what_the_profile_says(constraint: Any, expected: Truth) -> None:
    assert truth(constraint) is expected


@pytest.mark.parametrize(
    ("constraint", "why"),
    [
        (atom("shoeSize", "eq", "43"), "operand"),
        (atom("purpose", "lt", "research"), "operator"),
        (atom("count", "isAnyOf", ["3"]), "operator"),
        (atom("count", "lt", "veel"), "value"),
        (atom("count", "lt", ["3", "4"]), "value"),
        (atom("count", "lt", "NaN"), "value"),
        (atom("dateTime", "lt", "2026-12-31T12:00:00"), "value"),
        (atom("dateTime", "lt", "morgen"), "value"),
        (atom("elapsedTime", "lt", "P1M"), "value"),
        (atom("elapsedTime", "lt", "P"), "value"),
        (atom("purpose", "eq", []), "value"),
        (atom("purpose", "eq", {"naam": "x"}), "value"),
        (atom("derivedData", "eq", "kept"), "fact"),
    ],
)
def test_what_is_not_known_is_unknown_and_gives_no_right(constraint: Any, why: str) -> None:
    answer = evaluate(terms(constraint), "use", HERE)
    assert (answer.is_allowed, answer.truth) == (False, UNKNOWN)
    assert answer.grounds[0].why == why


def test_conditions_stand_in_each_other() -> None:
    yes, no, maybe = (
        atom("purpose", "eq", "research"), atom("purpose", "eq", "x"), atom("shoeSize", "eq", "43"),
    )  # fmt: skip
    assert truth({"or": [no, {"and": [yes, yes]}]}) is YES
    assert truth({"xone": [yes, yes]}) is NO
    assert truth({"andSequence": [yes, maybe]}) is UNKNOWN
    assert truth({"or": [yes, maybe]}) is YES


def test_a_prohibition_goes_before_a_permission_also_where_nobody_knows_whether_it_holds() -> None:
    allowed = terms()
    for constraint, truth_ in (
        (atom("purpose", "eq", "research"), NO),
        (atom("shoeSize", "eq", "43"), UNKNOWN),
    ):
        answer = evaluate(allowed | terms(constraint, kind="prohibition"), "use", HERE)
        assert (answer.is_allowed, answer.rule, answer.truth) == (False, "prohibition 1", truth_)
    harmless = terms(atom("purpose", "eq", "marketing"), kind="prohibition")
    assert evaluate(allowed | harmless, "use", HERE).is_allowed


def test_a_permission_to_use_is_none_to_pass_on() -> None:
    assert evaluate(terms(), "derive", HERE).is_allowed
    assert not evaluate(terms(), "distribute", HERE).is_allowed
    assert not evaluate(terms(action="sell"), "use", HERE).is_allowed
    assert not evaluate(terms(), "sell", HERE).is_allowed
    banned = terms() | terms(kind="prohibition", action="sell")
    assert not evaluate(banned, "use", HERE).is_allowed


def test_one_permission_that_holds_is_enough_and_duties_are_told() -> None:
    told = {
        "permission": [
            {"action": "use", "constraint": [atom("purpose", "eq", "marketing")]},
            {"action": "read", "constraint": []},
        ],
        "obligation": [{"action": "attribute"}],
    }
    answer = evaluate(told, "read", HERE)
    assert (answer.is_allowed, answer.rule, answer.duties) == (True, "permission 2", ("attribute",))
    assert evaluate(told, "use", HERE).rule == "permission 1"


_WORDS = st.sampled_from([*LEFT_OPERANDS, "shoeSize"])
_OPERATORS = st.sampled_from(
    sorted({each for some in OPERATORS.values() for each in some} | {"like"})
)
_RIGHT = st.sampled_from(["research", "3", "P1D", "2026-01-01", "NL31", "?"]) | st.lists(
    st.text(max_size=5), max_size=2
)
_ATOMS = st.builds(atom, _WORDS, _OPERATORS, _RIGHT)
_TREES = st.recursive(
    _ATOMS,
    lambda inner: st.builds(
        lambda way, some: {way: some}, st.sampled_from(["and", "or", "xone", "andSequence"]), st.lists(inner, max_size=3)
    ),
    max_leaves=6,
)  # fmt: skip


@given(_TREES, st.sets(st.sampled_from(["purpose", "area", "spatial", "partyKind", "membership"])))
def test_to_know_more_never_takes_away_what_was_sure(tree: Any, hidden: set[str]) -> None:
    less = Situation(
        NOW, {name: told for name, told in HERE.words.items() if name not in hidden}, HERE.count, HERE.since
    )  # fmt: skip
    before, after = truth(tree, here=less), truth(tree)
    if before is not UNKNOWN:
        assert before is after
