"""Candidates: the few records that a query is compared with, chosen by the database out of what the asker may see.

What the asker may see is compiled once, and looked at in three ways. Few texts have the words or tell of the concepts: those are
looked up first, and of these it is asked which the asker may see. Nothing leaves the database before that.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from katalysator.engine.search import Sought
from katalysator.engine.text import Lexicon
from katalysator.search.indexing import signs

_READ: Final = 2_000  # texts that words or concepts may lead to, so that few rows are read
_CANDIDATES: Final = """
WITH asked AS (
  SELECT %s::bit({size}) AS signs, %s::varchar[] AS concepts,
    to_tsquery('dutch', %s) || to_tsquery('english', %s) AS has_one,
    to_tsquery('dutch', %s) || to_tsquery('english', %s) AS has_every),
seen (key, part, search, meant, signs, is_named) AS NOT MATERIALIZED ({seen}),
worded AS MATERIALIZED (
  SELECT key, part, search @@ (SELECT has_every FROM asked) AS has_all, signs <~> (SELECT signs FROM asked) AS far
  FROM seen WHERE key = ANY(ARRAY(SELECT id FROM {table} WHERE search @@ (SELECT has_one FROM asked))) OR is_named),
telling AS MATERIALIZED (
  SELECT key, part, signs <~> (SELECT signs FROM asked) AS far
  FROM seen WHERE key = ANY(ARRAY(SELECT id FROM {table} WHERE meant && (SELECT concepts FROM asked))))
{ways}"""
_WAYS: Final = """
(SELECT key FROM seen WHERE part = %s AND signs IS NOT NULL ORDER BY signs <~> (SELECT signs FROM asked), key DESC LIMIT %s)
UNION (SELECT key FROM worded WHERE part = %s ORDER BY has_all DESC, far, key DESC LIMIT %s)
UNION (SELECT key FROM telling WHERE part = %s ORDER BY far, key DESC LIMIT %s)"""


def candidates(
    records: QuerySet[Any],
    query: Sought,
    known: Lexicon,
    part: F | Value,
    parts: Sequence[str],
    named: Q | None,
    most: int,
) -> RawSQL:
    """The keys of each part: the nearest by meaning; of those with the words, or that tell of the concepts, the nearest too; `most` of each.

    Who has all the words comes before who has one of them. Raises EmptyResultSet where there is nothing that the asker may see.
    """
    words, concepts = _rare_words(query, known), _rare_concepts(query, known)
    is_named = ExpressionWrapper(named, BooleanField()) if named else Value(False)
    rows = records.order_by().values_list("pk", part, "search", "meant", "signs", is_named)
    seen, values = rows.query.sql_with_params()
    meant = signs(query.meaning)
    some, every = _having(" | ", words), _having(" & ", words)
    sql = _CANDIDATES.format(
        size=len(meant),
        seen=seen,
        table=records.model._meta.db_table,
        ways="\nUNION".join([_WAYS] * len(parts)),
    )
    limits = [each for name in parts for each in [name, most] * 3]
    told = [meant, concepts, some, some, every, every, *values, *limits]
    return RawSQL(sql, told)  # noqa: S611 — what is asked for stands in the values


def _having(joint: str, words: Sequence[str]) -> str | None:
    """All or any of some words, or what begins with them, as the database asks for them; nothing has none."""
    return joint.join(f"'{word}':*" for word in words) or None


def _rare_words(query: Sought, known: Lexicon) -> list[str]:
    return rarest({each.word: known.count(each.word) for each in query.words})


def _rare_concepts(query: Sought, known: Lexicon) -> list[str]:
    """The concepts that tell of what is asked for."""
    return rarest({key: known.concept_count(key) for key in query.telling()})


def rarest(counts: Mapping[str, int]) -> list[str]:
    """The rarest of some words or concepts, which lead to `_READ` texts at most.

    What is in more texts tells little: those of them that count are near by their meaning.
    """
    found, total = [], 0
    for name, count in sorted(counts.items(), key=lambda item: (item[1], item[0])):
        total += count
        if total > _READ:
            break
        found.append(name)
    return found
