"""What opens a feed of one's own: a key that nobody guesses, of which only a digest is kept."""

from hashlib import sha256

from katalysator.activities.models import CalendarKey
from katalysator.groups.rules import powers
from katalysator.groups.workflow import WORK


def opened_by(key: str) -> CalendarKey | None:
    """What a key opens, with its person and group; None for a key that opens nothing, or not any more.

    That of a group opens it while its person is in it. Cost: one query, or three.
    """
    known = CalendarKey.objects.filter(digest=digest(key), person__is_active=True)
    found: CalendarKey | None = known.select_related("person", "group").first()
    if found and found.group and WORK not in powers(found.person, found.group):
        return None
    return found


def digest(key: str) -> bytes:
    """What is kept of a key: it is long and random, so that a plain digest tells nobody what it was."""
    return sha256(key.encode()).digest()
