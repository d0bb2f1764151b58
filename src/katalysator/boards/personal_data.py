"""What is held of a person who saves searches."""

from typing import Any

from katalysator.boards.models import SavedSearch
from katalysator.core.personal_data import holds, rows


@holds("searches", SavedSearch)
def searches_of(person: Any) -> list[dict[str, Any]]:
    """The searches, and until when the person was told what is new for each."""
    found = SavedSearch.objects.visible_to(person)
    return rows(found, "name", "query", "pace", "made_at", "told_until")
