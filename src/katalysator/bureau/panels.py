"""What the bureau shows on pages of others: what it wrote down of an organisation, and what is to be done."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from katalysator.bureau.choosing import choosing
from katalysator.bureau.models import BureauNote
from katalysator.coalition.models import Organisation
from katalysator.coalition.workflow import RUN
from katalysator.core.actors import permits
from katalysator.core.panels import Waits, panel, waits


@panel("organisation-deeds", "bureau/_of_organisation.html", position=90)
def notes_of(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:
    """The newest note and the labels, for the bureau."""
    if not (request.user.is_authenticated and permits(request.user, RUN)):
        return None
    notes = BureauNote.objects.visible_to(request.user).filter(organisation=organisation)
    labels = organisation.labellings.values_list("label__name", flat=True).order_by("label__name")
    return {"organisation": organisation, "notes": notes[:3], "labels": list(labels)}


@panel("applications", "bureau/_choose.html")
def with_applications(request: HttpRequest, page: Any) -> dict[str, Any] | None:
    """What can be done with many applications at once, where there are any."""
    count = page.paginator.count
    return choosing(request, "applications", count) if count else None


@waits(position=15)
def notes_wait(person: Any) -> Iterator[Waits]:
    """Notes of the bureau with something to be done today."""
    count = (
        BureauNote.objects.visible_to(person).to_do(timezone.localdate()).count()
        if permits(person, RUN)
        else 0
    )
    if count:
        text = ngettext(
            "%(count)s note says what to do today", "%(count)s notes say what to do today", count
        )
        yield Waits(text % {"count": count}, reverse("week"))
