"""What is held of a person who wrote down what was brought."""

from typing import Any

from katalysator.coalition.models import Person
from katalysator.commitments.models import Contribution
from katalysator.core.personal_data import holds, rows


@holds("contributions", Contribution)
def contributions_of(person: Person) -> list[dict[str, Any]]:
    """Contributions that the person wrote down."""
    mine = Contribution.objects.filter(author=person)
    return rows(mine, "commitment__organisation__slug", "on", "amount", "what")
