"""What is held of a person who meets others."""

from typing import Any

from katalysator.core.personal_data import holds, rows
from katalysator.introductions.models import Introduction, Party, ThreadMessage


@holds("introductions", Introduction, Party, ThreadMessage)
def introductions_of(person: Any) -> dict[str, Any]:
    """What the person proposed, for which party the person speaks, and what the person wrote."""
    proposed = Introduction.objects.filter(proposer_id=person.pk)
    speaks = Party.objects.filter(contact_id=person.pk) | Party.objects.filter(person_id=person.pk)
    wrote = ThreadMessage.objects.filter(author_id=person.pk)
    return {
        "proposed": rows(proposed, "id", "state", "why", "proposed_at"),
        "parties": rows(
            speaks, "introduction", "listing", "answer", "answered_at", "reason", "remark"
        ),
        "messages": rows(wrote, "introduction", "text", "at"),
    }
