"""Knowledge as a feed: what anybody sees of it, by the filters of its list."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from katalysator.core.feeds import MOST, FeedEntry, FeedForm, list_feed
from katalysator.knowledge.filters import KnowledgeFilter
from katalysator.knowledge.models import KnowledgeItem
from katalysator.knowledge.queries import KnowledgeItemQuerySet


@require_safe
def knowledge_feed(request: HttpRequest, form: FeedForm) -> HttpResponseBase:
    """Knowledge that is current, the newest first, or as the filters say."""
    public = KnowledgeItem.objects.visible_to(AnonymousUser()).current()
    return list_feed(
        request,
        form,
        KnowledgeFilter,
        public,
        title=_("Knowledge"),
        routes=("knowledge-list", "knowledge-feed"),
        entries=_entries,
    )


def _entries(found: KnowledgeItemQuerySet) -> list[FeedEntry]:
    return [_entry(each) for each in found.with_names()[:MOST]]


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
        tags=[item.kind_label],
    )
