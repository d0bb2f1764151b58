"""What to mark in a text that was found: the words of the query, and those that stand for its concepts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from katalysator.engine.concepts.reading import concept_reader
from katalysator.engine.search.query import LANGUAGES, Sought
from katalysator.engine.search.words import Span, folded

_SIZE: Final = 220  # characters of an excerpt
_BEFORE: Final = 60  # of these, before the first mark


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a text with the places to mark in it; `…` stands for what is left out."""

    text: str
    marks: Sequence[Span]


@dataclass(frozen=True)
class Marker:
    """Finds in texts what stands for a query."""

    query: Sought
    _known: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict, repr=False)

    @cached_property
    def _telling(self) -> set[str]:
        return self.query.telling()

    def marks(self, text: str, language: str = "") -> list[Span]:
        """The places to mark, in order and apart from each other. Cost: 1 ms a text of 400 characters."""
        return _apart([*self._words(text), *self._concepts(text, language)])

    def concepts(self, text: str, language: str = "") -> list[str]:
        """The keys of the query's concepts that a text tells of, the surest first."""
        return list(dict.fromkeys(key for key, _said in self._mentions(text, language)))

    def _words(self, text: str) -> Iterator[Span]:
        plain = folded(text)
        for word in self.query.words:
            yield from (hit.span for hit in word.hits(plain))

    def _concepts(self, text: str, language: str) -> Iterator[Span]:
        plain = folded(text)
        for _key, said in self._mentions(text, language):
            pattern = r"[\W_]+".join(map(re.escape, folded(said).split()))
            for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", plain):
                yield Span(*found.span())

    def _mentions(self, text: str, language: str) -> Sequence[tuple[str, str]]:
        """The concepts that a text tells of, by key, with its words for each; a text is read once."""
        if not self._telling:
            return ()
        if (text, language) not in self._known:
            self._known[text, language] = list(self._read(text, language))
        return self._known[text, language]

    def _read(self, text: str, language: str) -> Iterator[tuple[str, str]]:
        known = self.query.thesaurus
        for each in (language,) if language else LANGUAGES:
            for mention in concept_reader(known).read(text, each):
                key = known.concepts[mention.concept].key
                if key in self._telling:
                    yield key, mention.said


def excerpt(text: str, marks: Sequence[Span]) -> Excerpt:
    """The piece of a text that holds most marks; its beginning where there are none."""
    if len(text) <= _SIZE:
        return Excerpt(text, marks)
    starts = [0, *(max(0, mark.start - _BEFORE) for mark in marks)]
    best = max(starts, key=lambda start: sum(_within(mark, start) for mark in marks))
    start = _word_begin(text, best)
    end = _word_end(text, min(start + _SIZE, len(text)))
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shift = len(before) - start
    shown = [
        Span(m.start + shift, m.end + shift) for m in marks if start <= m.start and m.end <= end
    ]
    return Excerpt(f"{before}{text[start:end]}{after}", shown)


def _within(mark: Span, start: int) -> bool:
    return start <= mark.start and mark.end <= start + _SIZE


def _word_begin(text: str, place: int) -> int:
    """The beginning of the first whole word from a place on; the place itself in an endless word."""
    if place == 0 or text[place - 1].isspace():
        return place
    space = re.compile(r"\s+").search(text, place, place + _BEFORE)
    return space.end() if space else place


def _word_end(text: str, place: int) -> int:
    """The end of the last whole word before a place; the place itself in an endless word."""
    if place == len(text):
        return place
    space = text.rfind(" ", place - _BEFORE, place + 1)
    return space if space > 0 else place


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Spans in order; those that overlap become one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(span.end, found[-1].end))
        else:
            found.append(span)
    return found
