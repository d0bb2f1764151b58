"""Becomes another program, which Linux ends when the process that started it is gone, even by kill -9.

Run as a file: `python -IS dependent.py SIGNAL PARENT PROGRAM [ARGUMENT …]`. The process itself asks for
that, since nothing of Python may run between fork and exec where the parent has threads. It imports
nothing of ours, so as to be quick.
"""

import ctypes
import os
import sys

_ON_DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def become(number: int, parent: int, command: list[str]) -> None:
    """Run the command in this process; does not return."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ON_DEATH_OF_PARENT, number)
    if os.getppid() != parent:  # it was gone before we asked
        sys.exit(1)
    try:
        os.execvp(command[0], command)  # noqa: S606
    except OSError as error:
        sys.exit(f"{command[0]}: {error.strerror}")


if __name__ == "__main__":
    become(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
