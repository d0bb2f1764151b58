"""Ranges: two ends, of which either may be open; and the period that every market has."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from math import inf
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext
from hypothesis import given
from hypothesis import strategies as st

from katalysator.core.terms import Amount, DateRange, Half, Number, Range
from tests.core.terms.steps import (
    accepts,
    cleaned,
    each_half,
    errors_of,
    named,
    refused,
    through_a_form,
)

depth = named(Range("Depth", Number(""), ends=("From", "To"), hard=True, help_text="In m"), "depth")
ticket = named(Range("Amount", Amount(""), ends=("From", "Up to"), hard=True), "ticket")
period = named(DateRange(), "period")


def ends(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Two ends in order, either of them open, not both."""
    both = st.tuples(values, values).map(sorted)
    open_ = st.sampled_from([(True, True), (True, False), (False, True)])
    return st.tuples(both, open_).map(
        lambda drawn: {
            name: end if is_said else None
            for name, end, is_said in zip(("min", "max"), *drawn, strict=True)
        }
    )


class TestRange:
    @given(ends(st.integers(0, 10**6)))
    def test_both_ends_are_kept(self, said: dict[str, int | None]) -> None:
        assert cleaned(depth, said) == said
        assert cleaned(depth, {name: end for name, end in said.items() if end is not None}) == said

    @pytest.mark.parametrize("nothing", [None, {}, {"min": None}, {"min": "", "max": None}])
    def test_open_at_both_ends_is_nothing(self, nothing: Any) -> None:
        assert depth.clean(nothing) is None

    def test_one_that_runs_backward_is_refused_in_the_words_of_its_ends(self) -> None:
        assert refused(ticket, {"min": 1_000, "max": "999.50"}) == (
            "The range ends at €999.50, before it begins at €1,000. "
            "Change one of the two, or let them trade places."
        )
        assert cleaned(ticket, {"min": 5, "max": 5}) == {"min": "5.00", "max": "5.00"}

    @pytest.mark.parametrize(
        "value",
        [
            5, "5", [1, 2], {"from": 1}, {"min": 1, "max": 2, "mid": 3}, {"min": "deep"},
            {"max": -1}, {"min": {"min": 1}}, {"min": [1]}, {"max": True},
        ],
    )  # fmt: skip
    def test_what_is_no_range_is_refused(self, value: Any) -> None:
        assert refused(depth, value)
        assert not accepts(depth, value)

    @given(ends(st.integers(0, 10**6)))
    def test_a_form_gives_back_what_it_showed(self, said: dict[str, int | None]) -> None:
        assert through_a_form(depth, "need", said) == said

    @given(ends(st.decimals(0, 10**6, places=2)))
    def test_a_form_gives_back_amounts(self, said: dict[str, Decimal | None]) -> None:
        kept = ticket.clean(said)
        for language in ("en", "nl"):
            with translation.override(language):
                assert through_a_form(ticket, "offer", kept) == kept

    def test_a_form_asks_for_each_end(self) -> None:
        fields = depth.fields("need")
        assert {name: field.label for name, field in fields.items()} == {
            "depth_min": "From",
            "depth_max": "To",
        }
        assert [field.help_text for field in fields.values()] == ["In m", ""]
        assert errors_of(depth, "need", depth_min="deep") == {
            "depth_min": ["Enter a whole number."]
        }
        assert through_a_form(depth, "need", None) is None

    def test_one_that_must_be_stated_may_be_open_at_one_end(self) -> None:
        must = named(Range("Depth", Number(""), ends=("From", "To"), required=True), "depth")
        assert must.required
        assert errors_of(must, "need", depth_min="3") == {}

    @pytest.mark.parametrize("language", ["en", "nl"])
    def test_it_is_said_with_its_open_ends(self, language: str) -> None:
        with translation.override(language):
            assert depth.words({"min": 3, "max": 7}) == gettext("%(low)s to %(high)s") % {
                "low": 3,
                "high": 7,
            }
            assert depth.words({"min": 3, "max": None}) == gettext("from %(low)s") % {"low": 3}
            assert depth.words({"min": None, "max": 0}) == gettext("up to %(high)s") % {"high": 0}
            assert depth.words({"min": 3, "max": 3}) == "3"

    def test_in_a_table_each_end_has_a_column(self) -> None:
        assert depth.to_cells({"min": None, "max": 7}) == {"depth_min": "", "depth_max": "7"}
        assert ticket.to_cells(None) == {"ticket_min": "", "ticket_max": ""}

    @pytest.mark.parametrize(
        ("value", "interval"),
        [
            (None, None),
            ({"min": 3, "max": 7}, (3, 7)),
            ({"min": 3, "max": None}, (3, inf)),
            ({"min": None, "max": 0}, (-inf, 0)),
        ],
    )
    @each_half
    def test_an_open_end_reaches_everywhere_from_either_side(
        self, half: Half, value: Any, interval: tuple[float, float] | None
    ) -> None:
        assert depth.interval(half, value) == interval

    @each_half
    def test_in_sql_the_ranges_overlap_where_both_are_stated(self, half: Half) -> None:
        low, high = (
            Q(**{f"ranges__depth__{end}__isnull": True}) | Q(**{f"ranges__depth__{end}__{is_}": at})
            for end, is_, at in (("low", "lte", 7.0), ("high", "gte", 3.0))
        )
        assert depth.condition(half, {"min": 3, "max": 7}) == low & high
        assert depth.condition(half, {"min": None, "max": 7}) == low
        assert depth.condition(half, {"min": 3, "max": None}) == high

    def test_what_both_share_is_said(self) -> None:
        assert depth.agreement((3, 7)) == "depth 3 to 7"
        assert ticket.agreement((-inf, 7.5)) == "amount up to €7.50"
        assert depth.refusal == "outside the bounds of “Depth”"


