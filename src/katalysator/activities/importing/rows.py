"""From the records of a sheet of activities to what activities say."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from katalysator.activities.importing.times import times_of
from katalysator.activities.models import Activity
from katalysator.coalition.filters import province_choices
from katalysator.coalition.importing.held.rows import HeldReading, with_scheme
from katalysator.coalition.importing.rows import region_of
from katalysator.tables.places.reading import read_places
from katalysator.tables.records import Record


@dataclass(slots=True)
class ActivityReading(HeldReading):
    """Reads records of activities."""

    provinces: frozenset[str] = field(
        default_factory=lambda: frozenset(code for code, _name in province_choices())
    )

    def said(self, record: Record) -> Iterator[tuple[str, Any]]:
        """When and where it is, and who may come."""
        times = times_of(record)
        for remark in times.remarks:
            self.note(record, remark, *map(str, remark.where))
        yield from times.said.items()
        if (capacity := record.get("capacity")) is not None:
            yield "capacity", capacity
        if policies := record.get("policy"):
            yield "policy", policies[0]
        if region := region_of(record, "place", self.provinces):
            yield "region", region
        yield from ((name, value) for name, value in _where(record).items() if value)


def _where(record: Record) -> dict[str, str]:
    """The place, the link, and which of both there is."""
    place, link = record.get("place", ""), record.get("link", "")
    if "://" in place and not link:
        place, link = "", place
    is_online = bool(place) and read_places(place).online
    mode = _mode(record, place, link, is_online=is_online)
    return {"place": "" if is_online else place, "link": with_scheme(link), "mode": mode}


def _mode(record: Record, place: str, link: str, *, is_online: bool) -> str:
    """Where it is: as it is said, or else by what is said of place and link."""
    if said := record.get("mode", ()):
        return "both" if len(said) > 1 else str(said[0])
    if is_online or (link and not place):
        return Activity.Mode.ONLINE.value
    if place:
        return (Activity.Mode.BOTH if link else Activity.Mode.SITE).value
    return ""
