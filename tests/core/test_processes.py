"""Whether a process lives."""

import os
import subprocess
import sys

from katalysator.core.processes import lives


def test_a_process_lives_until_it_has_ended() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        assert lives(process.pid)
        process.kill()
    assert not lives(process.pid)
    assert lives(os.getpid())
