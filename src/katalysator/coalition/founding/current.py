"""The coalition itself as pages show it, without asking for it on each: its name stands on all of them.

On pages that are kept it is as new as they are. On others, and in letters, it is at most some seconds old.
"""

from collections.abc import Hashable
from time import monotonic
from typing import Final

from katalysator.coalition.founding.models import Coalition
from katalysator.core.changes import EVERYTHING, states_at_hand

_SECONDS: Final = 15
_known: tuple[Hashable, Coalition] | None = None


def current() -> Coalition:
    """The coalition; one without a name where nobody has said it. Cost: a query, seldom."""
    global _known  # noqa: PLW0603 — one for the process
    now = states_at_hand()
    key: Hashable = now.of(EVERYTHING) if now else int(monotonic() / _SECONDS)
    known = _known
    if known is None or known[0] not in (key, None):
        known = _known = key, Coalition.objects.filter(pk=1).first() or Coalition(pk=1)
    return known[1]


def last_known() -> Coalition:
    """The same as it was when it was asked last: for pages that tell that the database is away."""
    return _known[1] if _known else Coalition(pk=1)


def forget() -> None:
    """Ask anew when it is wanted next."""
    global _known  # noqa: PLW0603 — as above
    _known = None
