"""Background work on organisations: they are read, so that they are found by what they mean."""

from procrastinate.contrib.django import app

from katalysator.coalition.models import Organisation
from katalysator.core.jobs import defer_once
from katalysator.search.indexing import make_findable, unread

_EVERY_HOUR = "35 * * * *"


def read_soon(organisation_id: int) -> None:
    """Queue the reading of an organisation."""
    name = f"read-organisation-{organisation_id}"
    defer_once(read_organisation, name, organisation_id=organisation_id)


@app.task(name="coalition.read", retry=3)
def read_organisation(organisation_id: int) -> None:
    """Let an organisation be found by what it says now."""
    make_findable(Organisation.objects.filter(pk=organisation_id))


@app.periodic(cron=_EVERY_HOUR)
@app.task(name="coalition.read_unread", queueing_lock="read-unread-organisations")
def read_unread_organisations(timestamp: int) -> None:  # noqa: ARG001 — the scheduler gives it
    """Read what was never read."""
    make_findable(unread(Organisation.objects.all()))
