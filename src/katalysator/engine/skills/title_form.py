"""Titles in one form, whoever holds them: without capitals, accents and signs, and the same for women and men.

Which word is the form of a woman is learned from a taxonomy itself, where both stand beside each other as labels of
one occupation; endings that are alike are read alike, so that a title that nobody labelled has one form too.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, NamedTuple

from katalysator.engine.concepts.reading import plain

_FEMALE: Final[Mapping[str, Sequence[str]]] = {
    "nl": "ster ette esse euse rice ares ines iste ante ente vrouw dame meid zus juffrouw in es e".split(),
    "en": "woman lady trix ess".split(),
}
"""What the form of a woman may end with; whether it is one, the labels tell."""
_SHARED: Final = 3  # letters with which both forms begin
_TAIL: Final = 5  # letters at most that a form has of its own
_LONGEST: Final = 12  # letters of an ending, but for a whole word
_SURE: Final = 0.6  # share of the words of an ending that must have a form of a man
_WORD: Final = re.compile(r"\w+")
_BOTH: Final = re.compile(
    r"[(\[]?\b(?:m|v|f|w|h|d|x|n|man|vrouw|male|female|he|she|hij|zij|hen|they|all genders)"
    r"(?:\s*[/|]\s*(?:m|v|f|w|h|d|x|n|nb|divers|man|vrouw|male|female|he|she|hij|zij|hen|her|him|they))+\b[)\]]?",
    re.IGNORECASE,
)
_INSIDE: Final = re.compile(r"(?<=\w)\((?:\w{1,4})\)(?=\w)")
_AFTER: Final = re.compile(r"(?<=\w)[(/]-?(?:ster|e|es|in|ess|trice|euse|iste)\)?(?=\W|$)")


class _Change(NamedTuple):
    """What of the end of a word is cut off, and what comes in its place."""

    cut: int
    added: str


_SAME: Final = _Change(0, "")


@dataclass(frozen=True, slots=True)
class TitleForm:
    """How titles of one language are put in one form; `changes` are those of words by how these end."""

    changes: Mapping[str, _Change]

    @classmethod
    def learned(cls, occupations: Iterable[Sequence[str]], language: str) -> "TitleForm":
        """From the labels of occupations in a language. Cost: 1 s for ESCO."""
        female = tuple(_FEMALE.get(language, ()))
        said = Counter[str]()
        forms = dict[str, Counter[str]]()
        for labels in occupations:
            told = [_words(each) for label in labels for each in alternatives(label)]
            said.update({word for words in told for word in words if word.endswith(female)})
            for woman, man in _pairs(told, female):
                forms.setdefault(woman, Counter())[man] += 1
        return cls(_endings(said, forms))

    def of(self, title: str) -> str:
        """The title in its one form."""
        return " ".join(map(self.word, _words(without_gender(title))))

    def pairs(self, labels: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Labels of one occupation that are one title: as it is held by a man, and each of those held by a woman."""
        said = {label: self.of(label) for label in labels}
        as_it_is = {form: label for label, form in said.items() if " ".join(_words(label)) == form}
        for label, form in said.items():
            if form in as_it_is and " ".join(_words(label)) != form:
                yield as_it_is[form], label

    def word(self, word: str) -> str:
        """A word of a title, in small letters without accents."""
        for start in range(len(word)):
            if change := self.changes.get(word[start:]):
                return word[: len(word) - change.cut] + change.added
        return word


def without_gender(title: str) -> str:
    """A title without "(m/v)" and what else says that it is for all."""
    return _AFTER.sub("", _INSIDE.sub("", _BOTH.sub(" ", title)))


def alternatives(title: str) -> list[str]:
    """The titles in one that names several: "waiter/waitress"."""
    return [part.strip() for part in title.split("/") if part.strip()]


def _words(title: str) -> list[str]:
    return _WORD.findall(plain(title.lower()))


def _pairs(told: Sequence[Sequence[str]], female: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Words of a woman with those of a man that stand in the same place of another label."""
    places = defaultdict[tuple[int, str], set[str]](set)
    for words in told:
        for at, word in enumerate(words):
            around = " ".join((*words[:at], "", *words[at + 1 :]))
            places[at, around].add(word)
    for found in places.values():
        for one, other in combinations(sorted(found), 2):
            for woman, man in ((one, other), (other, one)):
                if woman.endswith(female) and _is_form(woman, man, female):
                    yield woman, man


def _is_form(woman: str, man: str, female: tuple[str, ...]) -> bool:
    """Whether a word of a woman differs from another by its end alone, but for a doubled letter before it."""
    stem = len(woman) - max(len(ending) for ending in female if woman.endswith(ending))
    shared = _shared(woman, man)
    return (
        shared >= max(_SHARED, stem - 2)
        and len(man) - shared <= _TAIL
        and not man.startswith(woman)
        and not (man.endswith(female) and _shared(man, woman) < len(man) - 1)
    )


def _shared(one: str, other: str) -> int:
    size = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        size += 1
    return size


def _endings(said: Mapping[str, int], forms: Mapping[str, Counter[str]]) -> dict[str, _Change]:
    """The change of each ending that says otherwise than a shorter one."""
    votes = defaultdict[str, Counter[_Change]](Counter)
    for word in said:
        change = _likeliest(word, forms[word]) if word in forms else _SAME
        for start in range(max(0, len(word) - _LONGEST), len(word)):
            votes[word[start:]][change] += 1
        votes[word][change] += 1
    told = dict[str, _Change]()
    for ending in sorted(votes, key=len):
        change, count = votes[ending].most_common(1)[0]
        sure = count >= _SURE * votes[ending].total() and change.cut <= len(ending)
        if sure and change != _known(told, ending):
            told[ending] = change
    return told


def _known(told: Mapping[str, _Change], ending: str) -> _Change:
    """What is known of an ending by a shorter one."""
    shorter = (told.get(ending[start:]) for start in range(1, len(ending)))
    return next(filter(None, shorter), _SAME)


def _likeliest(woman: str, men: Counter[str]) -> _Change:
    """The change to the form of a man that is told most often, and is most alike."""
    man = max(men, key=lambda man: (men[man], _shared(woman, man)))
    shared = _shared(woman, man)
    return _Change(len(woman) - shared, man[shared:])
