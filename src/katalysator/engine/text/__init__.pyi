# What the room offers, and where each is made: `__init__` loads it when it is asked for.
from .embedding import (
    CachedEmbedder as CachedEmbedder,
)
from .embedding import (
    Embedder as Embedder,
)
from .embedding import (
    UniversalSentenceEncoder as UniversalSentenceEncoder,
)
from .embedding import (
    bundled as bundled,
)
from .intent import Direction as Direction
from .intent import direction as direction
from .keyword import Lexicon as Lexicon
from .keyword import grams as grams
from .language import detect as detect
