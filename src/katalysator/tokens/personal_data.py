"""What is held of a person whose programs read and write."""

from typing import Any

from katalysator.core.personal_data import holds, rows
from katalysator.tokens.models import Token


@holds("tokens", Token)
def tokens_of(person: Any) -> list[dict[str, Any]]:
    """The tokens, without their secrets, which nobody has but their programs."""
    found = Token.objects.visible_to(person)
    return rows(found, "name", "scopes", "made_at", "ends_on", "used_on")
