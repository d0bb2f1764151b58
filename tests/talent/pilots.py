"""Pilots of learning, and people who came so far in them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from katalysator.coalition.models import Area, Organisation
from katalysator.talent.learning import verbs
from katalysator.talent.learning.verbs import PilotFacts, StageReport
from katalysator.talent.models import LearningPilot
from tests import builders

DAY = date(2026, 3, 2)


def facts(**said: Any) -> PilotFacts:
    """What a pilot says of itself."""
    told: dict[str, Any] = {
        "name": "Voorbeeldpilot", "region": "NL32", "sector": Area.objects.all()[0],
        "skill_group": "werken met data", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31),
        "target": 500,
    }  # fmt: skip
    return PilotFacts(**(told | said))


def pilot(organisation: Organisation | None = None, **said: Any) -> LearningPilot:
    """A pilot of a participant."""
    return verbs.make(organisation or builders.organisation(), facts(**said), by=_bureau())


def came(to: LearningPilot, stage: int, keys: Iterable[object], on: date = DAY) -> int:
    """People with these keys came to a stage."""
    rows = [StageReport(str(key), stage, on) for key in keys]
    return verbs.report(to, rows, by=_bureau())


def _bureau() -> Any:
    return builders.person(is_coordinator=True)
