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
    to_tsquery('dutch', %s) || to_tsquery('english', %s) AS any_word,
    to_tsquery('dutch', %s) || to_tsquery('english', %s) AS all_words),
seen (key, part, search, meant, signs, is_named) AS NOT MATERIALIZED ({seen}),
was_read AS NOT MATERIALIZED (SELECT key, part, signs FROM seen WHERE signs IS NOT NULL){met}
{ways}"""
_MET: Final = """,
met_{number} AS MATERIALIZED (SELECT key, part, signs FROM seen WHERE {which} LIMIT %s)"""
_WAY: Final = """
(SELECT key FROM {among} WHERE part = %s
 ORDER BY signs <~> (SELECT signs FROM asked), key DESC LIMIT %s)"""


def candidates(
    records: QuerySet[Any],
    query: Sought,
    known: Lexicon,
    part: F | Value,
    parts: Sequence[str],
    named: Q | None,
    most: int,
) -> RawSQL:
    """The keys of each part: the nearest by meaning; of those with all words, with any, that tell of the concepts, and are named, the nearest too.

    `most` by each way. Raises EmptyResultSet where there is nothing that the asker may see.
    """
    words, concepts = _rare_words(query, known), _rare_concepts(query, known)
    is_named = ExpressionWrapper(named, BooleanField()) if named else Value(False)
    rows = records.order_by().values_list("pk", part, "search", "meant", "signs", is_named)
    seen, values = rows.query.sql_with_params()
    meant, some, every = signs(query.meaning), _having(" | ", words), _having(" & ", words)
    ways = _ways(words, concepts, is_named=named is not None)
    met = [_MET.format(number=number, which=which) for number, which in enumerate(ways)]
    among = ["was_read", *(f"met_{number}" for number in range(len(ways)))]
    sql = _CANDIDATES.format(
        size=len(meant),
        seen=seen,
        met="".join(met),
        ways="\nUNION".join(_WAY.format(among=each) for each in among for _ in parts),
    )
    limits = [each for _ in among for name in parts for each in (name, most)]
    looked_at = [_READ * len(parts)] * len(ways)
    told = [meant, concepts, some, some, every, every, *values, *looked_at, *limits]
    return RawSQL(sql, told)  # noqa: S611 — what is asked for stands in the values


def _ways(words: Sequence[str], concepts: Sequence[str], *, is_named: bool) -> list[str]:
    """Which records are candidates besides the nearest, as the database asks for them."""
    asked = {
        "search @@ (SELECT all_words FROM asked)": len(words) > 1,
        "search @@ (SELECT any_word FROM asked)": bool(words),
        "meant && (SELECT concepts FROM asked)": bool(concepts),
        "is_named": is_named,
    }
    return [way for way, is_asked in asked.items() if is_asked]


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
