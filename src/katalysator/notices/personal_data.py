"""What is held of a person about letters."""

from typing import Any

from katalysator.core.personal_data import holds, rows
from katalysator.notices.models import LetterChoice, ReturnedMail, SummarySent, WaitingLetter


@holds("letters", LetterChoice, WaitingLetter, SummarySent, ReturnedMail)
def letters_of(person: Any) -> dict[str, Any]:
    """What was chosen, what waits for the next summary, and what came back."""
    mine = {"person_id": person.pk}
    return {
        "choices": rows(LetterChoice.objects.filter(**mine), "kind", "pace"),
        "waiting": rows(WaitingLetter.objects.filter(**mine), "kind", "subject", "link", "at"),
        "summary": rows(SummarySent.objects.filter(**mine), "until"),
        "returned": rows(ReturnedMail.objects.filter(**mine), "why", "times", "stopped", "at"),
    }
