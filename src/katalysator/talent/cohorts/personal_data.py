"""What cohorts hold of a person."""

from typing import Any

from katalysator.core.personal_data import holds, rows
from katalysator.talent.models import Cohort


@holds("cohorts", Cohort)
def cohorts_of(person: Any) -> dict[str, Any]:
    """The cohorts that the person made or computed last; who is in one is told to nobody by name."""
    return {"made": rows(Cohort.objects.filter(author_id=person.pk), "id", "name", "made_at")}
