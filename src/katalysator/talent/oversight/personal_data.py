"""What is held of a person who stood in lists, objected, decided, or told of themselves; what of it goes: `followups.py`."""

from typing import Any

from katalysator.coalition.models import Person
from katalysator.core.personal_data import holds, rows
from katalysator.talent.models import (
    Consultation,
    ConsultedPerson,
    ListStop,
    Objection,
    VolunteeredGroup,
)


@holds("lists-about-me", ConsultedPerson, Objection)
def lists_about(person: Person) -> list[dict[str, Any]]:
    """The lists that the person stood in: who looked, what for, what was shown, decided and objected."""
    names = ("organisation__slug", "purpose", "opening", "occupation", "at")
    told = [f"consultation__{name}" for name in names]
    own = ("held", "has", "lacks", "decision", "reason", "decided_at")
    said = [f"objection__{name}" for name in ("text", "state", "answer", "made_at", "due")]
    return rows(ConsultedPerson.objects.filter(person=person), *told, *own, *said)


@holds("lists-looked-at", Consultation)
def lists_made(person: Person) -> list[dict[str, Any]]:
    """The lists that the person asked for."""
    mine = Consultation.objects.filter(viewer=person)
    return rows(mine, "organisation__slug", "purpose", "opening", "occupation", "at")


@holds("lists-decided")
def decisions_of(person: Person) -> list[dict[str, Any]]:
    """What the person decided, without on whom."""
    mine = ConsultedPerson.objects.filter(decided_by=person)
    return rows(mine, "consultation__opening", "decision", "decided_at")


@holds("lists-bureau", ListStop)
def switched_by(person: Person) -> dict[str, Any]:
    """When the person switched lists off, and which objections they answered."""
    answered = Objection.objects.filter(answered_by=person)
    return {
        "switched": rows(ListStop.objects.filter(by=person), "at", "reason", "ended_at"),
        "answered": rows(answered, "state", "answer", "answered_at"),
    }


@holds("volunteered-group", VolunteeredGroup)
def group_of(person: Person) -> list[dict[str, Any]]:
    """What the person told of themselves for the report on bias."""
    return rows(VolunteeredGroup.objects.filter(person=person), "gender", "age", "told_on")
