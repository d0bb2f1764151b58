"""Which threads of a web process answer: pages have theirs, and what takes long has others.

A sheet of a hundred thousand rows is made while somebody reads it, for as long as that takes. Eight readers of one
kept all threads of a site, and nobody saw a page.
"""

import re
from collections.abc import Sequence
from typing import Any, Final

from katalysator.site.warm_threads import WarmThreads

DOWNLOADS_AT_ONCE: Final = 2
"""What takes long has so many threads in each process; more of it waits."""
_DOWNLOADS: Final = re.compile(
    r"\.(csv|zip)$|/open-data/.|/bureau/export/$|/dataspace/[^/]+/data/[^/]+$"
)


def is_download(path: str) -> bool:
    """Whether what is asked for there is made while it is read, or made anew for seconds."""
    return _DOWNLOADS.search(path) is not None


class Answering:
    """What waitress gives requests to, each when it is there to its end."""

    def __init__(self, pages: int) -> None:
        self._pages, self._downloads = WarmThreads(pages), WarmThreads(DOWNLOADS_AT_ONCE)

    def add_task(self, task: Any) -> None:
        """Let it be done: a connection with a request, or other work for a thread."""
        asked: Sequence[Any] = getattr(task, "requests", ())
        paths = [getattr(each, "path", "") for each in asked[:1]]
        (self._downloads if any(map(is_download, paths)) else self._pages).add_task(task)

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> bool:
        """Let all threads go; whether what still waited was cancelled."""
        over = [each.shutdown(cancel_pending, timeout) for each in (self._pages, self._downloads)]
        return all(over)
