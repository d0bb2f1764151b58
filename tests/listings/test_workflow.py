"""The life of a listing as one table: every state and verb, what leads where and what does not."""

import pytest

from katalysator.core.errors import Conflict
from katalysator.listings.workflow import LISTING, OPEN, SHOWN

TABLE = {
    ("draft", "publish"): "published",
    ("closed", "publish"): "published",
    ("expired", "publish"): "published",
    ("published", "settle"): "matched",
    ("matched", "reopen"): "published",
    ("published", "close"): "closed",
    ("matched", "close"): "closed",
    ("expired", "close"): "closed",
    ("published", "expire"): "expired",
    ("published", "withdraw"): "draft",
}
STATES = ("draft", "published", "matched", "closed", "expired")
VERBS = sorted({verb for _, verb in TABLE})


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_leads_where_the_table_says_or_nowhere(state: str, verb: str) -> None:
    if (state, verb) in TABLE:
        assert LISTING.next(state, verb) == TABLE[state, verb]
    else:
        with pytest.raises(Conflict, match="is not possible while the state is"):
            LISTING.next(state, verb)


def test_there_are_no_other_states_or_verbs() -> None:
    assert tuple(LISTING.states) == STATES
    assert sorted(transition.verb for transition in LISTING.transitions) == VERBS


def test_a_listing_begins_as_a_draft_and_can_come_everywhere() -> None:
    assert LISTING.initial == "draft"
    assert LISTING.unreachable() == ()


def test_no_state_is_a_dead_end() -> None:
    assert all(LISTING.verbs(state) for state in STATES)


def test_what_is_open_is_shown_and_a_draft_is_not() -> None:
    assert OPEN in SHOWN
    assert set(SHOWN) == {"published", "matched"}


def test_a_verb_that_does_not_exist_is_a_conflict_with_a_hint() -> None:
    with pytest.raises(Conflict, match=r"Possible now: Publish\."):
        LISTING.next("draft", "explode")
