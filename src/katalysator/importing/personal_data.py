"""What is held of a person who gives sheets."""

from typing import Any

from katalysator.core.personal_data import holds, rows
from katalysator.importing.models import KeptSheet


@holds("sheets", KeptSheet)
def sheets_of(person: Any) -> list[dict[str, Any]]:
    """The sheet that waits to be taken in."""
    found = KeptSheet.objects.filter(person_id=person.pk)
    return rows(found, "imports", "name", "given_at", "columns")
