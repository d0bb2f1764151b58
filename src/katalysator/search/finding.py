"""Finding: a few candidates by words, concepts and meaning out of the tables, put in order by the engine.

The records that come in are those that the asker may see: what is hidden is no result and in no count.
How rare words are is counted over all that was read, as for matches; so relevance is told in whole numbers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models import (
    Case,
    F,
    FloatField,
    Func,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from pgvector.django import MaxInnerProduct

from katalysator.cleaning import plain_line
from katalysator.engine.arrays import Float32Array
from katalysator.engine.search import (
    LONGEST,
    Document,
    Relevance,
    Sought,
    read_query,
    relevance,
)
from katalysator.engine.text import bundled
from katalysator.readings.texts import lexicon
from katalysator.search.candidates import candidates
from katalysator.search.models import FindablesT

MOST: Final = 100
"""How many are found at most."""
MANY: Final = 100
"""Candidates by each way, of short texts that somebody looks for."""
FEW: Final = 30
"""... of long ones."""
FEWEST: Final = 20
"""... beside a page that is about something else: of 400 pages 391 show the same three."""
_TYPED: Final = 10 * LONGEST  # of what is typed, before it is tidied
_NAME: Final = 3  # letters; a shorter piece of a name is no name


@dataclass(frozen=True, slots=True)
class Found:
    """A record that was found, by its key, and how relevant it is."""

    key: int
    relevance: Relevance


def understood(words: str, meaning: Float32Array | None = None) -> Sought:
    """A query as the engine reads it: in one line, without what nobody sees, and not too long.

    Its `meaning` where that is known. Cost: 1 ms; seconds where the encoder is not loaded yet.
    """
    line, known = plain_line(words[:_TYPED])[:LONGEST].strip(), lexicon()
    read = read_query(line, bundled(), known.thesaurus, meaning=meaning)
    return replace(read, lexicon=known)


def get_ready() -> None:
    """Load what reads a query, before the first comes: once for all processes that come of this one."""
    read_query("search", bundled())  # touches no database: the processes are not made yet


def find(
    records: QuerySet[Any],
    query: Sought,
    *,
    told: Sequence[str | Combinable],
    named: Q | None = None,
    each_way: int = MANY,
) -> list[Found]:
    """The most relevant of some records, at most `MOST`, the best first; of equals the newest.

    `told` names the fields with the words by which one is found, the title first. `named` holds where
    the query is the name of something, or a part of it: an owner, say. `each_way` is how many candidates come
    in by each of five ways. Cost: one query, and so many records at most that are read and scored.
    """
    return find_apart(records, query, "", ("",), told=told, named=named, each_way=each_way)[""]


def find_apart(
    records: QuerySet[Any],
    query: Sought,
    column: str,
    parts: Sequence[str],
    *,
    told: Sequence[str | Combinable],
    named: Q | None = None,
    each_way: int = MANY,
) -> dict[str, list[Found]]:
    """The same for each of some parts of the records, by what a column says: none takes the place of another's.

    Cost: that of `find`, for each part.
    """
    found: dict[str, list[Found]] = {name: [] for name in parts}
    if query.is_empty:
        return found
    known = query.lexicon or lexicon()
    if len(query.text.strip()) < _NAME:
        named = None
    part = F(column) if column else Value("")
    try:
        keys = candidates(records, query, known, part, parts, named, each_way)
    except EmptyResultSet:
        return found
    # they were chosen out of what the asker may see: that is not asked again
    chosen = records.model._default_manager.filter(pk__in=keys).order_by()
    rows = list(chosen.values_list("pk", part, *_read(query, named), *told))
    scored = relevance(query, [_document(*row[2:]) for row in rows], known)
    for (key, name, *_told), each in zip(rows, scored, strict=True):
        if each.is_found:
            found[name].append(Found(key, each))
    return {name: best_first(each)[:MOST] for name, each in found.items()}


def best_first(*found: Iterable[Found]) -> list[Found]:
    """All of some lists by falling relevance; of equals the newest first."""
    return sorted(chain(*found), key=lambda each: (-each.relevance.total, -each.key))


def ranked(records: FindablesT, found: Sequence[Found], *before: str) -> FindablesT:
    """The records that were found, the best first; `before` names what counts for more than that."""
    keys = [each.key for each in found]
    place = Func(
        Value(keys, ArrayField(models.BigIntegerField())),
        F("pk"),
        function="array_position",
        output_field=models.IntegerField(),
    )
    return records.filter(pk__in=keys).order_by(*before, place)


def _read(query: Sought, named: Q | None) -> list[Combinable]:
    """What is scored of records besides their words; nothing of the width of a meaning is fetched."""
    near = -MaxInnerProduct("reading__meaning", Value(_written(query)))
    is_named = Case(When(named, then=True), default=False) if named else Value(False)
    return [
        F("reading__concepts"),
        Case(When(signs__isnull=False, then=near), default=0.0, output_field=FloatField()),
        is_named,
    ]


@lru_cache(maxsize=4)
def _written(query: Sought) -> str:
    """The meaning of a query as the database reads vectors: written once for all tables."""
    return f"[{','.join(map(str, query.meaning.tolist()))}]"


def _document(
    concepts: dict[str, float] | None, likeness: float, is_named: bool, title: str, *said: Any
) -> Document:
    text = "\n".join(map(_joined, said))
    return Document(title, text, concepts or {}, likeness, is_named)


def _joined(said: str | Sequence[str] | Mapping[str, str] | None) -> str:
    """The words of a field, which may be a text, several, or one in several languages; of nobody, none."""
    if said is None:
        return ""
    if isinstance(said, str):
        return said
    return "\n".join(said.values() if isinstance(said, Mapping) else said)
