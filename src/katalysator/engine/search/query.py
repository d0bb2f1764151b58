"""A query as the engine reads it: its words, the concepts that it names, and what it means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import numpy as np

from katalysator.engine.arrays import Float32Array
from katalysator.engine.concepts.reading import concept_reader
from katalysator.engine.concepts.thesaurus import Thesaurus, bundled_thesaurus
from katalysator.engine.search.words import SoughtWord, sought
from katalysator.engine.text import Embedder, Lexicon

LONGEST: Final = 200  # characters of a query that are read
_MOST_WORDS: Final = 10
LANGUAGES: Final = ("nl", "en")
"""In which a query is read, and a text of which nobody says the language."""
_NARROWER: Final = (1.0, 0.8, 0.6)  # by the steps down from what is asked for to what is told
_BROADER: Final = 0.2  # where only the next broader one is told


@dataclass(frozen=True, slots=True, eq=False)
class Sought:
    """What somebody looks for. `concepts` says how surely each is meant, by its key; `meaning` (512,).

    Concepts are those of `thesaurus`; `lexicon` says how rare words are, where that is at hand already.
    """

    text: str
    words: tuple[SoughtWord, ...]
    concepts: Mapping[str, float]
    meaning: Float32Array
    thesaurus: Thesaurus = field(default_factory=bundled_thesaurus)
    lexicon: Lexicon | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is no word in it."""
        return not self.words

    def telling(self) -> set[str]:
        """The concepts by which a text tells of what is asked for: those, and narrower ones."""
        return {
            key
            for asked in self.concepts
            for key, share in concepts_told(asked, self.thesaurus).items()
            if share > _BROADER
        }


def read_query(
    text: str,
    embedder: Embedder,
    thesaurus: Thesaurus | None = None,
    *,
    meaning: Float32Array | None = None,
) -> Sought:
    """Read the first `LONGEST` characters of a query, in both languages at once.

    Its `meaning` where that is known: it stands for more than these words. Cost: 1 ms, most of it for the meaning;
    3 s more where the encoder and the dictionaries are not loaded yet.
    """
    known = bundled_thesaurus() if thesaurus is None else thesaurus
    short = text[:LONGEST]
    words = sought(short)[:_MOST_WORDS]
    if not words:
        return Sought(short, (), {}, np.zeros(embedder.dimension, np.float32), known)
    meant = embedder.encode([short])[0] if meaning is None else meaning
    return Sought(short, words, _concepts(short, known), meant, known)


@lru_cache(maxsize=4_096)
def concepts_told(asked: str, thesaurus: Thesaurus) -> dict[str, float]:
    """The concepts that tell of one that is asked for: itself, narrower ones, and the next broader."""
    found: dict[str, float] = {}
    layer = {asked}
    for share in _NARROWER:
        for key in layer:
            found.setdefault(key, share)
        layer = {below for key in layer for below in _below(thesaurus).get(key, ())}
    for above in thesaurus[asked].broader:
        found.setdefault(above, _BROADER)
    return found


@lru_cache(maxsize=2)
def _below(thesaurus: Thesaurus) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for concept in thesaurus.concepts:
        for above in concept.broader:
            found.setdefault(above, []).append(concept.key)
    return found


def _concepts(text: str, thesaurus: Thesaurus) -> dict[str, float]:
    """The concepts that are named in either language, without what a narrower one says already."""
    reader = concept_reader(thesaurus)
    found: dict[str, float] = {}
    for language in LANGUAGES:
        for mention in reader.read(text, language):
            key = thesaurus.concepts[mention.concept].key
            found[key] = max(mention.weight, found.get(key, 0.0))
    said = thesaurus.with_broader(above for key in found for above in thesaurus[key].broader)
    return {key: weight for key, weight in sorted(found.items()) if key not in said}
