"""Finding: a few candidates by words, concepts and meaning out of the tables, put in order by the engine.

The records that come in are those that the asker may see, and nothing else is looked at: what is
hidden changes no result and no count.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar, cast

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import BooleanField, Case, F, Func, Q, QuerySet, Value, When
from pgvector.django import HammingDistance, MaxInnerProduct

from katalysator.engine.concepts import bundled_thesaurus
from katalysator.engine.search import (
    LONGEST,
    Document,
    Query,
    Relevance,
    read_query,
    relevance,
)
from katalysator.engine.text import Lexicon, bundled
from katalysator.readings.texts import lexicon
from katalysator.search.indexing import signs

MOST: Final = 100
"""How many are found at most."""
_LOOKED_AT: Final = 100  # candidates by each way
_MANY: Final = 2_000  # texts from which on a common word or concept leads to too many
_COMMON: Final = 0.03  # of all texts


_NAME: Final = 3  # letters; a shorter piece of a name is no name
_CONFIGS: Final = ("dutch", "english")

RecordsT = TypeVar("RecordsT", bound=QuerySet[Any])
Told: TypeAlias = Callable[[Any], tuple[str, str]]
"""The title of a record, and all other words by which it may be found."""


@dataclass(frozen=True, slots=True)
class Found:
    """A record that was found, by its key, and how relevant it is."""

    key: int
    relevance: Relevance


def understood(words: str) -> Query:
    """A query as the engine reads it. Cost: 1 ms; seconds where the encoder is not loaded yet."""
    return read_query(words[:LONGEST], bundled())


def find(
    records: QuerySet[Any], query: Query, *, told: Told, named: Q | None = None
) -> list[Found]:
    """The most relevant of some records, at most `MOST`, the best first; of equals the newest.

    `named` holds where the query is the name of something, or a part of it: an owner, say. Cost: five
    queries, and some 300 records at most that are read and scored.
    """
    if query.is_empty:
        return []
    known = lexicon()
    if named is None or len(query.text.strip()) < _NAME:
        named = Q(pk__in=())
    keys = _candidates(records.order_by(), query, known, named)
    rows = list(_readable(records.filter(pk__in=keys).order_by(), query, named))
    documents = [_document(row, told) for row in rows]
    scored = zip(rows, relevance(query, documents, known), strict=True)
    found = [Found(row.pk, each) for row, each in scored if each.is_found]
    return best_first(found)[:MOST]


def best_first(found: Iterable[Found]) -> list[Found]:
    """By falling relevance; of equals the newest first."""
    return sorted(found, key=lambda each: (-each.relevance.total, -each.key))


def ranked(records: RecordsT, found: Sequence[Found], *before: str) -> RecordsT:
    """The records that were found, the best first; `before` names what counts for more than that."""
    keys = [each.key for each in found]
    place = Func(
        Value(keys, ArrayField(models.BigIntegerField())), F("pk"), function="array_position"
    )
    return cast("RecordsT", records.filter(pk__in=keys).order_by(*before, place))


def _candidates(records: QuerySet[Any], query: Query, known: Lexicon, named: Q) -> set[int]:
    """The nearest by meaning; of those that have the words, or tell of the concepts, the nearest."""
    ways = [Q(), _said(query, known) | named, _meant(query, known)]
    nearest = HammingDistance("signs", signs(query.meaning))
    found: set[int] = set()
    for way in ways:
        chosen = records.filter(way).order_by(nearest, "-pk")
        found.update(chosen.values_list("pk", flat=True)[:_LOOKED_AT])
    return found


def _said(query: Query, known: Lexicon) -> Q:
    """A rare one of the words; none where all of them are common in a large coalition."""
    rare = [each.word for each in query.words if _is_rare(known.count(each.word), known)]
    return _has(" | ".join(f"'{word}':*" for word in rare)) if rare else Q(pk__in=())


def _has(words: str) -> Q:
    dutch, english = (SearchQuery(words, config=each, search_type="raw") for each in _CONFIGS)
    return Q(search=dutch | english)


def _meant(query: Query, known: Lexicon) -> Q:
    """Any of the concepts, or one that tells of it, but for those that too many texts tell of."""
    row, counts = bundled_thesaurus().row, known.concepts
    rare = [
        key
        for key in query.telling()
        if row[key] >= len(counts) or _is_rare(int(counts[row[key]]), known)
    ]
    return Q(meant__overlap=rare) if rare else Q(pk__in=())


def _is_rare(count: int, known: Lexicon) -> bool:
    return known.texts < _MANY or count <= _COMMON * known.texts


def _readable(records: QuerySet[Any], query: Query, named: Q) -> QuerySet[Any]:
    """Records with what is scored; nothing of the width of a meaning is fetched."""
    return records.defer("search").annotate(
        apart=Case(
            When(signs__isnull=False, then=MaxInnerProduct("reading__meaning", query.meaning))
        ),
        concepts=F("reading__concepts"),
        is_named=Case(When(named, then=True), default=False, output_field=BooleanField()),
    )


def _document(row: Any, told: Told) -> Document:
    likeness = -(row.apart or 0.0)
    return Document(*told(row), row.concepts or {}, likeness, is_named=row.is_named)
