# What the room offers, and where each is made: `__init__` loads it when it is asked for.
from .evidence import (
    Document as Document,
    Relevance as Relevance,
    Way as Way,
    relevance as relevance,
)
from .marks import Excerpt as Excerpt, Marker as Marker, excerpt as excerpt
from .query import (
    LONGEST as LONGEST,
    Sought as Sought,
    concepts_told as concepts_told,
    read_query as read_query,
)
from .spelling import (
    LONGEST_WORD as LONGEST_WORD,
    SHORTEST as SHORTEST,
    compound_meant_by as compound_meant_by,
    first_letters as first_letters,
    is_in_dictionary as is_in_dictionary,
    label_words as label_words,
    labels_near as labels_near,
    meant_by as meant_by,
    mended as mended,
    reach as reach,
    words_of as words_of,
)
from .words import SoughtWord as SoughtWord, Span as Span
