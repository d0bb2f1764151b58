"""What is held of a person who came in: by the address, as there was no account then."""

from typing import Any

from katalysator.admission.models import Application, Joining
from katalysator.coalition.models import Person
from katalysator.core.personal_data import holds, rows

_SAID = ("email", "language", "name", "motivation", "state", "reason", "sent_at", "moved_at")


@holds("admission", Application, Joining)
def admission_of(person: Person) -> dict[str, Any]:
    """Applications and invitations with the person's address, and applications that the person decided on."""
    return {
        "applications": rows(Application.objects.filter(email=person.email), *_SAID),
        "invitations": rows(
            Joining.objects.filter(email=person.email),
            "organisation__slug",
            "role",
            "state",
            "sent_at",
        ),
        "decided": rows(Application.objects.filter(decided_by=person), "name", "state", "moved_at"),
    }
