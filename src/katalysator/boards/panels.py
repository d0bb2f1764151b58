"""What this room shows on pages of others."""

from typing import Any

from django.http import HttpRequest, QueryDict

from katalysator.boards.rules import EMBED
from katalysator.coalition.models import Organisation
from katalysator.core.actors import permits
from katalysator.core.panels import panel


@panel("board", "boards/_beside_board.html")
def beside_board(_request: HttpRequest, query: QueryDict) -> dict[str, Any]:
    """The ways to save what is asked of the board now, and to follow it."""
    return {"query": query.urlencode()}


@panel("organisation-deeds", "boards/_to_embedding.html", position=40)
def to_embedding(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:
    """The way to the board on its own site, for who may say so. Cost: none."""
    person = request.user
    if not (person.is_authenticated and organisation.is_participant):
        return None
    return {"organisation": organisation} if permits(person, EMBED, organisation) else None
