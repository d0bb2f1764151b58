"""A job of the site that a terminal waits for: how far it is stands on the screen meanwhile."""

import time
from collections.abc import Collection
from typing import Any, Final

from katalysator.cli.exchange.site import ExchangeSite
from katalysator.cli.progress import ProgressLine
from katalysator.faults import gettext_noop as _

_SECONDS: Final = 1.0


def followed(site: ExchangeSite, found: Any, path: str, runs: Collection[str]) -> Any:
    """What stands at a path when its job is done, which is in one of some states before. Who breaks off leaves the job at work."""
    with ProgressLine(quiet=False) as line:
        while found["state"] in runs:
            line.tell(
                _("%(state)s: %(done)s of %(stages)s"),
                state=found["state"],
                done=found["done"],
                stages=found["stages"] or "?",
            )
            time.sleep(_SECONDS)
            found = site.ask(path)
    return found
