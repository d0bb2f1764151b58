"""What this room shows on pages of others."""

from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from katalysator.coalition.corners import Corner
from katalysator.coalition.models import Organisation
from katalysator.core.actors import permits
from katalysator.core.panels import panel
from katalysator.core.personal import reader
from katalysator.knowledge.cards import cards
from katalysator.knowledge.filters import KnowledgeFilter
from katalysator.knowledge.models import KnowledgeItem, KnowledgeReview
from katalysator.knowledge.workflow import WRITE

_SHOWN: Final = 5
_WAITING: Final = 10


@panel("organisation", "knowledge/_of_organisation.html", position=55)
def knowledge_of(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:
    """What it gave, the newest first."""
    return _newest(request, {"organisation": organisation.slug})


@panel("corner", "knowledge/_in_corner.html", position=30)
def knowledge_in(request: HttpRequest, corner: Corner) -> dict[str, Any]:
    """What is known in a corner, the newest first."""
    found = _newest(request, corner.query)
    return found | {"cards": cards(found["items"])} if found else {"cards": []}


@panel("organisation-deeds", "knowledge/_to_knowledge.html", position=50)
def to_knowledge(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:  # noqa: ARG001
    """The way to share something, for a participant."""
    return {"organisation": organisation} if organisation.is_participant else None


@panel("bureau", "knowledge/_waiting.html", position=40)
def waiting(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """What waits for a review, the longest first: the bureau may publish it too."""
    found = KnowledgeItem.objects.visible_to(request.user).in_review().order_by("changed_at", "pk")
    return {"items": found.with_names()[:_WAITING], "count": found.count()}


@panel("account", "knowledge/_of_account.html", position=40)
def of_account(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """What one's own organisations shared, and what they are asked to review."""
    if not permits(reader(request), WRITE):
        return None
    asked = KnowledgeReview.objects.asked_of(request.user).select_related("item__organisation")
    own = KnowledgeItem.objects.of(request.user).count()
    return {"asked": asked[:_SHOWN], "own": own}


def _newest(request: HttpRequest, asked: dict[str, str]) -> dict[str, Any] | None:
    """The newest of what a list asks for, and where all of it is; None for nothing."""
    seen = KnowledgeItem.objects.visible_to(reader(request))
    found = KnowledgeFilter(asked, seen, request=request).qs
    shown = list(found.with_names()[: _SHOWN + 1])
    if not shown:
        return None
    url = f"{reverse('knowledge-list')}?{urlencode(asked)}"
    return {"items": shown[:_SHOWN], "is_more": len(shown) > _SHOWN, "url": url}
