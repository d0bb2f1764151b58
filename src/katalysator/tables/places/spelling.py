"""What people vary in when they write a name."""

import unicodedata
from typing import Final

_SIGNS: Final = str.maketrans(dict.fromkeys("-–—/_", " ") | dict.fromkeys(".'’‘`´\"“”"))
"""Hyphens and strokes part words; points and apostrophes go."""


def folded(text: str) -> str:
    """Lower case, no accents, points or apostrophes; hyphens and strokes as spaces."""
    if not text.isascii():
        letters = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(text.casefold().translate(_SIGNS).split()).strip(" ,:*•·?!")
