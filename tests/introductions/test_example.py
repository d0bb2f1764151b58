"""Introductions of the example are spread over the months; the trail says when they were made."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from katalysator.core.models import Event
from katalysator.introductions.models import Introduction
from katalysator.listings.models import Listing
from katalysator.site.demo.introductions import load_introductions
from tests.introductions.steps import Pair, third

pytestmark = pytest.mark.django_db


def days_since(began: datetime, moments: list[Any]) -> list[tuple[str, int]]:
    return [(deed, (datetime.fromisoformat(at) - began).days) for deed, at in moments]


def test_each_deed_has_its_day_and_the_trail_that_of_today() -> None:
    pair, (along, _somebody) = Pair.new(), third()
    asker, giver = pair.need.organisation.slug, pair.offer.organisation.slug
    row = {
        "need": "need", "offer": "offer", "days": 40, "yes": [asker, giver], "along": along.slug, "agreed": 20,
        "messages": [{"from": giver, "after": 4, "text": "Dag."}, {"from": asker, "after": 5, "text": "Dag."}],
        "steps": [{"what": "Bellen", "due": -6, "done": True}],
        "result": {"outcome": "pilot", "after": 30, "summary": "Goed."}, "lesson": "Begin klein.",
    }  # fmt: skip
    today = timezone.localdate()
    load_introductions([row], {"need": pair.need, "offer": pair.offer}, today)
    made = Introduction.objects.get()
    assert days_since(made.proposed_at, made.happened) == [
        ("propose", 0), ("accept", 1), ("accept", 1), ("introduce", 1), ("ask-along", 6), ("accept", 7),
        ("talk", 4), ("agree", 20), ("finish", 30), ("learn", 31),
    ]  # fmt: skip
    assert (made.stirred_at - made.proposed_at).days == 31
    answered = made.parties.order_by("pk").values_list("answered_at", flat=True)
    assert [(at - made.proposed_at).days for at in answered if at] == [1, 1, 7]
    done = made.steps.values_list("done_at__date", flat=True)
    assert list(done) == [today - timedelta(days=6)]
    since = timezone.now() - timedelta(minutes=5)
    assert not Event.objects.filter(at__lt=since).exists()
    placed = Listing.objects.filter(introductions__introduction=made)
    assert not placed.filter(published_at__gte=made.proposed_at).exists()


def test_nothing_happens_in_what_is_still_to_come() -> None:
    pair = Pair.new()
    row = {"need": "need", "offer": "offer", "days": 0, "yes": [pair.need.organisation.slug]}
    load_introductions([row], {"need": pair.need, "offer": pair.offer}, timezone.localdate())
    made = Introduction.objects.get()
    assert all(datetime.fromisoformat(at) <= timezone.now() for _deed, at in made.happened)
    assert made.stirred_at <= timezone.now()
