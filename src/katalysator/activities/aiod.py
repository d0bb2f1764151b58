"""An activity as an event in the metadata model of AI-on-Demand (AIOD)."""

from collections.abc import Mapping
from typing import Any, Final

from katalysator.activities.models import Activity
from katalysator.core import aiod, regions
from katalysator.core.language import ENGLISH

_MODES: Final = {"site": "offline", "online": "online", "both": "hybrid"}
_COUNTRIES: Final = {"NL": "NLD", "BE": "BEL", "DE": "DEU", "LU": "LUX"}
"""Countries as AIOD names them (ISO 3166-1 alpha-3)."""


def event_aiod(activity: Activity, *, page: str, areas: Mapping[str, str]) -> dict[str, Any]:
    """An `event` of AIOD; `areas` are the names of areas in English. Where it is online, who has a place knows."""
    return {
        **aiod.resource(
            key=str(activity.uid),
            name=activity.title,
            page=page,
            text=activity.text,
            sectors=[areas.get(each, each) for each in activity.areas],
            keywords=[activity.kind, *activity.blocks],
        ),
        "start_date": aiod.moment(activity.starts_at),
        "end_date": aiod.moment(activity.ends_at),
        "schedule": None,
        "registration_link": page if activity.takes_registrations else None,
        "location": _locations(activity),
        "status": "cancelled" if activity.state == "cancelled" else "scheduled",
        "mode": _MODES[activity.mode],
        "performer": [],
    }


def _locations(activity: Activity) -> list[dict[str, Any]]:
    if not activity.place:
        return []
    region = regions.name(activity.region, ENGLISH) if activity.region else None
    country = _COUNTRIES.get(activity.region[:2])
    return [{"address": {"address": activity.place, "region": region, "country": country}}]
