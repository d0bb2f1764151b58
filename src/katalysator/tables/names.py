"""Names of columns as people write them, compared: “Regio's (NUTS)”, “regio_s” and “Where? / Waar?”."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

_ASIDE: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_EITHER: Final = re.compile(r"\s*[/|]\s*|\s+[–—-]\s+")
_SMALL: Final = frozenset(
    "de het een van voor in op of en uw je jouw the a an of for your in and or to".split()
)

_SHORTEST_STEM: Final = 3
_LAST: Final = 0.1
"""So much less sure is the last of the names than the first."""

_WITHOUT_SMALL: Final = 0.9
"""So sure it is where small words stand around it."""

NameWords = tuple[str, ...]


@lru_cache(4096)
def words(name: str) -> NameWords:
    """The words of a name: no case, accents, apostrophes or signs but “#”, which means “number”."""
    letters = unicodedata.normalize("NFKD", name.replace("'", "").replace("’", ""))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return tuple(re.findall(r"[^\W_]+|#", plain.casefold()))


@lru_cache(4096)
def _stems(name: str) -> NameWords:
    """The words of a name without the endings of their plurals."""
    return tuple(map(_stem, words(name)))


def _stem(word: str) -> str:
    for ending in ("s", "en"):
        if word.endswith(ending) and len(word) - len(ending) > _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


_QUESTION: Final = frozenset(
    (
        "wat welke welk hoe waarom wie waar wanneer waarmee waarvoor waarvan waartoe beschrijf vertel omschrijf "
        "what which how why who where when describe tell explain"
    ).split()
)


def is_question(header: str) -> bool:
    """Whether a header asks something in words."""
    said = words(header)
    return len(said) > 1 and ("?" in header or said[0] in _QUESTION)


def likeness(header: str, names: Sequence[str]) -> float:
    """How surely a header is one of these names, of which the first say it most surely; from 0 to 1.

    Near 1 where it is one of them, also beside something in brackets or a second language; less where
    it holds one among other words, the more so the more there are.
    """
    known = _sureness(tuple(names))
    return max((_one(_stems(part), known) for part in _parts(header)), default=0.0)


@lru_cache(256)
def _sureness(names: tuple[str, ...]) -> Mapping[NameWords, float]:
    """How sure each name is, by its words."""
    ranked = reversed([*enumerate(map(_stems, names))])
    return {name: 1 - _LAST * place / len(names) for place, name in ranked if name}


def _parts(header: str) -> list[str]:
    """The header, that without what stands in brackets, and the names on both sides of a slash."""
    plain = _ASIDE.sub(" ", header)
    return list(dict.fromkeys([header, plain, *_EITHER.split(plain)]))


def _one(header: NameWords, names: Mapping[NameWords, float]) -> float:
    if header in names:
        return names[header]
    telling = tuple(word for word in header if word not in _SMALL) or header
    if telling in names:
        return _WITHOUT_SMALL * names[telling]
    held = (name for name in names if name[0] in telling)
    return max((names[name] * _within(telling, name) for name in held), default=0.0)


def _within(header: NameWords, name: NameWords) -> float:
    """A name among other words: the first and the last one say most."""
    starts = [
        start
        for start in range(len(header) - len(name) + 1)
        if header[start : start + len(name)] == name
    ]
    if not starts:
        return 0.0
    share = len(name) / len(header)
    at_edge = 0 in starts or len(header) - len(name) in starts
    return 0.25 + 0.55 * share + 0.1 * at_edge
