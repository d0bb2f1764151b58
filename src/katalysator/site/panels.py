"""What the house itself shows on pages: to the bureau, whether its background work is done."""

from typing import Any

from django.http import HttpRequest

from katalysator.core.panels import panel
from katalysator.core.queues import stuck_queues


@panel("bureau", "site/_stuck_queues.html", position=10)
@panel("account", "site/_stuck_queues.html", position=10)
def background_work(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """Jobs that nobody does, for the bureau alone."""
    if not getattr(request.user, "is_coordinator", False):
        return None
    stuck = stuck_queues()
    return {"stuck": stuck} if stuck else None
