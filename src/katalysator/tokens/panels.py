"""What this room shows on pages of others: the way to one's tokens."""

from typing import Any

from django.http import HttpRequest

from katalysator.core.panels import panel


@panel("account", "tokens/_of_account.html", position=90)
def to_tokens(request: HttpRequest, _subject: Any) -> dict[str, Any]:  # noqa: ARG001
    """The way to what one's programs read and write with."""
    return {}
