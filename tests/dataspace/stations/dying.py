"""What an instance does by itself, unless it was told to die there: in the midst of a transaction, or just after it."""

import json
import os
import signal
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from katalysator.dataspace.protocol.usual import usual
from katalysator.site.environment import data_folder

ORDER: Final = "dies.json"
"""The file in its data folder that says where it dies, once."""


def usual_or_dead(process: Any) -> None:
    """What goes without saying; then the end, where this is the place."""
    usual(process)
    order = data_folder() / ORDER
    if not order.exists():
        return
    told = json.loads(order.read_text())
    if (told["kind"], told["state"]) == (process.kind, process.state):
        if told["moment"] == "within":
            _die(order)
        transaction.on_commit(lambda: _die(order))


def _die(order: Path) -> None:
    order.unlink()
    os.kill(os.getpid(), signal.SIGKILL)
