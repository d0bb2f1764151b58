"""The house for the tests: the database is started before Django asks for it, and stopped after.

Uses our own embedded server, or the one that DATABASE_URL names.
"""

import os
import signal
import tempfile
from contextlib import ExitStack
from pathlib import Path

from katalysator.postgres import running

CACHE = Path(__file__).parents[1] / ".cache"

_open = ExitStack()


def _start() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    data = _open.enter_context(tempfile.TemporaryDirectory(prefix="katalysator-test-"))
    os.environ["KATALYSATOR_DATA"] = data
    Path(data, "static").mkdir()  # what `collectstatic` makes; its absence is a warning
    if "DATABASE_URL" not in os.environ:
        server = _open.enter_context(running(CACHE / "test-postgres"))
        os.environ["DATABASE_URL"] = server.ensure("katalysator")


def pytest_unconfigure() -> None:
    """Leave the server, and the folder, when the tests are done."""
    _open.close()


_start()
