"""Steps that the tests of every kind of term take."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from katalysator.core.terms import Half, Term
from katalysator.faults import InvalidInput

AnyTerm = TypeVar("AnyTerm", bound=Term)

HALVES: tuple[Half, Half] = ("need", "offer")

each_half = pytest.mark.parametrize("half", HALVES)

HOSTILE: tuple[Any, ...] = (
    *(None, "", " ", 0, -1, 0.0, -0.0, 1.5, False, True, [], {}, (), set(), object(), b"x"),
    *(float("nan"), float("inf"), "NaN", "sNaN", "-Infinity", "1e999", "-0", "9" * 5_000, "١٢"),
    *("\0", "\ud800", "\u202e", "<script>alert(1)</script>", "'; DROP TABLE x", "%s %(term)s %"),
    *([None], [[]], [{}], ["a", ["b"]], {"min": []}, {"min": {"min": 1}}, {1: 2}, {"capacity": []}),
    *({"capacity": "x"}, {"capacity": True}, {"min": "x", "max": "\0"}, [0], ["\0"]),
    *(date(2026, 1, 5), datetime(2026, 1, 5, 12, tzinfo=UTC), Decimal("NaN"), Decimal("1e-9")),
)
"""What a term may be given by who means ill, or by a program that is wrong."""


def is_json(value: Any) -> bool:
    """Whether this can be said in JSON."""
    try:
        return bool(
            json.loads(json.dumps(value, allow_nan=False, ensure_ascii=False).encode()) == value
        )
    except (TypeError, ValueError):
        return False


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["min", "max", "capacity", "x"]), inner, max_size=3)
    ),
    max_leaves=4,
) | st.sampled_from([value for value in HOSTILE if is_json(value)])
"""Anything that JSON can say."""


def named(term: AnyTerm, name: str = "thing") -> AnyTerm:
    """The term as the attribute of a market."""
    type("Box", (), {name: term})
    return term


def accepts(term: Term, value: Any) -> bool:
    """Whether the value is of the shape that the API tells."""
    Draft202012Validator.check_schema(term.schema())
    return Draft202012Validator(term.schema(), format_checker=FormatChecker()).is_valid(value)


def cleaned(term: Term, value: Any) -> Any:
    """What is kept, which must be plain JSON, of the told shape, and the same when cleaned again."""
    kept = term.clean(value)
    assert json.loads(json.dumps(kept)) == kept
    assert term.clean(kept) == kept
    assert kept is None or accepts(term, kept)
    return kept


def refused(term: Term, value: Any) -> str:
    """The sentence with which a value is refused."""
    with pytest.raises(InvalidInput) as caught:
        term.clean(value)
    assert caught.value.where == (term.name,)
    return caught.value.sentence


def is_refused(term: Term, value: Any) -> bool:
    """Whether a value is refused, with a sentence, rather than kept."""
    try:
        cleaned(term, value)
    except InvalidInput as error:
        said = error
    else:
        return False
    assert said.sentence
    assert said.where == (term.name,)
    return True


def form_of(term: Term, half: Half, **more: Any) -> forms.Form:
    """A form that asks for nothing but this."""
    form = forms.Form(**more)
    form.fields.update(term.fields(half))
    return form


def typed(fields: Mapping[str, Any]) -> QueryDict:
    """What a browser sends of these fields."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        if value is not None:
            data.setlist(
                name, [str(each) for each in value] if isinstance(value, list) else [str(value)]
            )
    return data


def through_a_form(term: Term, half: Half, value: Any) -> Any:
    """The value after it was shown in a form and sent back unchanged."""
    shown = form_of(term, half, initial=term.to_form(value))
    sent = form_of(term, half, data=typed({each.html_name: each.value() for each in shown}))
    assert sent.is_valid(), sent.errors
    return term.clean(term.from_form(sent.cleaned_data))


def errors_of(term: Term, half: Half, **fields: Any) -> dict[str, list[str]]:
    """What a form says about what was typed."""
    sent = form_of(term, half, data=typed(fields))
    return {name: list(map(str, errors)) for name, errors in sent.errors.items()}
