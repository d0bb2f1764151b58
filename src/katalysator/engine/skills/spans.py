"""Pieces of a text that may name something: words that stand together and begin and end with one that tells."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from katalysator.engine.concepts.reading import SMALL_WORDS
from katalysator.engine.text.keyword import FUNCTION_WORDS

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?[+#]*")
_APART: Final = re.compile(r"[^\w\s'’\-+#]")
_UNTOLD: Final = {
    "nl": FUNCTION_WORDS
    | SMALL_WORDS["nl"]
    | set("ik ben heb sta doe werk mijn al zo er ook veel".split()),
    "en": FUNCTION_WORDS | SMALL_WORDS["en"] | set("i am my been do me who as".split()),
}


LINKING: Final = frozenset(
    "aan bij de en het in met of om op te van voor a and at by for in of on or the to with".split()
)
"""Small words that titles have too; others are those of a sentence."""
_NONE: Final = frozenset[str]()


class Word(NamedTuple):
    """A word of a text, where it stands, in which part between signs, and whether it may name something itself."""

    text: str
    start: int
    end: int
    part: int
    tells: bool


class WordSpan(NamedTuple):
    """Words that stand together: the first and the last of them among the words of the text."""

    first: int
    last: int


def words_of(text: str, language: str) -> list[Word]:
    """The words of a text in a language; a sign that is no hyphen begins another part."""
    untold = _UNTOLD.get(language, _NONE)
    found = list[Word]()
    part = at = 0
    for match in _WORD.finditer(text):
        if _APART.search(text, at, match.start()):
            part += 1
        word, at = match.group(), match.end()
        tells = not word.isdigit() and word.lower() not in untold
        found.append(Word(word, match.start(), at, part, tells))
    return found


def spans_of(words: Sequence[Word], longest: int) -> Iterator[WordSpan]:
    """All pieces of up to `longest` words of one part."""
    for first, begin in enumerate(words):
        if not begin.tells:
            continue
        for last in range(first, min(first + longest, len(words))):
            if words[last].part != begin.part:
                break
            if words[last].tells:
                yield WordSpan(first, last)
