"""What holds of every kind of term, whatever it is given."""

from typing import Any

import pytest
from django.db.models import Q
from django.utils import translation
from hypothesis import given

from katalysator.core.terms import (
    Amount,
    Asked,
    Choice,
    Date,
    DateRange,
    Half,
    Level,
    Number,
    Places,
    Range,
    Several,
    Term,
    Text,
)
from katalysator.faults import InvalidInput
from tests.core.terms.steps import HOSTILE, accepts, each_half, is_refused, named, plain

CHOICES = {"low": "Low", "high": "High"}
KINDS: dict[str, Term] = {
    "several": named(Several("Several", CHOICES, hard=True)),
    "choice": named(Choice("Choice", CHOICES, hard=True)),
    "level": named(Level("Level", CHOICES, hard=True)),
    "number": named(Number("Number", hard=True)),
    "decimal": named(Number("Decimal", least=-5, most=5, decimals=2, asks=Asked.AT_MOST)),
    "amount": named(Amount("Amount", hard=True)),
    "date": named(Date("Date", hard=True)),
    "numbers": named(Range("Numbers", Number(""), ends=("From", "To"), hard=True)),
    "amounts": named(Range("Amounts", Amount(""), ends=("From", "To"), hard=True)),
    "dates": named(Range("Dates", Date(""), ends=("From", "To"), hard=True)),
    "text": named(Text("Text", longest=10)),
    "period": named(DateRange(), "period"),
    "places": named(Places(), "capacity"),
}

each_kind = pytest.mark.parametrize("kind", KINDS)


@each_kind
@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: f"{value!r:.20}")
@pytest.mark.parametrize("language", ["en", "nl"])
def test_whatever_is_given_is_kept_as_json_or_refused_with_a_sentence(
    kind: str, value: Any, language: str
) -> None:
    with translation.override(language):
        is_refused(KINDS[kind], value)


@each_kind
@given(value=plain)
def test_what_is_refused_is_not_of_the_shape_that_is_told(kind: str, value: Any) -> None:
    if is_refused(KINDS[kind], value):
        assert not accepts(KINDS[kind], value) or runs_backward(KINDS[kind], value)


def runs_backward(term: Term, value: Any) -> bool:
    """Both ends of a range may be right, and the range wrong: no schema says so."""
    both = isinstance(term, Range) and isinstance(value, dict) and set(value) == {"min", "max"}
    return both and not any(is_refused(term, {end: value[end]}) for end in value)


@each_kind
def test_nothing_is_nothing_except_for_places(kind: str) -> None:
    nothing = {"capacity": 1, "min_capacity": 1} if kind == "places" else None
    assert KINDS[kind].clean(None) == nothing
    assert KINDS[kind].interval("need", None) == ((1, float("inf")) if nothing else None)
    assert KINDS[kind].labels(None) == ()


@each_kind
@each_half
def test_every_field_is_named_by_the_term(kind: str, half: Half) -> None:
    term = KINDS[kind]
    fields = term.fields(half)
    assert set(fields) <= set(term.names)
    assert all(str(field.label) for field in fields.values())
    assert set(term.to_cells(term.clean(None))) == set(term.names)
    assert set(term.to_form(term.clean(None))) >= set(fields)


@each_kind
@each_half
def test_what_is_not_stated_asks_nothing_of_the_other_side(kind: str, half: Half) -> None:
    if kind != "places":
        assert KINDS[kind].condition(half, None) == Q()


@each_kind
@each_half
def test_a_term_that_is_not_hard_asks_nothing_at_all(kind: str, half: Half) -> None:
    soft: dict[str, Any] = {"several": ["low"], "choice": "low", "level": "low", "number": 3}
    if kind in soft:
        term = named(type(KINDS[kind])("Soft", *([CHOICES] if kind != "number" else [])))
        assert term.condition(half, soft[kind]) == Q()
        assert KINDS[kind].condition(half, soft[kind]) != Q()


@each_kind
@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_refusal_has_words(kind: str, language: str) -> None:
    with translation.override(language):
        assert KINDS[kind].refusal


def test_a_term_knows_its_name_from_the_market() -> None:
    class Box:
        stage = Choice("Stage", CHOICES)
        size = Range("Size", Number(""), ends=("From", "To"))

    assert (Box.stage.name, Box.stage.names) == ("stage", ("stage",))
    assert (Box.size.names, Box.size.of.name) == (("size_min", "size_max"), "size")


def test_what_a_kind_must_say_of_itself_is_asked_for() -> None:
    bare = Term("Bare")
    for ask in (
        lambda: bare.clean("x"),
        lambda: bare.words("x"),
        bare.schema,
        lambda: bare.fields("need"),
        lambda: bare.from_columns(None),
    ):
        with pytest.raises(NotImplementedError):
            ask()


def test_a_term_that_has_no_columns_gives_none() -> None:
    assert KINDS["number"].to_columns(3) == {}
    assert KINDS["number"].choice_words("anything") == "anything"


def test_an_error_says_what_was_wrong_and_where_to_look() -> None:
    with pytest.raises(InvalidInput) as caught:
        KINDS["several"].clean("low")
    assert caught.value.code == "term"
    assert str(caught.value) == (
        "thing: “low” is not a value for this. Look at what /markets says of it."
    )
