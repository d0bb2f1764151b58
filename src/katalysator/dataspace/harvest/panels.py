"""What this part shows on pages of others: the way to catalogues elsewhere, for the bureau."""

from typing import Any

from django.http import HttpRequest

from katalysator.core.panels import panel
from katalysator.dataspace.models import HarvestSource


@panel("bureau", "dataspace/harvest/_of_bureau.html", position=86)
def of_bureau(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """The way there, and how many could not be read the last time. Cost: one query."""
    found = HarvestSource.objects.visible_to(request.user)
    return {"broken": found.exclude(problem={}).count()}
