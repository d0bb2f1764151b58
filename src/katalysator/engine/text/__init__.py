"""From text to numbers: meaning across languages, words, language, and what a text wants."""

from katalysator.engine.text.direction import Direction, direction
from katalysator.engine.text.embedding import CachedEmbedder, Embedder, bundled
from katalysator.engine.text.keyword import Lexicon, grams
from katalysator.engine.text.language import detect

__all__ = [
    "CachedEmbedder",
    "Direction",
    "Embedder",
    "Lexicon",
    "bundled",
    "detect",
    "direction",
    "grams",
]
