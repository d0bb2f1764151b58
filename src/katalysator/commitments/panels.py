"""What this room shows on pages of others: what an organisation brings."""

from typing import Any

from django.http import HttpRequest

from katalysator.coalition.models import Organisation
from katalysator.commitments.models import Commitment
from katalysator.commitments.progress import progress
from katalysator.core.panels import panel
from katalysator.core.personal import reader


@panel("organisation", "commitments/_of_organisation.html", position=40)
def commitments_of(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:
    """What it promised the coalition, and how far that is."""
    seen = Commitment.objects.visible_to(reader(request)).of(organisation)
    found = progress(seen)
    return {"commitments": found} if found else None


@panel("organisation-deeds", "commitments/_to_commitments.html", position=40)
def to_commitments(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:  # noqa: ARG001
    """The way to what it brings, for a participant."""
    return {"organisation": organisation} if organisation.is_participant else None
