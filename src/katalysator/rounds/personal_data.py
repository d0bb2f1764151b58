"""What is held of a person who makes rounds."""

from typing import Any

from katalysator.core.personal_data import holds, rows
from katalysator.rounds.models import MatchingRound


@holds("rounds", MatchingRound)
def rounds_of(person: Any) -> dict[str, Any]:
    """The rounds that the person made or computed last."""
    return {
        "made": rows(MatchingRound.objects.filter(author_id=person.pk), "id", "name", "made_at")
    }
