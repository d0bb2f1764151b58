"""What is the matter with a model that was plugged in, for the operator; the work goes on without it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from django.utils import timezone

from katalysator.engine.text import ModelFault
from katalysator.faults import InvalidInput
from katalysator.readings.models import ModelTrouble

_REST: Final = timedelta(minutes=4)
_log = logging.getLogger(__name__)


@contextmanager
def watched(role: ModelTrouble.Role, model: str) -> Iterator[None]:
    """Keep what goes wrong in here to be told, and go on; what works clears it away."""
    try:
        yield
    except (ModelFault, InvalidInput) as fault:
        remember(role, model, fault)
    else:
        ModelTrouble.objects.filter(role=role).delete()


def is_resting(role: ModelTrouble.Role, model: str) -> bool:
    """Whether this model failed a moment ago: it is left alone for some minutes, so that no work piles up."""
    since = timezone.now() - _REST
    return ModelTrouble.objects.filter(role=role, model=model, last_at__gt=since).exists()


def remember(role: ModelTrouble.Role, model: str, fault: ModelFault | InvalidInput) -> None:
    """Write down a fault, with the model's name; and log it."""
    told = {"message": fault.message, "hint": fault.hint, "parameters": _plain(fault.parameters)}
    ModelTrouble.objects.update_or_create(role=role, defaults={"model": model, **told})
    _log.warning("%s %s: %s", role, model, fault.code)


def in_words(trouble: ModelTrouble) -> str:
    """The fault in the reader's language."""
    return str(ModelFault("", trouble.message, hint=trouble.hint, **trouble.parameters))


def _plain(parameters: dict[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in parameters.items()}
