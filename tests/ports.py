"""Ports for what tests start, and whether it answers there."""

import socket
import urllib.error
import urllib.request
from contextlib import suppress


def free_port() -> int:
    """A port of this machine that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_answered(asked: str | urllib.request.Request, timeout: float) -> bool:
    """Whether an answer comes, and a good one."""
    with suppress(OSError):
        try:
            with urllib.request.urlopen(asked, timeout=timeout) as answer:
                return bool(answer.status == 200)
        except urllib.error.HTTPError as refused:
            refused.close()
    return False
