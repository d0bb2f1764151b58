"""Words with a mistake in them: which of some known words is meant, and where a word may be right."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import Final

import simplemma

from katalysator.engine.concepts.thesaurus import Thesaurus
from katalysator.engine.search.words import folded

SHORTEST: Final = 4
"""Letters of a word that is looked at: of a shorter one too many others are near."""
LONGEST_WORD: Final = 40
"""Letters of a word that is looked at at most."""
_LONG: Final = 8  # letters of a word in which two mistakes are made
_PART: Final = 4  # letters of a part of a compound
_WRONG_PART: Final = 6  # letters of a part in which a mistake is seen
_LINKS: Final = ("", "s", "e", "n", "en")  # between the parts of a Dutch compound
_WORD: Final = re.compile(r"[^\W\d_]+")
_ALIKE: Final = (
    "ck",
    "fv",
    "sz",
    "ijy",
)  # letters that are written for each other, where a word begins


def words_of(text: str) -> Iterator[str]:
    """The words of a text that can be mended, or be what is meant: in small letters, with their accents; no abbreviation."""
    for found in _WORD.finditer(text):
        word = found.group()
        is_abbreviation = word.isupper() and len(word) < _LONG
        if SHORTEST <= len(word) <= LONGEST_WORD and not is_abbreviation:
            yield word.lower()


def mended(text: str, meant: Mapping[str, str]) -> str:
    """A text with other words for some of its own, which are in small letters; a capital where there was one."""

    def mend(found: re.Match[str]) -> str:
        word = found.group()
        other = meant.get(word.lower(), word)
        return other.capitalize() if word[0].isupper() and other != word else other

    return _WORD.sub(mend, text)


@lru_cache(maxsize=2)
def label_words(thesaurus: Thesaurus) -> frozenset[str]:
    """The words of all labels of a thesaurus."""
    labels = (
        label
        for concept in thesaurus.concepts
        for said in concept.labels.values()
        for label in said
    )
    return frozenset(word for label in labels for word in words_of(label))


def first_letters(word: str) -> str:
    """The letters with which a word may begin that is meant by another."""
    first = folded(word)[0]
    return next((alike for alike in _ALIKE if first in alike), first)


def reach(word: str) -> int:
    """How many mistakes there may be in a word."""
    return 1 if len(word) < _LONG else 2


def labels_near(word: str, thesaurus: Thesaurus) -> list[str]:
    """The words of labels that begin as a word may, and are about as long. Cost: 50 microseconds."""
    index, most = _label_index(thesaurus), reach(word)
    sizes = range(len(word) - most, len(word) + most + 1)
    return [
        each
        for first in first_letters(word)
        for size in sizes
        for each in index.get((first, size), ())
    ]


@lru_cache(maxsize=2)
def _label_index(thesaurus: Thesaurus) -> dict[tuple[str, int], list[str]]:
    found: dict[tuple[str, int], list[str]] = {}
    for word in sorted(label_words(thesaurus)):
        found.setdefault((folded(word)[0], len(word)), []).append(word)
    return found


@lru_cache(maxsize=4_096)
def is_in_dictionary(word: str) -> bool:
    """Whether a Dutch or an English dictionary has a word. Cost: 10 microseconds."""
    return any(simplemma.is_known(word, each, low_memory=True) for each in ("nl", "en"))


def meant_by(word: str, known: Mapping[str, int]) -> str | None:
    """The one of some words that is meant by a word which is not among them; None where it may be right, or none is near.

    It is the one with the fewest mistakes, of these the most usual, then the longest. A letter too few, too many or another one is a
    mistake, and so are two that changed places. A word of a dictionary is right; a compound of two such words is
    right where more than one mistake in a long word would make it another. Cost: 30 microseconds for
    each that has about the same letters.
    """
    if is_in_dictionary(word):
        return None
    plain, most, begins = folded(word), reach(word), first_letters(word)
    found = [
        (mistakes, -usual, -len(each), each)
        for each, usual in known.items()
        if each != word and _may_be(plain, other := folded(each), begins, most)
        if (mistakes := _mistakes(plain, other, most)) <= most
    ]
    if not found:
        return None
    mistakes, *_others, meant = min(found)
    is_sure = mistakes == 1 and len(word) >= _LONG
    return meant if is_sure or not _is_compound(word) else None


def compound_meant_by(word: str, thesaurus: Thesaurus) -> str | None:
    """The Dutch compound that is meant by one with a mistake in one of its two parts; None where it may be right.

    The other part is a word of the dictionary. What is meant by the wrong one is a word of the labels and of the dictionary; where
    several may be, the longest is. Cost: 2 ms for a long word, the first time.
    """
    if is_in_dictionary(word) or _is_compound(word):
        return None
    found = max(_mended_parts(word, thesaurus), default=None)
    return found[1] if found else None


def _mended_parts(word: str, thesaurus: Thesaurus) -> Iterator[tuple[int, str]]:
    """Compounds with another word for one part, each with the length of that."""
    for place, link in product(range(_PART, len(word) - _PART + 1), _LINKS):
        first, rest = word[:place], word[place:]
        if rest.startswith(link) and _is_dutch(first):
            end = rest.removeprefix(link)
            yield from ((len(each), f"{first}{link}{each}") for each in _near_label(end, thesaurus))
        if first.endswith(link) and _is_dutch(rest):
            begin = first.removesuffix(link)
            yield from (
                (len(each), f"{each}{link}{rest}") for each in _near_label(begin, thesaurus)
            )


def _near_label(part: str, thesaurus: Thesaurus) -> Iterator[str]:
    """The words of labels that one mistake makes of a part of a compound, which is no word itself, and in no label's compound."""
    if len(part) < _WRONG_PART or is_in_dictionary(part):
        return
    plain = folded(part)
    near = [each for each in labels_near(part, thesaurus) if len(each) >= _WRONG_PART]
    meant = [each for each in near if _mistakes(plain, folded(each), 1) == 1 and _is_dutch(each)]
    if meant and not any(part in each for each in label_words(thesaurus)):
        yield from meant


@lru_cache(maxsize=4_096)
def _is_dutch(word: str) -> bool:
    return bool(simplemma.is_known(word, "nl", low_memory=True))


def _is_compound(word: str) -> bool:
    """Whether it is made of two words of a dictionary."""
    return any(
        is_in_dictionary(word[:place]) and _is_end(word[place:])
        for place in range(_PART, len(word) - _PART + 1)
    )


def _is_end(rest: str) -> bool:
    """Whether what is left of a compound is a word, after what links it."""
    ends = (rest.removeprefix(link) for link in _LINKS)
    return any(len(end) >= _PART and is_in_dictionary(end) for end in ends)


def _may_be(word: str, other: str, begins: str, most: int) -> bool:
    is_long_enough = abs(len(word) - len(other)) <= most
    return is_long_enough and other[0] in begins and len({*word} ^ {*other}) <= 2 * most


def _mistakes(word: str, other: str, most: int) -> int:
    """How many mistakes lie between two words; more than `most` where that is sure."""
    before: list[int] = []
    row: list[int] = [*range(len(other) + 1)]
    for place, letter in enumerate(word, 1):
        before, last, row = row, before, [place]
        for at, sign in enumerate(other, 1):
            best = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != sign))
            if place > 1 < at and letter == other[at - 2] and word[place - 2] == sign:
                best = min(best, last[at - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]
