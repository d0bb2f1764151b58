"""Terms that are proposed in place of others: what the form asks is changed, all else stays."""

from datetime import date
from typing import Any

import pytest

from katalysator.dataspace.canvas.terms import SharingTerms, terms_of
from katalysator.dataspace.catalogues.terms import TermsFields, changed, chosen_in, word_choices


def _condition(left: str, operator: str, right: Any) -> dict[str, Any]:
    return {"leftOperand": left, "operator": operator, "rightOperand": right}


def test_what_the_form_does_not_ask_about_stays() -> None:
    member = _condition("membership", "eq", "participant")
    either = {"or": [_condition("area", "eq", "zorg"), _condition("area", "eq", "mkb")]}
    later = _condition("dateTime", "gteq", "2026-01-01")
    old = [
        member,
        either,
        later,
        _condition("count", "lteq", "1"),
        _condition("purpose", "eq", "x"),
    ]
    duty = {"action": "attribute"}
    terms = {
        "permission": [{"action": "use", "constraint": old}],
        "prohibition": [{"action": "derive"}],
        "obligation": [duty],
    }
    made = changed(terms, SharingTerms(purposes=("research",), days=30))
    [rule] = made["permission"]
    assert rule["constraint"] == [
        member, either, later, _condition("purpose", "isPartOf", ["research"]), _condition("elapsedTime", "lteq", "P30D"),
    ]  # fmt: skip
    assert [each["action"] for each in made["prohibition"]] == ["derive", "distribute"]
    assert made["obligation"] == [duty]


@pytest.mark.parametrize("operator", ["neq", "isNoneOf", "isAllOf", "hasPart"])
def test_words_that_are_no_choice_are_not_ticked_and_stay(operator: str) -> None:
    said = _condition("purpose", operator, ["research"])
    terms = {"permission": [{"action": "use", "constraint": [said]}]}
    assert chosen_in(terms) == {"may_pass_on": False}
    [rule] = changed(terms, SharingTerms(purposes=("education",)))["permission"]
    assert rule["constraint"] == [said, _condition("purpose", "isPartOf", ["education"])]


def test_what_may_be_passed_on_is_forbidden_no_more() -> None:
    made = changed({"prohibition": [{"action": "distribute"}]}, SharingTerms(may_pass_on=True))
    assert [each["action"] for each in made["permission"]] == ["use", "distribute"]
    assert "prohibition" not in made


def test_the_form_begins_with_what_the_terms_say() -> None:
    chosen = SharingTerms(
        purposes=("research",), results=("own",), until=date(2027, 3, 1), days=30, uses=3
    )
    assert chosen_in(terms_of(chosen)) == {
        "purposes": ["research"], "results": ["own"], "until": date(2027, 3, 1), "days": 30, "uses": "3",
        "may_pass_on": False,
    }  # fmt: skip
    assert chosen_in(terms_of(SharingTerms(may_pass_on=True))) == {"may_pass_on": True}
    never = [_condition("dateTime", "lteq", "9999-12-31T23:59:59-12:00")]
    assert "until" not in chosen_in({"permission": [{"action": "use", "constraint": never}]})
    assert chosen_in({}) == {"may_pass_on": False}
    assert chosen_in({"permission": [{"action": "use"}, {"action": "read"}]}) == {
        "may_pass_on": False
    }


def test_words_of_the_terms_can_be_kept_though_nobody_here_knows_them() -> None:
    told = {"permission": [{"action": "use", "constraint": [_condition("purpose", "eq", "sleep")]}]}
    form = TermsFields({"purposes": ["sleep"]})
    form.know_words_of([told])
    assert form.is_valid()
    [rule] = form.terms(told)["permission"]
    assert rule["constraint"] == [_condition("purpose", "isPartOf", ["sleep"])]


@pytest.mark.parametrize(
    "space", ["odrl:", "http://www.w3.org/ns/odrl/2/", "edc:", "https://w3id.org/edc/v0.0.1/ns/"]
)
def test_words_with_a_namespace_are_understood_and_what_stays_has_it_still(space: str) -> None:
    study = _condition(f"{space}purpose", f"{space}isPartOf", ["sleep"])
    twice = _condition(f"{space}count", f"{space}lteq", "2")
    member = _condition(f"{space}membership", f"{space}eq", "participant")
    used = {"action": f"{space}use", "constraint": [study, twice, member]}
    passed_on = {"action": f"{space}distribute"}
    terms = {"permission": [used], "prohibition": [passed_on]}
    assert chosen_in(terms) == {"purposes": ["sleep"], "uses": "2", "may_pass_on": False}
    assert ("sleep", "sleep") in word_choices("purpose", [terms])
    assert chosen_in({"permission": [used, passed_on]})["may_pass_on"]
    made = changed(terms, SharingTerms(uses=3, may_pass_on=True))
    thrice = _condition("count", "lteq", "3")
    assert made == {
        "permission": [
            {"action": f"{space}use", "constraint": [member, thrice]},
            {"action": "distribute", "constraint": [thrice]},
        ]
    }
