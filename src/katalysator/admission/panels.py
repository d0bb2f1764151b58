"""What this room shows on pages of others: to the bureau, who waits to be let in."""

from typing import Any

from django.http import HttpRequest

from katalysator.admission.models import Application
from katalysator.core.panels import panel

_SHOWN = 10


@panel("bureau", "admission/_waiting.html", position=20)
def waiting(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """Applications that wait for an answer, the oldest first."""
    found = Application.objects.visible_to(request.user).waiting()
    return {"applications": found[:_SHOWN], "count": found.count()}
