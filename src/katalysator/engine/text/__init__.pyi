# What the room offers, and where each is made: `__init__` loads it when it is asked for.
from .embedding import (
    READ_TOGETHER as READ_TOGETHER,
    Embedder as Embedder,
    MultilingualE5 as MultilingualE5,
    UniversalSentenceEncoder as UniversalSentenceEncoder,
    bundled as bundled,
    careful as careful,
)
from .intent import Direction as Direction, direction as direction
from .keyword import Lexicon as Lexicon, grams as grams, whole_words as whole_words
from .language import detect as detect
from .models.chosen import (
    BUNDLED_MODEL as BUNDLED_MODEL,
    NO_MODEL as NO_MODEL,
    EncoderChoice as EncoderChoice,
    ModelChoice as ModelChoice,
    is_address as is_address,
)
from .models.faults import (
    REFUSED as REFUSED,
    ModelFault as ModelFault,
    not_installed as not_installed,
    unusable as unusable,
)
from .models.folders import (
    of_sentence_transformers as of_sentence_transformers,
    versioned as versioned,
)
from .models.service import Patience as Patience, Service as Service
