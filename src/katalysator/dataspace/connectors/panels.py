"""What connectors show on pages of others: the way to them."""

from typing import Any

from django.http import HttpRequest

from katalysator.coalition.models import Organisation
from katalysator.core.actors import permits
from katalysator.core.panels import panel
from katalysator.dataspace.models import Connector
from katalysator.dataspace.rules import SHARE


@panel("organisation-deeds", "dataspace/connectors/_to_sharing.html", position=45)
def to_sharing(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:
    """The way to sharing data, for who manages a participant."""
    person = request.user
    may = person.is_authenticated and permits(person, SHARE, Connector(organisation=organisation))
    return {} if may and organisation.is_participant else None
