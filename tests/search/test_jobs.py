"""What is written down is read soon after, once however often it changes."""

from typing import Any

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.coalition import verbs as coalition
from katalysator.coalition.models import Organisation
from katalysator.coalition.tasks import read_organisation, read_unread_organisations
from katalysator.listings import verbs
from katalysator.listings.models import Listing
from katalysator.listings.tasks import read_listing, read_unread_listings
from tests import builders

pytestmark = pytest.mark.django_db


def waiting() -> list[tuple[str, dict[str, Any]]]:
    """The jobs that read, in the order of their queueing."""
    queued = ProcrastinateJob.objects.filter(status="todo", task_name__endswith=".read")
    return list(queued.order_by("pk").values_list("task_name", "args"))


def test_a_draft_is_read_too_and_an_edit_waits_for_the_same_job() -> None:
    made = builders.draft(builders.organisation())
    verbs.edit(made, by=builders.HOUSE, content=builders.content(title="Anders"))
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
    new = Organisation(slug="nieuw", name="Nieuw", kind="company", region="NL31")
    made = coalition.register(new, by=builders.HOUSE)
    assert waiting() == [("coalition.read", {"organisation_id": made.pk})]
    read_organisation(organisation_id=made.pk)
    made.refresh_from_db()
    assert made.reading is not None


def test_a_record_that_is_gone_is_passed_over() -> None:
    read_listing(listing_id=10**9)
    read_organisation(organisation_id=10**9)


def test_what_was_never_read_is_read_in_time() -> None:
    builders.listing(builders.organisation())
    read_unread_listings(timestamp=0)
    read_unread_organisations(timestamp=0)
    assert not Listing.objects.filter(reading=None).exists()
    assert not Organisation.objects.filter(reading=None).exists()


def test_a_job_may_run_twice() -> None:
    made = builders.listing(builders.organisation())
    for _ in range(2):
        read_listing(listing_id=made.pk)
    made.refresh_from_db()
    assert made.reading is not None
