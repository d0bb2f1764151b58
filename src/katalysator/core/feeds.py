"""Feeds: what is new in a list, for programs that follow it, as Atom (RFC 4287) and as JSON Feed 1.1.

A room makes entries of its records, as a visitor without a name may see them; here they become either format. An entry
is known again by its `key`, in whichever language or format it is read.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, Final, Literal, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.http import quote_etag

from katalysator.core.changes import as_of, states
from katalysator.core.filters import ListFilterSet, RecordsT
from katalysator.core.kept import kept
from katalysator.core.language import active_language

FeedForm = Literal["atom", "json"]
"""The formats, as their addresses end."""
MOST: Final = 50
"""So many entries a feed has."""
_NEVER: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed without entries was changed last."""
_TYPES: Final = {
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One record: `key` names it for good, `page` is its address on the site, `author` whose it is with the page of that one."""

    key: str
    page: str
    title: str
    text: str
    language: str
    published: datetime
    updated: datetime
    author: str
    author_page: str
    tags: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOfList:
    """A list as a feed: `page` is the list itself, `address` the feed."""

    title: str
    page: str
    address: str
    entries: Sequence[FeedEntry]

    @property
    def updated(self) -> datetime:
        """When anything in it changed last."""
        return max((each.updated for each in self.entries), default=_NEVER)


def as_stranger(request: HttpRequest) -> HttpRequest:
    """What is asked, as asked by a visitor without a name: what a feed tells is for everybody."""
    asked = HttpRequest()
    asked.method, asked.path, asked.GET = "GET", request.path, request.GET
    asked.user = AnonymousUser()
    return asked


def feed_answer(
    request: HttpRequest, form: FeedForm, make: Callable[[], FeedOfList]
) -> HttpResponseBase:
    """Answer with a feed, or that it is as the asker has it (304): by its ETag alone, as what is gone leaves no later moment. It is made once for each state of the coalition."""
    now = states()
    with as_of(now):
        key = request.get_full_path(), now.of()
        body = kept("feed", key, lambda: _written(make(), form), len)
    tag = quote_etag(blake2b(body, digest_size=16).hexdigest())
    response = HttpResponse(body, content_type=_TYPES[form])
    response["Cache-Control"] = "public, no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    response["ETag"] = tag
    return cast("HttpResponseBase", get_conditional_response(request, etag=tag, response=response))


def list_feed(
    request: HttpRequest,
    form: FeedForm,
    filters: type[ListFilterSet[RecordsT]],
    public: RecordsT,
    *,
    title: str,
    routes: tuple[str, str],
    entries: Callable[[RecordsT], Sequence[FeedEntry]],
) -> HttpResponseBase:
    """Answer with a list as a feed, narrowed as the address asks; see `feed_answer`.

    `filters` are the questions that the list answers, `public` the records that anybody sees, `routes` the names of its
    page and of its feed. `entries` makes the entries of what is found, at most `MOST`.
    """

    def make() -> FeedOfList:
        query = request.GET.copy()
        for name in ("page", "state"):
            query.pop(name, None)
        asked = filters(query, public, request=as_stranger(request))
        shown = f"?{query.urlencode()}" if query else ""
        return FeedOfList(
            title=" · ".join([title, *(each.label for each in asked.active())]),
            page=reverse(routes[0]) + shown,
            address=reverse(routes[1], args=[form]) + shown,
            entries=entries(asked.qs),
        )

    return feed_answer(request, form, make)


def absolute(page: str) -> str:
    """The address of a page for who is not on the site."""
    return settings.ADDRESS + page


def _written(feed: FeedOfList, form: FeedForm) -> bytes:
    text = as_atom(feed) if form == "atom" else as_json(feed)
    return text.encode()


def as_atom(feed: FeedOfList) -> str:
    """It as Atom."""
    made = _AtomFeed(
        title=_legible(feed.title), link=absolute(feed.page), description=None, feed_url=absolute(feed.address),
        feed_guid=absolute(feed.address), language=active_language(),
    )  # fmt: skip
    made.newest = feed.updated
    for each in feed.entries:
        made.add_item(
            title=_legible(each.title), link=absolute(each.page), description=linebreaks(_legible(each.text), autoescape=True),
            unique_id=_name(each), pubdate=each.published, updateddate=each.updated, author_name=_legible(each.author),
            author_link=absolute(each.author_page), categories=each.tags, language=each.language,
        )  # fmt: skip
    written: str = made.writeString("utf-8")
    return written


def as_json(feed: FeedOfList) -> str:
    """It as a JSON Feed."""
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": absolute(feed.page),
        "feed_url": absolute(feed.address),
        "language": active_language(),
        "items": [_item(each) for each in feed.entries],
    }
    return json.dumps(told, ensure_ascii=False)


def _item(entry: FeedEntry) -> dict[str, Any]:
    return {
        "id": _name(entry),
        "url": absolute(entry.page),
        "title": entry.title,
        "content_text": entry.text,
        "language": entry.language,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": entry.author, "url": absolute(entry.author_page)}],
        "tags": list(entry.tags),
    }


def _name(entry: FeedEntry) -> str:
    """The name of an entry for good (RFC 4151), whatever becomes of its address."""
    return f"tag:{urlsplit(settings.ADDRESS).hostname},{entry.published.date()}:{entry.key}"


def _legible(text: str) -> str:
    """The text without what XML cannot hold."""
    return "".join(each for each in text if each in "\t\n\r" or each >= " ")


class _AtomFeed(Atom1Feed):
    """Django's, with the language of each entry, and a moment of change that does not move where there are no entries."""

    newest: datetime

    def latest_post_date(self) -> datetime:
        """When anything in it changed last."""
        return self.newest

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """The language of an entry."""
        return {"xml:lang": item["language"]}
