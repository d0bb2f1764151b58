"""Loads what the bureau of the example keeps for itself: labels, notes and a letter that is not sent."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone

from katalysator.bureau.mailing import verbs as mailing
from katalysator.bureau.notes import verbs as notes
from katalysator.coalition.models import Organisation, Person
from katalysator.core.language import TEXT_LANGUAGES, say
from katalysator.site.demo.logins import BUREAU


def load_bureau(
    labels: list[dict[str, Any]], noted: list[dict[str, Any]], letters: list[dict[str, Any]]
) -> str:
    """Load these labels, notes and letters; returns a line of report."""
    bureau, today = Person.objects.get(email=BUREAU), timezone.localdate()
    for row in labels:
        for each in _named(row["organisations"]):
            notes.label(each, row["name"], by=bureau)
    for row in noted:
        (organisation,) = _named([row["organisation"]])
        due = today + timedelta(days=row["due"]) if "due" in row else None
        notes.write(organisation, by=bureau, text=row["text"], due=due)
    for row in letters:
        said = {
            name: {code: row[f"{name}_{code}"] for code in TEXT_LANGUAGES}
            for name in ("subject", "text")
        }
        found = Organisation.objects.filter(labellings__label__name=row["label"])
        mailing.write(found, by=bureau, managers_only=False, **said)
    return say("Notes of the bureau: %(count)s.", count=len(noted))


def _named(slugs: list[str]) -> Iterator[Organisation]:
    return (Organisation.objects.get(slug=slug) for slug in slugs)