class TestPeriod:
    @given(ends(st.dates(date(1900, 1, 1), date(2200, 12, 31))))
    def test_it_is_kept_as_iso_days_and_in_two_columns(self, said: Mapping[str, Any]) -> None:
        kept = cleaned(period, said)
        assert kept == {name: day.isoformat() if day else None for name, day in said.items()}
        columns = period.to_columns(kept)
        assert columns == {"start": said["min"], "end": said["max"]}
        assert period.from_columns(SimpleNamespace(**columns)) == kept
        assert through_a_form(period, "need", kept) == kept

    def test_none_leaves_the_columns_empty(self) -> None:
        empty = {"start": None, "end": None}
        assert period.to_columns(None) == empty
        assert period.from_columns(SimpleNamespace(**empty)) is None
        assert period.to_cells(None) == {"start": "", "end": ""}

    def test_its_fields_go_by_the_names_of_its_columns(self) -> None:
        assert period.names == period.kept_in == ("start", "end")
        assert [str(field.label) for field in period.fields("need").values()] == ["From", "Until"]
        assert list(errors_of(period, "need", end="morgen")) == ["end"]

    def test_one_that_runs_backward_is_refused(self) -> None:
        said = refused(period, {"min": "2026-02-02", "max": date(2026, 2, 1)})
        assert "ends at 1 February 2026, before it begins at 2 February 2026" in said

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("en", ["5 January 2026 – 1 March 2026", "from 5 January 2026"]),
            ("nl", ["5 januari 2026 – 1 maart 2026", "vanaf 5 januari 2026"]),
        ],
    )
    def test_it_is_written_as_people_do(self, language: str, said: list[str]) -> None:
        whole, open_ = {"min": "2026-01-05", "max": "2026-03-01"}, {"min": "2026-01-05"}
        with translation.override(language):
            assert [period.words(whole), period.words(open_)] == said

    def test_in_sql_it_overlaps_in_the_columns(self) -> None:
        start = Q(start__isnull=True) | Q(start__lte=date(2026, 3, 1))
        end = Q(end__isnull=True) | Q(end__gte=date(2026, 1, 5))
        both = {"min": "2026-01-05", "max": "2026-03-01"}
        assert period.condition("need", both) == start & end
        assert period.condition("offer", {"min": None, "max": "2026-03-01"}) == start
        assert period.condition("need", {"min": "2026-01-05", "max": None}) == end

    def test_that_the_days_overlap_goes_unsaid(self) -> None:
        assert (period.agreement((1, 2)), period.refusal) == ("", "outside the period")
