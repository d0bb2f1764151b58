"""What pages call the words of the coalition, at hand in the active language."""

from collections.abc import Sequence
from typing import NamedTuple

from katalysator.coalition.models import Area, Organisation
from katalysator.core.changes import EVERYTHING, state
from katalysator.core.kept import kept
from katalysator.core.language import active_language


class NamedRecords(NamedTuple):
    """The keys of the organisations and of the areas with some words in a name."""

    organisations: Sequence[int]
    areas: Sequence[str]


def named(words: str) -> NamedRecords:
    """What has these words in a name, for questions about it: so that these find it in their indexes. Cost: two queries."""
    return NamedRecords(
        Organisation.objects.keys_named(words),
        list(Area.objects.named(words).values_list("pk", flat=True)),
    )


def area_names() -> dict[str, str]:
    """The names of all areas in the active language. Cost: one small query; once in a while another."""
    key = active_language(), state(EVERYTHING)
    return kept("areas", key, lambda: {each.slug: str(each) for each in Area.objects.all()}, len)
