"""Finding concepts in a text: labels by their lemmas, in the words as people write them.

A label is found where its words stand together, whatever their endings and with a small word or two
between them; a Dutch compound is also read as the labels that it begins or ends with.
"""

import re
import unicodedata
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import simplemma
from scipy import sparse
from simplemma.strategies import DefaultStrategy

from katalysator.engine.concepts.thesaurus import Thesaurus, bundled_thesaurus
from katalysator.engine.text.language import detect

_LANGUAGES: Final = ("nl", "en")
_SENTENCE = re.compile(r"(?:[!?;:()\[\]\n|]|\.(?!\w)|(?<!\w)\.)+")
_WORD = re.compile(r"[^\W_]+(?:'[a-z]+)?")
SMALL_WORDS: Final = {
    "nl": frozenset(
        "aan bij de den der die dat een en het hoe in is je met naar of om onze op te ten u uit van voor we wij wie".split()
    ),
    "en": frozenset(
        "a an and at by for from how in is it of on or our the this to we with your".split()
    ),
}
_BETWEEN: Final = 2  # small words that may stand between two words of a label: "in the"
_CAPITALS: Final = 4  # letters; a shorter abbreviation must be written in capitals
_SHORT: Final = 5  # letters; of a shorter word another form may be another word
_FOREIGN: Final = 6  # letters; a shorter English word in a Dutch text may be Dutch
_LONGEST: Final = 5  # words of a label that are looked at

IN_COMPOUND: Final = 0.7  # of a concept, where a compound begins or ends with its label
ELSEWHERE: Final = 0.8  # ... and where it is called by its name in the other language
_PART, _REST = 5, 3  # letters of a label in a compound, and of what is left
_LINKS: Final = ("", "s", "en", "e", "n")
_DICTIONARIES: Final = simplemma.Lemmatizer(
    0, lemmatization_strategy=DefaultStrategy(low_memory=True)
)
_NO_FORM: Final = frozenset({"ai"})  # not of "be": the dictionary takes it for "ain't"


class Mention(NamedTuple):
    """A concept in a text: its row, how surely it is meant (0 to 1), and the words that say so."""

    concept: int
    weight: float
    said: str


class LabelForm(NamedTuple):
    """How a label is looked for: two of one form are one label to the reader."""

    lemmas: tuple[str, ...]
    exactly: str  # how its one word is written, where other forms of it may mean something else


class _Label(NamedTuple):
    lemmas: tuple[str, ...]
    exactly: str
    concept: int
    weight: float


_Labels = Mapping[str, Mapping[str, Sequence[_Label]]]
_ALONE: Final = ""  # the second lemma of a label of one word


