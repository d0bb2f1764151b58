"""Matching rounds of the example: made and computed by its bureau, none of them sent; one asks both sides for their order."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from katalysator.coalition.models import Person
from katalysator.core.language import say
from katalysator.rounds.matching import verbs
from katalysator.rounds.matching.computing import compute
from katalysator.rounds.matching.verbs import RoundSettings
from katalysator.rounds.models import MatchingRound
from katalysator.site.demo.logins import BUREAU


def load_rounds(rows: Sequence[dict[str, Any]]) -> str:
    """Make and compute them, as the bureau sees needs and offers. Returns a line of report."""
    bureau = Person.objects.get(email=BUREAU)
    for row in rows:
        days = row.pop("asked_days", 0)
        begun = verbs.compute(verbs.make(RoundSettings(**row), by=bureau), by=bureau)
        compute(begun, begun.run)
        if days:
            gathered = MatchingRound.objects.get(pk=begun.pk)
            verbs.ask(gathered, timezone.localdate() + timedelta(days=days), by=bureau)
    return say("Matching rounds: %(count)s.", count=len(rows))
