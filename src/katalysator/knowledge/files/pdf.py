"""What a PDF says, read by a process of its own that may use little: what a hostile file does ends with that process.

The process knows nothing of the site: no settings, no secrets, no database; it may write no file. What it read before
its time or its memory was up is kept.
"""

import os
import subprocess
import sys
from contextlib import suppress
from io import BytesIO
from typing import Final

MOST_PAGES: Final = 200
"""Pages of a file that are read."""
_SECONDS: Final = 10  # of the processor
_WAITED: Final = 60  # seconds by the clock, where the machine is busy with other work
_MEMORY: Final = 512_000_000  # bytes


def said_in_pdf(content: bytes, most: int) -> str:
    """About the first `most` characters of what a PDF says, a page below the other; nothing where it is broken or locked.

    Cost: .3 s of the processor for an everyday file, and 10 s at most.
    """
    command = [sys.executable, "-m", __name__, str(most)]
    known = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
    try:
        said = subprocess.run(
            command, check=False, input=content, capture_output=True, timeout=_WAITED, env=known
        ).stdout
    except subprocess.TimeoutExpired as cut_off:
        said = cut_off.stdout or b""
    return said.decode("utf-8", "ignore")


def main() -> None:
    """Read the PDF that comes in, and write what it says."""
    _use_little()
    with suppress(Exception):  # nobody can say what a hostile file makes a reader raise
        _write_pages(sys.stdin.buffer.read(), int(sys.argv[1]))


def _use_little() -> None:
    import resource

    for what, most in (
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _write_pages(content: bytes, most: int) -> None:
    from pypdf import PdfReader

    reader, written = PdfReader(BytesIO(content)), 0
    for number in range(min(len(reader.pages), MOST_PAGES)):
        with suppress(Exception):  # of a broken page the others are read still
            said = f"{reader.pages[number].extract_text()}\n"[: most - written]
            sys.stdout.buffer.write(said.encode("utf-8", "ignore"))
            sys.stdout.buffer.flush()
            written += len(said)
        if written >= most:
            return


if __name__ == "__main__":
    main()