@dataclass(frozen=True, eq=False)
class ConceptReader:
    """Labels laid out to be found: by language, by their first two lemmas, the longest first."""

    thesaurus: Thesaurus
    by_lemmas: Mapping[str, _Labels]

    @classmethod
    def of(cls, thesaurus: Thesaurus) -> "ConceptReader":
        """Lay out the labels. Cost: .3 s for the dictionaries, and 20 ms a thousand concepts."""
        laid = {language: _laid_out(thesaurus, language) for language in _LANGUAGES}
        lemma.cache_clear()  # few words of labels stand in texts too
        return cls(thesaurus, laid)

    def read(self, text: str, language: str) -> list[Mention]:
        """The concepts of a text, each once, by how surely they are meant and then by their rows.

        Dutch texts are read for English labels too: people use them. Cost: 0.3 ms a text.
        """
        best = self.mentions([text], language)
        return sorted(best.values(), key=lambda mention: (-mention.weight, mention.concept))

    def mentions(self, pieces: Sequence[str], language: str) -> dict[int, Mention]:
        """Where each concept is surest meant in a text that comes in pieces, by row, rising."""
        best: dict[int, Mention] = {}
        for mention in self.in_order(pieces, language):
            keep_surest(best, mention)
        return dict(sorted(best.items()))

    def in_order(self, pieces: Sequence[str], language: str) -> Iterator[Mention]:
        """All mentions in a text that comes in pieces, as they stand in it. Cost: that of what is asked for."""
        spoken = language if language in _LANGUAGES else detect(" ".join(pieces))
        for piece in pieces:
            for sentence in _SENTENCE.split(plain(piece)):
                yield from self._in_sentence(_WORD.findall(sentence), spoken)

    def _in_sentence(self, words: Sequence[str], language: str) -> Iterator[Mention]:
        if language == "nl":
            covered = yield from self._found(words, "nl")
            yield from self._compounds(words, covered)
            yield from self._found(words, "en", ELSEWHERE)
        else:
            yield from self._found(words, "en")

    def _found(
        self, words: Sequence[str], language: str, sure: float = 1.0
    ) -> Generator[Mention, None, set[int]]:
        """Labels at each word, the longest that are there; returns the words that they cover."""
        labels, lemmas = self.by_lemmas[language], [lemma(word, language) for word in words]
        covered: set[int] = set()
        for start, first in enumerate(lemmas):
            if first not in labels:
                continue
            length = 0
            for label in _begun(labels, lemmas, start):
                if len(label.lemmas) < length:
                    break
                if sure < 1.0 and len(label.lemmas) == 1 and len(first) < _FOREIGN:
                    continue
                if end := _fits(label, words, lemmas, start, language):
                    length = len(label.lemmas)
                    covered.update(range(start, end))
                    yield Mention(label.concept, sure * label.weight, " ".join(words[start:end]))
        return covered

    def _compounds(self, words: Sequence[str], covered: set[int]) -> Iterator[Mention]:
        for place, word in enumerate(words):
            if place not in covered and len(word) >= _PART + _REST:
                for label in self._parts(word.lower()):
                    yield Mention(label.concept, IN_COMPOUND * label.weight, word)

    @lru_cache(maxsize=100_000)  # noqa: B019
    def _parts(self, word: str) -> list[_Label]:
        """The labels of one word that a compound ends and begins with, the longest of each."""
        cuts = range(_REST, len(word) - _REST + 1)
        tails = ((word[cut:], word[:cut]) for cut in cuts)
        heads = ((word[:cut], word[cut:]) for cut in reversed(cuts))
        return [
            *next(filter(None, (self._part(tail, rest) for tail, rest in tails)), []),
            *next(filter(None, (self._part(head, rest, _LINKS) for head, rest in heads)), []),
        ]

    def _part(self, part: str, rest: str, links: Sequence[str] = ("",)) -> list[_Label]:
        """The labels of a part of a compound; none where what is left is no word."""
        found: list[_Label] = []
        for link in links:
            stem = part.removesuffix(link) if link and part.endswith(link) else part
            if len(stem) >= _PART and (link == "" or stem != part):
                found += self.by_lemmas["nl"].get(lemma(stem, "nl"), {}).get(_ALONE, ())
        alone = [each for each in found if not each.exactly]
        return alone if alone and _is_word(rest) else []


def keep_surest(best: dict[int, Mention], mention: Mention) -> None:
    """Note a mention, unless the concept was mentioned before at least as surely."""
    if best.setdefault(mention.concept, mention).weight < mention.weight:
        best[mention.concept] = mention


def _is_word(rest: str) -> bool:
    """Whether the rest of a compound is a word, with or without what links it to the next."""
    stems = {rest.removesuffix(link) for link in _LINKS}
    return any(
        len(stem) >= _REST and simplemma.is_known(stem, "nl", low_memory=True) for stem in stems
    )


def _begun(labels: _Labels, lemmas: Sequence[str], start: int) -> Sequence[_Label]:
    """Labels that may begin at a word that any begins with, the longest first: their second lemma is near enough."""
    after = labels[lemmas[start]]
    alone = after.get(_ALONE, ())
    if alone and len(after) == 1:  # as most words
        return alone
    near = dict.fromkeys(lemmas[start + 1 : start + 2 + _BETWEEN])
    longer = [each for second in near if second in after for each in after[second]]
    if not longer:
        return alone
    return [*sorted(longer, key=lambda label: -len(label.lemmas)), *alone]


