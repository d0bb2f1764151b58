"""The newest matches of a place are those that a question to the database gives."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from hypothesis import given, strategies as st

from katalysator.coalition.models import Organisation
from katalysator.core.changes import states
from katalysator.engine.matching import GOOD
from katalysator.listings.models import Kind, Listing
from katalysator.matches import recent
from katalysator.matches.models import Match
from katalysator.matches.place import Place
from katalysator.matches.recent import recent_matches
from tests import builders
from tests.examples import examples

pytestmark = pytest.mark.django_db

ANYONE = AnonymousUser()
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
MADE = st.tuples(
    st.sampled_from(["NL31", "NL42"]), st.integers(0, 9), st.sampled_from([GOOD, 0.99, GOOD - 0.1])
)


@pytest.fixture(autouse=True)
def few_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "_AT_HAND", 3)


def matched(owner: Organisation, region: str, hour: int, score: float) -> Match:
    need = builders.listing(owner, regions=(region,), title=f"Vraag {region} {hour}")
    offer = builders.listing(owner, Kind.OFFER)
    Listing.objects.filter(pk=need.pk).update(published_at=NOON + timedelta(hours=hour))
    need.refresh_from_db()
    return Match.objects.create(
        need=need, offer=offer, market=need.market, score=score, parts={}, seats=1
    )


@given(made=st.lists(MADE, max_size=7), region=st.sampled_from(["", "NL31", "NL42", "NL11"]))
@examples(40)
def test_the_newest_come_first_also_where_few_are_at_hand(
    made: list[tuple[str, int, float]], region: str
) -> None:
    with transaction.atomic():
        owner = builders.organisation()
        every = [matched(owner, *each) for each in made]
        good = [each for each in every if each.score >= GOOD and region in ("", *each.need.regions)]
        newest = sorted(
            good, key=lambda each: (each.need.published_at, each.score, -each.pk), reverse=True
        )
        found = recent_matches(ANYONE, Place(region), states(), most=2)
        assert [each.need for each in found] == [each.need_id for each in newest[:2]]
        transaction.set_rollback(True)


def test_what_is_settled_or_not_for_all_to_see_is_left_out() -> None:
    owner = builders.organisation()
    shown, settled, inside = (matched(owner, "NL31", hour, GOOD) for hour in range(3))
    Listing.objects.filter(pk=settled.offer_id).update(state="settled")
    Listing.objects.filter(pk=inside.need_id).update(visibility="participants")
    found = recent_matches(ANYONE, Place(), states(), most=5)
    assert [each.need for each in found] == [shown.need_id]
    found = recent_matches(builders.person(owner), Place(), states(), most=5)
    assert [each.need for each in found] == [inside.need_id, shown.need_id]
