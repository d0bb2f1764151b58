"""Lists in a cell: “Python; SQL”, “IC, cardiologie, oogheelkunde”, “voedsel en kwaliteit”.

Signs differ in strength. A semicolon, a new line or a bullet always separates. A comma does where a
column holds short terms. A slash, “en” or “&” stands as often within one term (“Text / LLM”,
“Research & Development”), so that these separate only terms that are known from elsewhere.
"""

import re
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Final

from katalysator.cleaning import one_line

_BULLET: Final = r"(?:[•●▪‣◦·☑✓✔►➢➤*]|[-–—](?=\s)|\(?[0-9]{1,2}[.)](?=\s))"
_BRACKETS: Final = r"\([^()]*\)|\[[^\[\]]*\]"


def _outside_brackets(sign: str) -> re.Pattern[str]:
    return re.compile(rf"{_BRACKETS}|(?P<sign>{sign})", re.IGNORECASE)


_STRONG: Final = _outside_brackets(r"[;\n\r\u2028]+|\s[|]\s|(?<!\S)[•●▪‣◦►➢➤]")
_LEADING: Final = re.compile(rf"^\s*{_BULLET}\s*")
_COMMA: Final = _outside_brackets(r",(?![0-9])|(?<![0-9]),")
_WEAK: Final = (
    _COMMA,
    *map(_outside_brackets, (r"\s(?:en|and|und|of|or|alsmede|evenals)\s", "&", "/", r"\+")),
)
_LONGEST_TERM: Final = 6
"""Words of a term; what has longer ones between its commas is a sentence."""


def listed(text: str) -> tuple[str, ...]:
    """The items between signs that always separate; each once, empty ones left out."""
    lines = (_LEADING.sub("", item) for item in _outside(_STRONG, text))
    return _each_once(one_line(item) for item in lines)


def terms(text: str) -> tuple[str, ...]:
    """The items of a list of short terms, where commas separate too; a sentence stays whole."""
    return _each_once(chain.from_iterable(map(_short_terms, listed(text))))


def split_known(text: str, is_known: Callable[[str], bool]) -> tuple[str, ...]:
    """The items of a list, at any sign that leaves pieces of which most are known.

    Parameters
    ----------
    text
        The cell.
    is_known
        Whether a term is known, say because it is an item of its own in another cell.

    """
    return _each_once(chain.from_iterable(_known(item, is_known) for item in listed(text)))


def _each_once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for item in items if item))


def _short_terms(item: str) -> list[str]:
    pieces = [one_line(piece) for piece in _outside(_COMMA, item)]
    sentence = any(len(piece.split()) > _LONGEST_TERM for piece in pieces)
    return [item] if sentence else [piece.removesuffix(".") for piece in pieces]


def _known(item: str, is_known: Callable[[str], bool]) -> list[str]:
    """The item, or its pieces where most are known; the strongest sign is tried first."""
    if is_known(item):
        return [item]
    for sign in _WEAK:
        pieces = [one_line(piece) for piece in _outside(sign, item)]
        if len(pieces) > 1:
            found = list(chain.from_iterable(_known(piece, is_known) for piece in pieces if piece))
            if 2 * sum(map(is_known, found)) > len(found):
                return found
    return [item]


def _outside(sign: re.Pattern[str], text: str) -> list[str]:
    """The text split at a sign, but not within brackets."""
    pieces: list[str] = []
    start = 0
    for found in sign.finditer(text):
        if found["sign"]:
            pieces.append(text[start : found.start()])
            start = found.end()
    return [*pieces, text[start:]]
