"""The life of a listing as one table: every state and deed, what leads where and what does not."""

import pytest
from django.utils import translation

from katalysator.faults import Conflict
from katalysator.listings.workflow import LISTING, OPEN, SHOWN

TABLE = {
    ("draft", "publish"): "published",
    ("closed", "publish"): "published",
    ("expired", "renew"): "published",
    ("published", "renew"): "published",
    ("published", "settle"): "matched",
    ("matched", "reopen"): "published",
    ("published", "close"): "closed",
    ("matched", "close"): "closed",
    ("expired", "close"): "closed",
    ("published", "expire"): "expired",
    ("published", "withdraw"): "draft",
}
STATES = ("draft", "published", "matched", "closed", "expired")
DEEDS = sorted({deed for _, deed in TABLE})


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_leads_where_the_table_says_or_nowhere(state: str, deed: str) -> None:
    if (state, deed) in TABLE:
        assert LISTING.transition(state, deed).target == TABLE[state, deed]
    else:
        with pytest.raises(Conflict, match="is not possible while the state is"):
            LISTING.transition(state, deed)


def test_there_are_no_other_states_or_deeds() -> None:
    assert tuple(LISTING.states) == STATES
    assert sorted(LISTING.deeds) == DEEDS


def test_a_listing_begins_as_a_draft_and_can_come_everywhere() -> None:
    assert LISTING.initial == "draft"
    assert {step.target for step in LISTING.transitions} == set(STATES)


def test_no_state_is_a_dead_end() -> None:
    assert all(LISTING.transitions_from(state) for state in STATES)


def test_what_is_open_is_shown_and_a_draft_is_not() -> None:
    assert OPEN in SHOWN
    assert set(SHOWN) == {"published", "matched"}


def test_the_owner_does_all_but_what_the_clock_does() -> None:
    permissions = {step.deed: step.permission for step in LISTING.transitions}
    assert permissions.pop("expire") == "listings.expire_listing"
    assert (
        permissions.pop("renew") == "listings.renew_listing"
    )  # which the link of a reminder has too
    assert set(permissions.values()) == {"listings.edit_listing"}


@pytest.mark.parametrize("language", ["en", "nl"])
def test_states_and_deeds_have_words_in_both_languages(language: str) -> None:
    with translation.override(language):
        said = [LISTING.label(state) for state in STATES]
        said += [LISTING.history(verb) for verb in LISTING.audit_verbs()]
        said += [LISTING.history(f"listing.{deed}") for deed in ("post", "edit", "delete")]
    assert all(said)


def test_a_deed_that_does_not_exist_is_a_conflict_with_a_hint() -> None:
    with pytest.raises(Conflict, match=r"Possible now: Publish\."):
        LISTING.transition("draft", "explode")
