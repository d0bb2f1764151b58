"""Understanding the texts of both sides, in as many processes as are allowed."""

from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Final

from katalysator.engine.matching import PooledReader, Reader, here
from katalysator.engine.text import bundled, careful as careful_encoder
from katalysator.faults import InvalidInput, gettext_noop as _

FEW_TEXTS: Final = 1_000
"""So many texts are understood sooner by one process than others have started."""

CAREFUL_TEXTS: Final = 400
"""So many are read by the careful encoder too, unless it is asked otherwise."""

_FEW_CAREFUL: Final = 40  # texts that one process has read carefully before others have started
_CAREFUL_SECONDS: Final = 0.25  # a text


@contextmanager
def reading(texts: int, processes: int, careful: str) -> Iterator[Reader]:
    """What reads so many texts, in as many processes as is quickest and allowed."""
    carefully = is_careful(texts, careful)
    if processes == 1 or texts <= (_FEW_CAREFUL if carefully else FEW_TEXTS):
        yield here(bundled(), careful_encoder() if carefully else None)
        return
    try:
        with PooledReader(processes, careful=carefully) as pooled:
            yield pooled
    except BrokenProcessPool:
        raise InvalidInput(
            "process-lost",
            _("A process that reads the texts was stopped, for want of memory perhaps."),
            hint=_("Try again with --processes 1."),
        ) from None


def is_careful(texts: int, careful: str) -> bool:
    """Whether so many texts are read by the careful encoder too."""
    return careful == "yes" or (careful == "auto" and texts <= CAREFUL_TEXTS)


def careful_minutes(texts: int, processes: int) -> int:
    """What reading so many texts carefully would take, about."""
    return max(1, round(texts * _CAREFUL_SECONDS / processes / 60))
