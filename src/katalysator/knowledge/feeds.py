"""Knowledge as a feed: what anybody sees of it, by the filters of its list."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from katalysator.core.feeds import (
    MOST,
    FeedEntry,
    FeedForm,
    FeedOfList,
    as_stranger,
    feed_answer,
)
from katalysator.knowledge.filters import KnowledgeFilter
from katalysator.knowledge.models import KnowledgeItem


@require_safe
def knowledge_feed(request: HttpRequest, form: FeedForm) -> HttpResponseBase:
    """Knowledge that is current, the newest first, or as the filters say."""
    return feed_answer(request, form, lambda: _feed(as_stranger(request), form))


def _feed(request: HttpRequest, form: FeedForm) -> FeedOfList:
    query = request.GET.copy()
    for name in ("page", "state"):
        query.pop(name, None)
    public = KnowledgeItem.objects.visible_to(AnonymousUser()).current()
    asked = KnowledgeFilter(query, public, request=request)
    shown = f"?{query.urlencode()}" if query else ""
    return FeedOfList(
        title=" · ".join([_("Knowledge"), *(each.label for each in asked.active())]),
        page=reverse("knowledge-list") + shown,
        address=reverse("knowledge-feed", args=[form]) + shown,
        entries=[_entry(each) for each in asked.qs.with_names()[:MOST]],
    )


def _entry(item: KnowledgeItem) -> FeedEntry:
    return FeedEntry(
        key=f"knowledge-{item.pk}",
        page=item.get_absolute_url(),
        title=item.title,
        text=item.text,
        language=item.language,
        published=item.published_at or item.created_at,
        updated=max(item.changed_at, item.published_at or item.created_at),
        author=item.organisation.name,
        author_page=item.organisation.get_absolute_url(),
        tags=[str(item.get_kind_display())],
    )
