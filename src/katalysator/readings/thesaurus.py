"""The thesaurus of this coalition: ours, with the concepts of its own table.

Texts are read by the one that the newest lexicon holds; the table may be ahead of it for a moment.
"""

from collections.abc import Sequence
from typing import Any, Final

from katalysator.engine.concepts import Thesaurus, with_own
from katalysator.readings.concept_file import ConceptLine, as_lines
from katalysator.readings.models import CoalitionConcept

_FIELDS: Final = ("id", "nl", "en", "broader")  # the database keeps them in another order


def own_concepts() -> list[dict[str, Any]]:
    """The concepts of the table, by key. Cost: one query."""
    rows = CoalitionConcept.objects.filter(is_removed=False)
    return [dict(zip(_FIELDS, row, strict=True)) for row in rows.values_list("key", *_FIELDS[1:])]


def thesaurus_with(own: Sequence[ConceptLine]) -> Thesaurus:
    """Our thesaurus with these concepts; the same one for the same concepts."""
    ordered = ({name: line[name] for name in _FIELDS} for line in own)
    return with_own(as_lines(ordered))


def newest_thesaurus() -> Thesaurus:
    """The thesaurus as the table says it, which texts are read by as soon as the background has time."""
    return thesaurus_with(own_concepts())
