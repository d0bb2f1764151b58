"""Understanding the texts of both sides, in as many processes as are allowed."""

import os
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Final

from katalysator.engine.concepts import with_own
from katalysator.engine.matching import JudgeChoice, PooledReader, Reader, here, read_ahead
from katalysator.engine.text import NO_MODEL, EncoderChoice, bundled
from katalysator.faults import InvalidInput, gettext_noop as _

KEY, JUDGE_KEY = "KATALYSATOR_MODEL_KEY", "KATALYSATOR_MODEL_KEY_JUDGE"
"""Where keys come from: never from a command, which others on this machine can see."""

FEW_TEXTS: Final = 1_000
"""So many texts are understood sooner by one process than others have started."""

CAREFUL_TEXTS: Final = 400
"""So many are read by the careful encoder too, unless it is asked otherwise."""

_FEW_CAREFUL: Final = 40  # texts that one process has read carefully before others have started
_CAREFUL_SECONDS: Final = 0.06  # a text


@contextmanager
def reading(texts: int, processes: int, careful: str, own: str = "") -> Iterator[Reader]:
    """What reads so many texts, in as many processes as is quickest and allowed; an address is asked by one.

    `own` holds concepts of a coalition, in JSON lines.
    """
    encoder = encoder_for(texts, careful)
    few = _FEW_CAREFUL if encoder else FEW_TEXTS
    if processes == 1 or texts <= few or encoder.is_remote:
        yield here(bundled(), encoder.load(), with_own(own))
        return
    if texts <= FEW_TEXTS and encoder.is_bundled and (slow := encoder.load()):
        yield read_ahead(slow, processes, with_own(own))
        return
    try:
        with PooledReader(processes, careful=encoder, own=own) as pooled:
            yield pooled
    except BrokenProcessPool:
        raise InvalidInput(
            "process-lost",
            _("A process that reads the texts was stopped, for want of memory perhaps."),
            hint=_("Try again with --processes 1."),
        ) from None


def is_careful(texts: int, careful: str) -> bool:
    """Whether so many texts are read by a careful encoder too."""
    return (careful == "auto" and texts <= CAREFUL_TEXTS) or careful not in ("auto", "no", NO_MODEL)


def encoder_for(texts: int, careful: str) -> EncoderChoice:
    """Which careful encoder reads so many texts; one that takes a key has it from the environment."""
    if not is_careful(texts, careful):
        return EncoderChoice(NO_MODEL)
    if careful in ("auto", "yes"):
        return EncoderChoice()
    return EncoderChoice(careful, os.environ.get(KEY, ""))


def judge_for(spec: str) -> JudgeChoice:
    """Which judge reads the best pairs again."""
    return JudgeChoice(spec, os.environ.get(JUDGE_KEY, ""))


def careful_minutes(texts: int, processes: int) -> int:
    """What reading so many texts carefully would take, about."""
    return max(1, round(texts * _CAREFUL_SECONDS / processes / 60))
