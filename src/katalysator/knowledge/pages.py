"""What the page of an item shows, for who asks."""

from typing import Any

from django.http import HttpRequest

from katalysator.coalition.models import Membership
from katalysator.coalition.naming import area_names
from katalysator.core import audit, panels
from katalysator.core.actors import permits
from katalysator.core.markdown import as_text
from katalysator.core.sharing import SharedPage
from katalysator.knowledge.jsonld import item_data
from katalysator.knowledge.models import KnowledgeItem, KnowledgeReview
from katalysator.knowledge.queries import peers_of
from katalysator.knowledge.rules import possible
from katalysator.knowledge.workflow import EDIT, IN_REVIEW, KNOWLEDGE, SHOWN

_LEADING = ("publish", "submit")  # what one comes for, where it can be done
_HAPPENED = 8  # deeds that the page tells


def item_page(request: HttpRequest, item: KnowledgeItem) -> dict[str, Any]:
    """What the template needs. Cost: nine queries, those of the panels, and three for who may change it."""
    reviews = list(item.reviews.select_related("organisation"))
    given = [each for each in reviews if each.is_given]
    names, is_shown = area_names(), item.state in SHOWN
    is_open = item.visibility == KnowledgeItem.Visibility.EVERYONE and is_shown
    return {
        "item": item,
        "areas": [names[slug] for slug in item.areas if slug in names],
        "author_name": author_name(item),
        "reviews": given,
        "uses": item.uses.select_related("organisation"),
        "files": list(item.files.all()),
        "is_shown": is_shown,
        "is_open": is_open,
        "shared": SharedPage(item.title, as_text(item.text), item.get_absolute_url())
        if is_open
        else None,
        "data": item_data(item, given),
        "panels": panels.shown("knowledge", request, item) if is_shown else [],
    } | _deeds(request, item, reviews)


def _deeds(
    request: HttpRequest, item: KnowledgeItem, reviews: list[KnowledgeReview]
) -> dict[str, Any]:
    """What this person may do with it as it is now."""
    person = request.user
    if not person.is_authenticated:
        return {}
    peers = set(peers_of(person, item).values_list("pk", flat=True))
    can_edit, deeds = permits(person, EDIT, item), possible(item, person)
    return {
        "can_edit": can_edit,
        "can_delete": can_edit and item.state == KNOWLEDGE.initial,
        "deeds": deeds,
        "leading": next((each for each in _LEADING if each in {step.deed for step in deeds}), ""),
        "own": peers,
        "can_review": peers and item.state == IN_REVIEW,
        "asked_of_us": [
            each for each in reviews if each.organisation_id in peers and each.state == "asked"
        ],
        "can_use": peers and item.state in SHOWN,
        "asked": [each for each in reviews if not each.is_given] if can_edit else [],
        "timeline": _timeline(item) if can_edit else [],
    }


def author_name(item: KnowledgeItem) -> str:
    """The name of who wrote it, by own choice, while they are to be found at the organisation. Cost: one query at most."""
    if not (item.is_author_named and item.author_id):
        return ""
    own = Membership.objects.filter(person=item.author_id, organisation=item.organisation_id)
    return own.values_list("name", flat=True).first() or ""


def _timeline(item: KnowledgeItem) -> list[tuple[Any, str]]:
    return [(at, KNOWLEDGE.history(verb)) for at, verb in audit.newest(item, _HAPPENED)]
