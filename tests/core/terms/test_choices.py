"""Terms with a closed list of choices: several of them, one, or one of a row that goes up."""

from math import inf

import pytest
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from hypothesis import given
from hypothesis import strategies as st

from katalysator.core.terms import Choice, Half, Level, Several
from katalysator.core.terms.base import LabelText
from tests.core.terms.steps import (
    accepts,
    cleaned,
    each_half,
    errors_of,
    form_of,
    named,
    refused,
    through_a_form,
)

TONGUES: dict[str, LabelText] = {"nl": _("Dutch"), "en": _("English"), "both": "Both"}
several = named(Several("Tongue", TONGUES, hard=True, help_text="Spoken"), "tongue")
choice = named(Choice("Tongue", TONGUES, hard=True), "tongue")
free = named(Choice("Tongue", TONGUES, required=False), "tongue")
level = named(Level("Degree", {"low": "Low", "mid": "Mid", "high": "High"}, hard=True), "degree")

some = st.lists(st.sampled_from(list(TONGUES)))


class TestSeveral:
    @given(some)
    def test_choices_are_kept_once_and_in_the_order_of_the_term(self, chosen: list[str]) -> None:
        kept = cleaned(several, chosen)
        assert kept == ([each for each in TONGUES if each in chosen] or None)
        assert cleaned(several, tuple(chosen)) == kept

    def test_what_is_not_a_choice_is_refused_and_the_choices_are_told(self) -> None:
        assert refused(several, ["nl", "fr"]) == (
            "“fr” is not one of the choices. Choose from: nl, en, both."
        )

    @pytest.mark.parametrize("value", ["nl", {"nl": 1}, 3, [None], [["nl"]], [1], ["NL"], [" nl"]])
    def test_what_is_not_a_list_of_choices_is_refused(self, value: object) -> None:
        assert refused(several, value)
        assert not accepts(several, value)

    @given(some.filter(bool))
    def test_a_form_gives_back_what_it_showed(self, chosen: list[str]) -> None:
        kept = several.clean(chosen)
        assert through_a_form(several, "need", kept) == kept

    def test_a_form_asks_with_boxes_to_tick(self) -> None:
        field = several.fields("offer")["tongue"]
        assert (field.label, field.help_text, field.required) == ("Tongue", "Spoken", True)
        assert errors_of(several, "need") == {"tongue": ["This field is required."]}
        assert list(errors_of(several, "need", tongue=["nl", "fr"])) == ["tongue"]

    def test_it_is_read_in_the_language_of_the_reader(self) -> None:
        assert several.words(["nl", "en"]) == "Dutch, English"
        with translation.override("nl"):
            assert several.words(["nl", "en"]) == "Nederlands, Engels"

    def test_in_a_table_it_is_a_list(self) -> None:
        assert several.to_cells(["nl", "en"]) == {"tongue": "nl;en"}
        assert several.to_cells(None) == {"tongue": ""}

    def test_its_labels_are_its_choices_and_it_has_no_interval(self) -> None:
        assert several.labels(["nl", "both"]) == ("nl", "both")
        assert several.interval("need", ["nl"]) is None
        assert not several.is_interval

    def test_what_both_share_is_said_with_its_label(self) -> None:
        assert several.agreement(("nl", "en")) == "tongue “Dutch”/“English”"

    def test_the_other_side_shares_one_or_states_none(self) -> None:
        mine = Q(labels__overlap=["tongue:nl"])
        any_of_it = Q(labels__overlap=["tongue:nl", "tongue:en", "tongue:both"])
        assert several.condition("need", ["nl"]) == mine | ~any_of_it


class TestChoice:
    @pytest.mark.parametrize(("value", "kept"), [("nl", "nl"), ("", None), (None, None)])
    def test_one_is_kept(self, value: str | None, kept: str | None) -> None:
        assert cleaned(choice, value) == kept

    @pytest.mark.parametrize("value", ["fr", ["nl"], {"nl": 1}, 0, False, "NL", " "])
    def test_anything_else_is_refused(self, value: object) -> None:
        assert "is not one of the choices" in refused(choice, value)
        assert not accepts(choice, value)

    @pytest.mark.parametrize("value", list(TONGUES))
    @each_half
    def test_a_form_gives_back_what_it_showed(self, half: Half, value: str) -> None:
        assert through_a_form(choice, half, value) == value
        assert through_a_form(free, half, value) == value

    def test_what_need_not_be_stated_can_be_taken_back(self) -> None:
        assert through_a_form(free, "need", None) is None
        assert free.clean(free.from_form({"tongue": ""})) is None
        labels = [option.choice_label for option in form_of(free, "need")["tongue"]]
        assert labels == ["Not stated", "Dutch", "English", "Both"]
        assert errors_of(choice, "need", tongue="") == {"tongue": ["This field is required."]}

    def test_it_is_read_in_the_language_of_the_reader(self) -> None:
        with translation.override("nl"):
            assert (choice.words("en"), choice.agreement(("en",))) == ("Engels", "tongue “Engels”")

    def test_its_label_and_cell(self) -> None:
        assert (choice.labels("nl"), choice.labels(None)) == (("nl",), ())
        assert choice.to_cells("nl") == {"tongue": "nl"}
        assert choice.refusal == "with another choice for “Tongue”"


class TestLevel:
    @pytest.mark.parametrize(
        ("value", "asked", "given_"),
        [
            ("low", (0, inf), (-inf, 0)),
            ("mid", (1, inf), (-inf, 1)),
            ("high", (2, inf), (-inf, 2)),
        ],
    )
    def test_a_need_asks_for_a_level_or_higher_and_an_offer_has_all_up_to_its_own(
        self, value: str, asked: tuple[float, float], given_: tuple[float, float]
    ) -> None:
        assert level.interval("need", value) == asked
        assert level.interval("offer", value) == given_

    def test_levels_meet_by_their_place_and_not_by_their_name(self) -> None:
        assert level.is_interval
        assert level.labels("low") == ()
        place = "ranges__degree__high"
        assert level.condition("need", "mid") == Q(**{f"{place}__isnull": True}) | Q(
            **{f"{place}__gte": 1.0}
        )

    @pytest.mark.parametrize("value", ["low", "high"])
    @each_half
    def test_a_form_gives_back_what_it_showed(self, half: Half, value: str) -> None:
        assert through_a_form(level, half, value) == cleaned(level, value) == value

    def test_what_is_no_level_is_refused(self) -> None:
        assert "Choose from: low, mid, high" in refused(level, "highest")
        assert not accepts(level, "highest")

    @pytest.mark.parametrize(
        ("shared", "said"), [((1, inf), "Mid"), ((-inf, 2), "High"), ((0, 2), "Low")]
    )
    def test_what_both_reach_is_said(self, shared: tuple[float, float], said: str) -> None:
        assert level.agreement(shared) == f"degree “{said}”"


@pytest.mark.parametrize("half", ["need", "offer"])
def test_a_choice_that_the_market_had_before_is_shown_and_compared_no_more(half: Half) -> None:
    assert several.words(["fr", "nl"]) == "fr, Dutch"
    assert several.labels(["fr", "nl"]) == ("nl",)
    assert (choice.words("fr"), choice.labels("fr"), choice.condition(half, "fr")) == (
        "fr",
        (),
        Q(),
    )
    assert (level.words("top"), level.interval(half, "top")) == ("top", None)
