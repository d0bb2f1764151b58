"""What is written down is read soon after, once however often it changes."""

from typing import Any

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.coalition import verbs as coalition
from katalysator.coalition.models import Organisation
from katalysator.coalition.tasks import read_new_organisations
from katalysator.listings import tasks, verbs
from katalysator.listings.models import Listing
from katalysator.listings.tasks import read_listing, read_new_listings
from katalysator.search import indexing
from tests import builders

pytestmark = pytest.mark.django_db


def waiting() -> list[tuple[str, dict[str, Any]]]:
    """The jobs that read, in the order of their queueing."""
    queued = ProcrastinateJob.objects.filter(status="todo", task_name__contains=".read")
    return list(queued.order_by("pk").values_list("task_name", "args"))


def test_new_listings_wait_for_one_job_drafts_too() -> None:
    for _ in range(3):
        builders.draft(builders.organisation())
    assert waiting() == [("listings.read_new", {})]
    read_new_listings()
    assert not Listing.objects.filter(reading=None).exists()


def test_very_many_are_read_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (indexing, tasks):
        monkeypatch.setattr(room, "AT_ONCE", 2)
    for _ in range(3):
        builders.draft(builders.organisation())
    ProcrastinateJob.objects.all().delete()
    read_new_listings()
    assert Listing.objects.filter(reading=None).count() == 1
    assert waiting() == [("listings.read_new", {})]
    ProcrastinateJob.objects.all().delete()
    read_new_listings()
    assert not Listing.objects.filter(reading=None).exists()
    assert waiting() == []


def test_an_edited_listing_waits_for_its_own_once() -> None:
    made = builders.draft(builders.organisation())
    ProcrastinateJob.objects.all().delete()
    for title in ("Anders", "Nog anders"):
        verbs.edit(made, by=builders.HOUSE, content=builders.content(title=title))
    assert waiting() == [("listings.read", {"listing_id": made.pk})]


def test_what_changes_no_text_reads_nothing() -> None:
    made = builders.draft(builders.organisation())
    ProcrastinateJob.objects.all().delete()
    verbs.move(made, "publish", by=builders.HOUSE)
    assert waiting() == []


def test_a_deed_that_is_taken_back_reads_nothing() -> None:
    owner = builders.organisation()
    with transaction.atomic():
        builders.draft(owner)
        transaction.set_rollback(True)
    assert waiting() == []


def test_an_organisation_is_read_when_it_is_registered() -> None:
    for slug in ("een", "twee"):
        new = Organisation(slug=slug, name=slug, kind="company", region="NL31")
        coalition.register(new, by=builders.HOUSE)
    assert waiting() == [("coalition.read_new", {})]
    read_new_organisations()
    assert not Organisation.objects.filter(reading=None).exists()


def test_a_listing_that_is_gone_is_passed_over() -> None:
    read_listing(listing_id=10**9)


def test_a_job_may_run_twice() -> None:
    made = builders.listing(builders.organisation())
    for _ in range(2):
        read_listing(listing_id=made.pk)
    made.refresh_from_db()
    assert made.reading is not None
