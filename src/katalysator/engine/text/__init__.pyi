# What the room offers, and where each is made: `__init__` loads it when it is asked for.
from .embedding import (
    Embedder as Embedder,
    MultilingualE5 as MultilingualE5,
    UniversalSentenceEncoder as UniversalSentenceEncoder,
    bundled as bundled,
    careful as careful,
)
from .intent import Direction as Direction, direction as direction
from .keyword import Lexicon as Lexicon, grams as grams
from .language import detect as detect
