"""Understanding the texts of both sides, in as many processes as are allowed."""

from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Final

from katalysator.engine.matching import PooledReader, Reader, here
from katalysator.engine.text import bundled
from katalysator.faults import InvalidInput
from katalysator.faults import gettext_noop as _

FEW_TEXTS: Final = 1_000
"""So many texts are understood sooner by one process than others have started."""


@contextmanager
def reading(texts: int, processes: int) -> Iterator[Reader]:
    """What reads so many texts, in as many processes as is quickest and allowed."""
    if processes == 1 or texts <= FEW_TEXTS:
        yield here(bundled())
        return
    try:
        with PooledReader(processes) as pooled:
            yield pooled
    except BrokenProcessPool:
        raise InvalidInput(
            "process-lost",
            _("A process that reads the texts was stopped, for want of memory perhaps."),
            hint=_("Try again with --processes 1."),
        ) from None
