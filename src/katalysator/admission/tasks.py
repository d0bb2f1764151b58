"""Background work on applications: letters, and forgetting."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from procrastinate.contrib.django import app

from katalysator.admission.joining.verbs import forget as forget_joining
from katalysator.admission.models import Application, Joining
from katalysator.admission.verbs import forget
from katalysator.coalition.models import Person
from katalysator.core import letters
from katalysator.core.actors import CLOCK
from katalysator.core.jobs import RETRY, SHORT
from katalysator.core.language import speaking
from katalysator.core.links import key_of
from katalysator.faults import gettext_noop as _
from katalysator.notices.kinds import letter_kind
from katalysator.notices.writing import write

UNPROVEN_KEPT: Final = timedelta(days=7)
"""So long an application waits for its address to be confirmed."""
OVER_KEPT: Final = timedelta(days=30)
"""So long one is kept that was decided on or withdrawn: what came of it stands elsewhere."""
LYING_KEPT: Final = timedelta(days=30)
"""So long an invitation works, and is kept after it was answered."""
WAITING: Final = letter_kind(
    "application-waits",
    _("Organisations that want to take part"),
    to=lambda person: getattr(person, "is_coordinator", False),
)
ASKS: Final = letter_kind("asks-to-join", _("Somebody who asks to join your organisation"))
_AT_NIGHT = "50 2 * * *"
_TO_WHO_JOINS: Final = {
    "invited": "admission/letters/invited.txt",
    "asked": "admission/letters/asked.txt",
    "joined": "admission/letters/joined.txt",
}
_TEMPLATES: Final = {
    "sent": "admission/letters/confirm.txt",
    "admitted": "admission/letters/admitted.txt",
    "declined": "admission/letters/declined.txt",
}


@app.task(name="admission.tell_applicant", queue=SHORT, retry=RETRY)
def tell_applicant(application_id: int) -> None:
    """Write to who applied how it stands now; nothing where there is nothing to tell."""
    application = Application.objects.filter(pk=application_id).first()
    template = _TEMPLATES.get(application.state) if application else None
    if application is None or template is None:
        return
    with speaking(application.language):
        link = letters.address("application-own", key_of(application))
        password = letters.address("account_reset_password")
    shown = {"application": application, "link": link, "password": password}
    letters.send(
        template, application.email, application.language, **shown, days=UNPROVEN_KEPT.days
    )


@app.task(name="admission.tell_bureau", queue=SHORT, retry=RETRY)
def tell_bureau(application_id: int) -> None:
    """Write to the bureau that an application waits, while it does."""
    application = Application.objects.waiting().filter(pk=application_id).first()
    if application is None:
        return
    page = ("application", application.pk)
    for person in Person.objects.filter(is_coordinator=True, is_active=True):
        write(WAITING, person, "admission/letters/waiting.txt", page=page, application=application)


@app.task(name="admission.tell_joining", queue=SHORT, retry=RETRY)
def tell_joining(joining_id: int) -> None:
    """Write to who was invited, asked or was let in; nothing where there is nothing to tell."""
    joining = Joining.objects.select_related("organisation").filter(pk=joining_id).first()
    template = _TO_WHO_JOINS.get(joining.state) if joining else None
    if joining is None or template is None:
        return
    with speaking(joining.language):
        link = letters.address("joining-own", key_of(joining))
        password = letters.address("account_reset_password")
    shown = {"joining": joining, "link": link, "password": password, "days": LYING_KEPT.days}
    letters.send(template, joining.email, joining.language, **shown)


@app.task(name="admission.tell_managers", queue=SHORT, retry=RETRY)
def tell_managers(joining_id: int) -> None:
    """Write to who manages an organisation that somebody asks to join; to the bureau where nobody does."""
    joining = Joining.objects.select_related("organisation").filter(pk=joining_id).first()
    if joining is None or joining.state != "waiting":
        return
    active = Person.objects.filter(is_active=True)
    manages = {"memberships__organisation": joining.organisation, "memberships__role": "manager"}
    managers = active.filter(**manages)
    page = ("people-list", joining.organisation.slug)
    for person in managers or active.filter(is_coordinator=True):
        write(ASKS, person, "admission/letters/asks.txt", page=page, joining=joining)


@app.periodic(cron=_AT_NIGHT)
@app.task(name="admission.forget", queue=SHORT, queueing_lock="forget-applications", retry=RETRY)
def forget_old(timestamp: int) -> None:
    """Forget applications that were never confirmed or are over, and invitations that were left lying or are."""
    now = datetime.fromtimestamp(timestamp, timezone.get_current_timezone())
    for application in Application.objects.outlived(now - UNPROVEN_KEPT, now - OVER_KEPT):
        forget(application, by=CLOCK)
    for joining in Joining.objects.outlived(now - LYING_KEPT):
        forget_joining(joining, by=CLOCK)
