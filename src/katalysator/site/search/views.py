"""The page of search: what is found, what of it is in the words, and what to do where nothing is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from katalysator.coalition.models import Person
from katalysator.coalition.naming import area_names
from katalysator.coalition.queries import speaks_for_any
from katalysator.core.changes import states
from katalysator.core.language import listed
from katalysator.core.marking import marked
from katalysator.core.pages import kept_page
from katalysator.core.personal import reader
from katalysator.engine.search import LONGEST, Way
from katalysator.groups.models import Decision, Meeting
from katalysator.groups.papers.queries import sight_of_papers
from katalysator.knowledge.cards import KnowledgeCard
from katalysator.knowledge.models import KnowledgeFile, KnowledgeItem
from katalysator.listings.cards import Card, card
from katalysator.listings.models import Listing
from katalysator.listings.queries import sight_of_open
from katalysator.site.search.documents import DocumentFacts, document_facts
from katalysator.site.search.facets import SearchFilter
from katalysator.site.search.kinds import KINDS, LABELS
from katalysator.site.search.records import AnyFindable, FoundRecord, found_records
from katalysator.site.search.results import Result, Results, results
from katalysator.site.search.spelling import did_you_mean

PAGE = 20
_MOST_CONCEPTS = 3  # that a note names


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A result as the page shows it: its record with marks, and a note; of some kinds what a card tells."""

    kind: str
    record: AnyFindable
    title: str
    excerpt: str
    note: str
    card: Card | None = None
    knowledge: KnowledgeCard | None = None
    document: DocumentFacts | None = None


@dataclass(frozen=True, slots=True)
class ProposedQuery:
    """Other words that may be meant, and where they are looked for."""

    words: str
    query: str


@dataclass(frozen=True, slots=True)
class Tab:
    """The results of one kind: how many there are, and where."""

    label: str
    count: int
    is_more: bool
    query: str
    is_current: bool


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find needs, offers, knowledge, activities, people and more by words, by what they are about and by what they mean."""
    now, sees = states(), f"{sight_of_open(request.user)} {sight_of_papers(request.user)}"
    return kept_page(request, "site/search.html", _found, sees=sees, now=now, state=now.of())


def _found(request: HttpRequest) -> dict[str, Any]:
    typed = request.GET.get("q", "")
    asked = SearchFilter(request.GET, Listing.objects.none(), request=request)
    facets, kind = asked.facets(), request.GET.get("kind", "")
    found = results(typed, reader(request), facets)
    words, kind = found.query.text, kind if kind in KINDS else ""
    page: Page[Result] = Paginator(found.of(kind), PAGE).get_page(request.GET.get("page"))
    return {
        "search_words": words,
        "is_cut": len(typed.strip()) > LONGEST,
        "longest": LONGEST,
        "has_words": not found.query.is_empty,
        "kind": kind,
        "form": asked.form,
        "is_narrowed": bool(facets),
        "active_filters": list(asked.active()),
        "tabs": _tabs(found, facets, kind),
        "page": page,
        "is_more": found.is_more(kind),
        "results": _cards(page, found, reader(request)),
        "meant": _meant(found, facets, kind, reader(request)),
    }


def _meant(
    found: Results, facets: Mapping[str, str], kind: str, seen_by: Person | AnonymousUser
) -> ProposedQuery | None:
    meant = did_you_mean(found.query, seen_by)
    return ProposedQuery(meant, _address(meant, kind, facets)) if meant else None


def _tabs(found: Results, facets: Mapping[str, str], current: str) -> list[Tab]:
    of_kinds = found.counted()
    counts = [("", sum(of_kinds.values())), *of_kinds.items()]
    return [
        Tab(
            str(LABELS[kind]),
            count,
            found.is_more(kind),
            _address(found.query.text, kind, facets),
            kind == current,
        )
        for kind, count in counts
    ]


def _address(words: str, kind: str, facets: Mapping[str, str]) -> str:
    return urlencode({"q": words, **({"kind": kind} if kind else {}), **facets})


def _cards(
    page: "Page[Result]", found: Results, seen_by: Person | AnonymousUser
) -> list[FoundCard]:
    records = found_records(list(page), found.query, seen_by)
    names, inside = area_names(), speaks_for_any(seen_by)
    return [_card(each, names, inside=inside) for each in records]


def _card(found: FoundRecord, names: Mapping[str, str], *, inside: bool) -> FoundCard:
    title, piece, note = marked(found.title), marked(found.excerpt), _note(found)
    kind, record = found.result.kind, found.record
    if isinstance(record, Listing):
        plain = card(record, names, inside=inside)
        shown = replace(plain, title=title, summary=piece)
        return FoundCard(kind, record, title, piece, note, card=shown)
    if isinstance(record, KnowledgeItem):
        areas = [names[slug] for slug in record.areas if slug in names]
        known = KnowledgeCard(record, title, piece, areas, note)
        return FoundCard(kind, record, title, piece, note, knowledge=known)
    if isinstance(record, KnowledgeFile | Meeting | Decision):
        return FoundCard(kind, record, title, piece, note, document=document_facts(record))
    return FoundCard(kind, record, title, piece, note)


def _note(found: FoundRecord) -> str:
    """How it was found, where the marks do not say so."""
    if found.way is Way.MEANING:
        return _("Found by what it means. Your words are not in it.")
    if found.way is Way.CONCEPTS:
        return _about(found.concepts)
    if found.elsewhere:
        return _("Your words are in: %(names)s.") % {"names": listed(list(found.elsewhere))}
    if not found.title.marks and not found.excerpt.marks:
        return _("Found by the name of its area, or of its organisation.")
    return ""


def _about(concepts: Sequence[str]) -> str:
    if not concepts:
        return _("Found because it is about the same subject.")
    about = listed([f"“{each}”" for each in concepts[:_MOST_CONCEPTS]])
    return _("Found because it is about %(subjects)s.") % {"subjects": about}
