"""Pages of the corners of the coalition: an area, a block, where they meet, a hub. Rooms show on them what they know."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from katalysator.coalition.blocks import Block
from katalysator.coalition.corners import Corner
from katalysator.coalition.models import Area, Hub
from katalysator.core import panels
from katalysator.core.changes import states
from katalysator.core.pages import kept_page
from katalysator.listings.queries import sight_of_open


@require_safe
def corner(request: HttpRequest, area: str = "", block: str = "", hub: str = "") -> HttpResponse:
    """What there is in one corner, and what is missing."""
    now, sees = states(), sight_of_open(request.user)
    contents = partial(_told, area=area, block=block, hub=hub)
    return kept_page(request, "site/corner.html", contents, sees=sees, now=now, state=now.of())


def _told(request: HttpRequest, area: str, block: str, hub: str) -> dict[str, Any]:
    if block and block not in Block.values:
        raise Http404
    subject = Corner(
        area=get_object_or_404(Area, slug=area) if area else None,
        block=Block(block) if block else None,
        hub=get_object_or_404(Hub, slug=hub) if hub else None,
    )
    return {
        "corner": subject,
        "feed_query": urlencode(subject.query),
        "blocks": list(Block) if subject.area and not subject.block else [],
        "areas": Area.objects.all() if subject.block and not subject.area else [],
        "panels": panels.shown("corner", request, subject),
    }