def _fits(
    label: _Label, words: Sequence[str], lemmas: Sequence[str], start: int, language: str
) -> int:
    """Where the label that begins at a word ends, 0 if it is not there."""
    if label.exactly and not _is_exactly(words[start], label.exactly):
        return 0
    at = start + 1
    for wanted in label.lemmas[1:]:
        gap = at + _BETWEEN
        while (
            at < len(words)
            and lemmas[at] != wanted
            and at < gap
            and words[at].lower() in SMALL_WORDS[language]
        ):
            at += 1
        if at >= len(words) or lemmas[at] != wanted:
            return 0
        at += 1
    return at


def _is_exactly(word: str, wanted: str) -> bool:
    """Whether it is the word, in any capitals; an abbreviation has no other form."""
    return word == wanted or (wanted.islower() and word.lower() == wanted)


def label_form(label: str, language: str) -> LabelForm | None:
    """How a label is looked for in texts of a language; None where it has no words."""
    words = _WORD.findall(plain(label))
    content = words[:1] + [word for word in words[1:] if word.lower() not in SMALL_WORDS[language]]
    told = content if len(content) > 1 else words  # of "passer-by" both words are needed
    lemmas = tuple(lemma(word, language) for word in told[:_LONGEST])
    return LabelForm(lemmas, _exactly(words, lemmas)) if lemmas else None


def _laid_out(thesaurus: Thesaurus, language: str) -> _Labels:
    found: dict[LabelForm, set[int]] = {}
    for row, concept in enumerate(thesaurus.concepts):
        for text in concept.labels.get(language, ()):
            if form := label_form(text, language):
                found.setdefault(form, set()).add(row)
    laid: dict[str, dict[str, list[_Label]]] = {}
    for (lemmas, exactly), rows in sorted(found.items(), key=lambda item: -len(item[0][0])):
        meant = _narrowest(thesaurus, rows)
        after = laid.setdefault(lemmas[0], {}).setdefault((*lemmas, _ALONE)[1], [])
        after += [_Label(lemmas, exactly, row, 1.0 / len(meant)) for row in meant]
    return laid


def _narrowest(thesaurus: Thesaurus, rows: set[int]) -> list[int]:
    """Concepts that share a label, rising, but for those that another of them says already."""
    concepts = [thesaurus.concepts[row] for row in sorted(rows)]
    above = thesaurus.with_broader(key for each in concepts for key in each.broader)
    return [thesaurus.row[each.key] for each in concepts if each.key not in above]


def _exactly(words: Sequence[str], lemmas: Sequence[str]) -> str:
    """The word of a label that must be found as it is: an abbreviation, or a short inflected form."""
    word = words[0]
    if len(words) > 1:
        return ""
    if word.isupper() and len(word) <= _CAPITALS:
        return word
    return word.lower() if len(lemmas[0]) <= _SHORT and word.lower() != lemmas[0] else ""


def plain(text: str) -> str:
    """Without accents: people leave them out."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=200_000)
def lemma(word: str, language: str) -> str:
    """The form of a word that stands in a dictionary; of an English verb form, marked as such.

    Who is trained is no train, and what is shared no share.
    """
    low = word.lower()
    found = low if low in _NO_FORM else _DICTIONARIES.lemmatize(low, language).lower()
    is_form = language == "en" and found != low and low.endswith(("ing", "ed"))
    return f"{found}~" if is_form else found


@lru_cache(maxsize=2)
def concept_reader(thesaurus: Thesaurus) -> ConceptReader:
    """The reader of a thesaurus, laid out at its first use; the last two are kept."""
    return ConceptReader.of(thesaurus)


def bundled_concepts() -> ConceptReader:
    """The reader of the thesaurus that ships with the project."""
    return concept_reader(bundled_thesaurus())


def concept_rows(
    texts: Sequence[tuple[Sequence[str], str]], thesaurus: Thesaurus | None = None
) -> sparse.csr_array:
    """How surely each concept is meant in some texts, each given in pieces with its language.

    Of the bundled thesaurus, where no other is given. Returns CSR float32 (texts, C). A text of unknown
    language is read in the one that it seems to be.
    """
    reader = bundled_concepts() if thesaurus is None else concept_reader(thesaurus)
    concepts = reader.thesaurus.concepts
    found = [reader.mentions(*text) for text in texts]
    meant = [{concepts[row].key: said.weight for row, said in each.items()} for each in found]
    return reader.thesaurus.rows(meant)
