"""What is held of a person who said something of matches."""

from typing import Any

from katalysator.coalition.models import Person
from katalysator.core.personal_data import holds, rows
from katalysator.grades.models import Grade, LearnedWeights


@holds("grades", Grade, LearnedWeights)
def grades_of(person: Person) -> dict[str, Any]:
    """Grades that the person gave, and weights that the person had learned."""
    given = Grade.objects.filter(person=person).order_by("pk")
    names = ("need_id", "offer_id", "value", "side", "reason", "remark", "at")
    made = LearnedWeights.objects.filter(made_by=person)
    return {"given": rows(given, *names), "weights": rows(made, "version", "state", "made_at")}
