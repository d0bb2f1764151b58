"""What this room shows on pages of others."""

from typing import Any

from django.http import HttpRequest, QueryDict

from katalysator.core.panels import panel


@panel("board", "boards/_beside_board.html")
def beside_board(_request: HttpRequest, query: QueryDict) -> dict[str, Any]:
    """The ways to save what is asked of the board now, and to follow it."""
    return {"query": query.urlencode()}
