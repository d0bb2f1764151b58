"""Words of a query found in a text, in the forms in which people write them, and where they stand.

Endings are cut off, doubled letters count as one (`parkeren`, `parkeer`), accents and capitals do not
matter. A Dutch compound is found by what it begins with or holds, and counts for less.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final, NamedTuple

from katalysator.engine.concepts.reading import SMALL_WORDS
from katalysator.engine.text.keyword import FUNCTION_WORDS

COMPOUND: Final = 0.8  # of a word, where a longer word begins with it
INSIDE: Final = 0.6  # ... and where it stands in the middle or at the end
_SURE: Final = 1.0
_INFLECTED: Final = 3  # letters that may follow a stem in another form of the same word
_PART: Final = 5  # letters of a stem that is looked for inside other words
_STEM: Final = 4  # letters that stay when an ending is cut off; a shorter word has no other form
_TOLD: Final = 3  # letters of a stem, doubled ones counted once, that tell it from others
_ENDINGS: Final = "heden ingen ende ing end ers ens ies en es ed er s e y".split()
_ALIKE: Final = {"v": "[vf]", "f": "[vf]", "z": "[sz]", "s": "[sz]"}
_WORD: Final = re.compile(r"\w+")
_CAPITALS: Final = re.compile(r"\b[A-Z]{2,}\b")
_UNTOLD: Final = FUNCTION_WORDS.union(*SMALL_WORDS.values())
_LAST_LATIN: Final = 0x24F


class Span(NamedTuple):
    """A piece of a text, from its first character up to but not including `end`."""

    start: int
    end: int


class Hit(NamedTuple):
    """A word of the text that stands for a word of the query, and how surely (0 to 1)."""

    span: Span
    surely: float


@dataclass(frozen=True, slots=True)
class SoughtWord:
    """One word of a query, and the pattern of its stem."""

    word: str
    pattern: re.Pattern[str]
    in_capitals: bool = False

    @classmethod
    def of(cls, word: str) -> "SoughtWord":
        """Cut the ending off, and lay the stem out to be found; what is `folded` in capitals stays so."""
        if word.isupper():
            return cls(word.lower(), re.compile(_alone(word)), in_capitals=True)
        letters = [letter for letter, _run in groupby(_stem(word))]
        whole = len(word) < _STEM or len(letters) < _TOLD
        told = [re.escape(each) for each in letters]
        told[-1] = _ALIKE.get(letters[-1], told[-1])
        pattern = _alone(word) if whole else "".join(f"{each}{each}*" for each in told)
        return cls(word, re.compile(pattern))

    def hits(self, text: str) -> Iterator[Hit]:
        """Where it stands in a text that was `folded`."""
        at = 0
        while found := self.pattern.search(text, at):
            span = _whole(text, *found.span())
            if surely := self._surely(found, span):
                yield Hit(span, surely)
            at = span.end  # each word is walked through once

    def surest(self, text: str) -> float:
        """How surely it stands in a text that was `folded`, 0 where it does not; nothing is read after the surest hit."""
        best = 0.0
        for hit in self.hits(text):
            if hit.surely == _SURE:
                return _SURE
            best = max(best, hit.surely)
        return best

    def _surely(self, found: re.Match[str], span: Span) -> float:
        if found.start() > span.start:
            return INSIDE if found.end() - found.start() >= _PART else 0.0
        return _SURE if span.end - found.end() <= _INFLECTED else COMPOUND


def sought(text: str) -> tuple[SoughtWord, ...]:
    """The distinct words of a query that say something; a small word only in capitals, such as IT."""
    calm = text.lower() if text.isupper() and len(text.split()) > 1 else text
    words = [word for word in _WORD.findall(folded(calm)) if word not in _UNTOLD]
    return tuple(SoughtWord.of(word) for word in dict.fromkeys(words))


def folded(text: str) -> str:
    """The text without accents and capitals, every character at its own place.

    A small word in capitals keeps them: IT is no "it".
    """
    plain = text if text.isascii() else text.translate(_PLAIN)
    low = plain.lower()
    for found in _CAPITALS.finditer(plain):
        if (small := found.group().lower()) in _UNTOLD and len(low) == len(plain):
            low = f"{low[: found.start()]}{small.upper()}{low[found.end() :]}"
    return low


def lowered(text: str) -> str:
    """The same, small words too: for words of which none is in capitals, three times as fast."""
    return (text if text.isascii() else text.translate(_PLAIN)).lower()


def _alone(word: str) -> str:
    """The pattern of a word that stands by itself; it begins with a sign, which is looked for ten times as fast."""
    exact = re.escape(word)
    return rf"{exact}(?<!\w{exact})(?!\w)"


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    return word


def _whole(text: str, start: int, end: int) -> Span:
    """The word that a piece of a text stands in."""
    while start > 0 and _is_letter(text[start - 1]):
        start -= 1
    while end < len(text) and _is_letter(text[end]):
        end += 1
    return Span(start, end)


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _plain_letters() -> dict[int, str]:
    decomposed = {n: unicodedata.normalize("NFKD", chr(n)) for n in range(0xC0, _LAST_LATIN + 1)}
    return {n: letters[0] for n, letters in decomposed.items() if letters[0].isascii()}


_PLAIN: Final = _plain_letters()
