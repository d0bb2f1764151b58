"""From text to numbers: meaning across languages, words, language, and what a text wants."""

from typing import TYPE_CHECKING, Final

from katalysator.engine.door import door

if TYPE_CHECKING:
    from katalysator.engine.text.embedding import (
        CachedEmbedder,
        Embedder,
        UniversalSentenceEncoder,
        bundled,
    )
    from katalysator.engine.text.intent import Direction, direction
    from katalysator.engine.text.keyword import Lexicon, grams
    from katalysator.engine.text.language import detect

__all__ = [
    "CachedEmbedder",
    "Direction",
    "Embedder",
    "Lexicon",
    "UniversalSentenceEncoder",
    "bundled",
    "detect",
    "direction",
    "grams",
]

_ROOMS: Final = {
    "embedding": "CachedEmbedder Embedder UniversalSentenceEncoder bundled",
    "intent": "Direction direction",
    "keyword": "Lexicon grams",
    "language": "detect",
}

if not TYPE_CHECKING:
    __getattr__ = door(__name__, _ROOMS)
