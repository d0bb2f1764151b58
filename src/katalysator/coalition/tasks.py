"""Background work on organisations: they and their people are read, so that they are found, and asked whether all is still so."""

from typing import Final

from procrastinate.contrib.django import app

from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.core.jobs import RETRY, SHORT, defer_once
from katalysator.faults import gettext_noop as _
from katalysator.notices.kinds import letter_kind
from katalysator.notices.writing import write
from katalysator.search.indexing import AT_ONCE, make_findable, read_unread, some_unread

STILL_CORRECT: Final = letter_kind(
    "still-correct", _("Whether the page of your organisation is still correct")
)
_EVERY_HOUR = "35 * * * *"
_FIRST_OF_MONTH = "10 7 1 * *"
_READ_NEW = "read-new-organisations"
_READ_PEOPLE = "read-people"


def read_new_soon() -> None:
    """Queue the reading of new organisations: one job for all that wait for it."""
    defer_once(read_new_organisations, _READ_NEW)


@app.periodic(cron=_EVERY_HOUR)
@app.task(name="coalition.read_new", queue=SHORT, queueing_lock=_READ_NEW, retry=RETRY)
def read_new_organisations(timestamp: int = 0) -> None:  # noqa: ARG001 — the scheduler gives it
    """Read what was never read: new organisations, and those from before."""
    if make_findable(some_unread(Organisation.objects.all())) == AT_ONCE:
        read_new_soon()


def read_people_soon() -> None:
    """Queue the reading of what people do: one job for all that wait for it."""
    defer_once(read_people, _READ_PEOPLE)


@app.periodic(cron=_EVERY_HOUR)
@app.task(name="coalition.read_people", queue=SHORT, queueing_lock=_READ_PEOPLE, retry=RETRY)
def read_people(timestamp: int = 0) -> None:  # noqa: ARG001 — the scheduler gives it
    """Read what those do who want to be found and say so anew."""
    if read_unread(Membership.objects.telling()):
        read_people_soon()


@app.periodic(cron=_FIRST_OF_MONTH)
@app.task(name="coalition.ask_stale", queue=SHORT, queueing_lock="ask-stale", retry=RETRY)
def ask_stale(timestamp: int = 0) -> None:  # noqa: ARG001 — the scheduler gives it
    """Queue a letter for every participant whose facts nobody said to be correct for a year."""
    for number in Organisation.objects.stale().values_list("pk", flat=True):
        defer_once(ask_to_confirm, f"ask-to-confirm-{number}", organisation_id=number)


@app.task(name="coalition.ask_to_confirm", queue=SHORT, retry=RETRY)
def ask_to_confirm(organisation_id: int) -> None:
    """Ask those who manage an organisation whether all is still correct, where nobody said so meanwhile."""
    organisation = Organisation.objects.stale().filter(pk=organisation_id).first()
    if organisation is None:
        return
    managers = Person.objects.filter(is_active=True, memberships__role=Membership.Role.MANAGER)
    page = ("organisation", organisation.slug)
    for person in managers.filter(memberships__organisation=organisation):
        template = "coalition/letters/still_correct.txt"
        write(STILL_CORRECT, person, template, page=page, organisation=organisation)
