"""What this room shows on pages of others: the way to webhooks."""

from typing import Any

from django.http import HttpRequest

from katalysator.coalition.models import Organisation
from katalysator.core.actors import permits
from katalysator.core.panels import panel
from katalysator.webhooks.models import Webhook
from katalysator.webhooks.workflow import KEEP


@panel("organisation-deeds", "webhooks/_to_webhooks.html", position=40)
def to_webhooks(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:
    """The way to its webhooks, for who manages a participant."""
    person = request.user
    may = person.is_authenticated and permits(person, KEEP, Webhook(organisation=organisation))
    return {"organisation": organisation} if may and organisation.is_participant else None


@panel("bureau", "webhooks/_of_bureau.html", position=85)
def of_bureau(_request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """The way to those of the bureau."""
    return {}
