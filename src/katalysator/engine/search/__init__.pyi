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
from .words import SoughtWord as SoughtWord, Span as Span
