"""A folder of files as one archive."""

import zipfile
from pathlib import Path
from typing import IO


def zipped(folder: Path, into: IO[bytes] | Path) -> None:
    """Write all files of a folder to one archive. Cost: memory for a piece of a file."""
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in sorted(folder.iterdir()):
            archive.write(each, each.name)
