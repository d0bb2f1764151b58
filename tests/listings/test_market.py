"""The list of markets: a room adds its own, a name is given once."""

from typing import Annotated, Literal

import pytest
from pydantic import ValidationError

from katalysator.coalition.blocks import Block
from katalysator.listings import market as registry
from katalysator.listings.market import Hard, Market, Soft, Terms, market, markets, register
from katalysator.listings.markets import SomeOf


class TideTerms(Terms):
    phase: Annotated[list[Literal["ebb", "flood"]], SomeOf, Hard]
    mood: Annotated[list[Literal["calm"]], SomeOf, Soft]


class Tide(Market):
    slug = "tide"
    label = "Tide"
    need_example = "You wait for water."
    offer_example = "You have water."
    blocks = (Block.DATA,)
    terms = TideTerms
    term_labels = {"phase": "Phase", "mood": "Mood"}
    choice_labels = {"flood": "Flood", "ebb": "Ebb", "calm": "Calm"}


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> type[Market]:
    monkeypatch.setattr(registry, "_markets", dict(registry._markets))
    return register(Tide)


def test_a_market_is_found_by_its_name(registered: type[Market]) -> None:
    assert market("tide") is registered
    assert list(markets())[-1] is registered


def test_a_name_is_given_once(registered: type[Market]) -> None:
    with pytest.raises(ValueError, match="'tide' already"):
        register(Tide)
    assert [each.slug for each in markets()].count("tide") == 1


def test_an_unknown_market_is_an_error() -> None:
    with pytest.raises(KeyError, match="tide"):
        market("tide")


def test_choices_come_in_the_order_of_the_terms_not_of_the_labels() -> None:
    assert Tide.choices("phase") == [("ebb", "Ebb"), ("flood", "Flood")]


def test_hard_terms_are_told_from_soft_ones() -> None:
    assert Tide.hard_terms() == ("phase",)


def test_a_market_without_terms_has_no_hard_ones() -> None:
    assert Market.hard_terms() == ()


@pytest.mark.parametrize(
    ("phase", "extra"), [([], {}), (["spring"], {}), ("ebb", {}), (["ebb"], {"colour": ["blue"]})]
)
def test_terms_outside_the_choices_are_refused(phase: object, extra: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        TideTerms.model_validate({"phase": phase, "mood": ["calm"], **extra})


def test_agreed_terms_do_not_change() -> None:
    terms = TideTerms(phase=["ebb"], mood=["calm"])
    with pytest.raises(ValidationError, match="frozen"):
        setattr(terms, "phase", ["flood"])  # noqa: B010 — the type checker refuses it too
