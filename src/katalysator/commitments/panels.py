"""What this room shows on pages of others: what an organisation brings."""

from typing import Any

from django.http import HttpRequest

from katalysator.coalition.models import Organisation
from katalysator.commitments.models import Commitment
from katalysator.commitments.queries import progress
from katalysator.core.panels import panel
from katalysator.core.personal import reader


@panel("organisation", "commitments/_of_organisation.html", position=40)
def commitments_of(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:
    """What it promised the coalition, and how far that is."""
    seen = Commitment.objects.visible_to(reader(request)).of(organisation)
    found = progress(seen)
    return {"commitments": found} if found else None
