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


def test_on_which_conditions_it_may_be_passed_on_stays() -> None:
    member = _condition("membership", "eq", "participant")
    company = _condition("partyKind", "eq", "company")
    terms = {
        "permission": [{"action": "use"}, {"action": "distribute", "constraint": [member]}],
        "prohibition": [{"action": "distribute", "constraint": [company]}],
    }
    made = changed(terms, SharingTerms(uses=3, may_pass_on=True))
    thrice = _condition("count", "lteq", "3")
    assert [each["constraint"] for each in made["permission"]] == [[thrice], [member, thrice]]
    assert made["prohibition"] == terms["prohibition"]
    made = changed(terms, SharingTerms())
    assert [each["action"] for each in made["permission"]] == ["use"]
    assert made["prohibition"][-1] == {"action": "distribute", "constraint": []}


def test_the_form_begins_with_what_the_terms_say() -> None:
    chosen = SharingTerms(
        purposes=("research",), results=("own",), until=date(2027, 3, 1), days=30, uses=3
    )
    assert chosen_in(terms_of(chosen)) == {
        "purposes": ["research"], "results": ["own"], "until": date(2027, 3, 1), "days": 30, "uses": 3,
        "may_pass_on": False,
    }  # fmt: skip
    assert chosen_in(terms_of(SharingTerms(may_pass_on=True))) == {"may_pass_on": True}
    assert chosen_in({}) == {"may_pass_on": False}
    assert chosen_in({"permission": [{"action": "use"}, {"action": "read"}]}) == {
        "may_pass_on": False
    }


@pytest.mark.parametrize(
    ("left", "operator", "right"),
    [
        ("count", "lt", "5"),
        ("count", "lteq", "0"),
        ("count", "lteq", "2.5"),
        ("count", "lteq", "1000001"),
        ("count", "lteq", "1E+999999"),
        ("count", "lteq", ["1", "2"]),
        ("count", "lteq", {"@id": 3}),
        ("elapsedTime", "lt", "P30D"),
        ("elapsedTime", "lteq", "P0D"),
        ("elapsedTime", "lteq", "P1DT1S"),
        ("elapsedTime", "lteq", "P3651D"),
        ("elapsedTime", "lteq", "P1M"),
        ("dateTime", "lt", "2027-03-01T23:59:59+01:00"),
        ("dateTime", "lteq", "2027-03-01"),
        ("dateTime", "lteq", "2027-03-01T23:59:59Z"),
        ("dateTime", "lteq", "2027-03-01T23:59:59.5+01:00"),
        ("dateTime", "lteq", "9999-12-31T23:59:59-12:00"),
        ("purpose", "isPartOf", []),
        ("purpose", "isPartOf", ["a", 7]),
        ("purpose", "isPartOf", ["a" * 101]),
        ("purpose", "isPartOf", ["a\nb"]),
    ],
)
def test_what_the_form_cannot_say_just_so_stays_as_it_is(
    left: str, operator: str, right: Any
) -> None:
    said = _condition(left, operator, right)
    terms = {"permission": [{"action": "use", "constraint": [said]}]}
    assert chosen_in(terms) == {"may_pass_on": False}
    [rule] = changed(terms, SharingTerms())["permission"]
    assert rule["constraint"] == [said]


@pytest.mark.parametrize(
    ("left", "right", "shown"),
    [
        ("count", {"@value": "1000000", "@type": "xsd:integer"}, {"uses": 1_000_000}),
        ("count", "3.0", {"uses": 3}),
        ("elapsedTime", "P2W", {"days": 14}),
        ("elapsedTime", "PT24H", {"days": 1}),
        ("dateTime", "2090-03-01T22:59:59Z", {"until": date(2090, 3, 1)}),
        ("dateTime", "2090-07-01T21:59:59Z", {"until": date(2090, 7, 1)}),
    ],
)
def test_what_says_the_same_in_other_signs_is_shown(
    left: str, right: Any, shown: dict[str, Any]
) -> None:
    rule = {"action": "use", "constraint": [_condition(left, "lteq", right)]}
    found = chosen_in({"permission": [rule]})
    assert found == {**shown, "may_pass_on": False}
    assert TermsFields(found).is_valid()


def test_of_two_conditions_that_one_field_would_show_both_hold_still() -> None:
    first, second = (_condition("purpose", "isPartOf", ["a", each]) for each in "bc")
    terms = {"permission": [{"action": "use", "constraint": [first, second]}]}
    assert chosen_in(terms)["purposes"] == ["a", "b"]
    [rule] = changed(terms, SharingTerms(purposes=("a", "b")))["permission"]
    assert rule["constraint"] == [second, first]


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
    assert chosen_in(terms) == {"purposes": ["sleep"], "uses": 2, "may_pass_on": False}
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
