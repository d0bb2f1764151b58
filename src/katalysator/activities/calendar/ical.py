"""Activities as calendars know them (RFC 5545, RFC 7986): pure functions from what is known to bytes.

Moments are in UTC, so that no calendar needs our time zone: each activity of a series is an event of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event
from icalendar.prop import vDuration

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
_PRODUCT: Final = "-//Katalysator//Activities//EN"
_ASK_AGAIN: Final = timedelta(hours=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a calendar shows of an activity or a meeting; of the latter nobody says when it ends. `status` is CONFIRMED, TENTATIVE or CANCELLED."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime | None = None
    title: str
    text: str
    url: str
    place: str = ""
    category: str = ""
    status: str = "CONFIRMED"


def calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """A calendar with these entries, to download or to subscribe to."""
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    if name:
        made.add("name", name)
        made.add("x-wr-calname", name)
        made.add("refresh-interval", vDuration(_ASK_AGAIN), parameters={"VALUE": "DURATION"})
        made.add("x-published-ttl", vDuration(_ASK_AGAIN))
    for entry in entries:
        made.add_component(_event(entry))
    return bytes(made.to_ical())


def _event(entry: Entry) -> Event:
    made = Event()
    made.add("uid", entry.uid)
    made.add("sequence", entry.sequence)
    for name, moment in (
        ("dtstamp", entry.changed_at),
        ("last-modified", entry.changed_at),
        ("dtstart", entry.starts_at),
        ("dtend", entry.ends_at),
    ):
        if moment:
            made.add(name, moment.astimezone(UTC).replace(microsecond=0))
    made.add("summary", entry.title)
    made.add("description", f"{entry.text}\n\n{entry.url}".strip())
    made.add("url", entry.url)
    if entry.place:
        made.add("location", entry.place)
    if entry.category:
        made.add("categories", [entry.category])
    made.add("status", entry.status)
    return made
