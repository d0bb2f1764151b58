"""Names of files as people give them, made fit for every disk."""

import re
from typing import Final

from katalysator.cleaning import plain_line

LONGEST: Final = 100
"""Characters of a name."""
_FORBIDDEN: Final = re.compile(r'[<>:"|?*\x00-\x1f]+')


def clean_name(name: str) -> str:
    """The name without folders and signs that no disk takes, in one line; its ending in small letters."""
    last = re.split(r"[/\\]", plain_line(name))[-1]
    stem, dot, ending = _FORBIDDEN.sub(" ", last).rpartition(".")
    if not dot:
        stem, ending = ending, ""
    stem = " ".join(stem.split()).strip(". ") or "file"
    ending = re.sub("[^a-z0-9]", "", ending.lower())[:10]
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}" if ending else stem[:LONGEST]
