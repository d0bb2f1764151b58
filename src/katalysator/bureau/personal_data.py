"""What is held of a person who writes for the bureau, or to whom it wrote."""

from typing import Any

from katalysator.bureau.models import Bulk, BureauNote, Mailing, MailingLetter
from katalysator.core.personal_data import holds, rows


@holds("bureau", BureauNote, Bulk, Mailing, MailingLetter)
def of_bureau(person: Any) -> dict[str, Any]:
    """Notes and letters that the person wrote, deeds for many, and letters to many that the person got."""
    mine = {"author_id": person.pk}
    letters = MailingLetter.objects.filter(person_id=person.pk)
    return {
        "notes": rows(
            BureauNote.objects.filter(**mine), "organisation__slug", "text", "due", "written_at"
        ),
        "deeds_for_many": rows(Bulk.objects.filter(**mine), "deed", "value", "started_at"),
        "letters_written": rows(Mailing.objects.filter(**mine), "written_at", "state"),
        "letters_got": rows(letters, "mailing", "organisation__slug", "written_at"),
    }
