"""Results with what is shown of them: their records, what is marked in these, and how they were found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from katalysator.activities.models import Activity
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.core.language import active_language
from katalysator.core.markdown import as_text
from katalysator.engine.search import Excerpt, Marker, Sought, Way, excerpt
from katalysator.groups.models import Decision, Meeting
from katalysator.knowledge.models import KnowledgeFile, KnowledgeItem
from katalysator.listings.models import Listing
from katalysator.questions.models import Question
from katalysator.search.models import found_by
from katalysator.site.search.documents import AnyDocument
from katalysator.site.search.results import Result

AnyFindable: TypeAlias = (
    Listing | KnowledgeItem | Question | Organisation | Activity | Membership | AnyDocument
)


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A result with its record: `title` and `excerpt` with what to mark, and the concepts it tells of.

    `elsewhere` holds what else has the words, where neither title nor excerpt does: the name of its
    organisation, or a skill.
    """

    result: Result
    record: AnyFindable
    title: Excerpt
    excerpt: Excerpt
    concepts: Sequence[str]
    elsewhere: Sequence[str]

    @property
    def way(self) -> Way:
        """How it was found."""
        return self.result.relevance.way


def found_records(
    results: Sequence[Result], query: Sought, seen_by: Person | AnonymousUser
) -> list[FoundRecord]:
    """Results with their records, in their order. Cost: a query a kind, and 1 ms each for the marks."""
    seen = _records(results, seen_by)
    marker, found = Marker(query), []
    for each in results:
        record = seen[each.table].get(each.key)
        if record is not None:  # it may have gone while we were looking
            found.append(_with_marks(each, record, marker))
    return found


def _records(
    results: Sequence[Result], seen_by: Person | AnonymousUser
) -> Mapping[type[Model], Mapping[int, AnyFindable]]:
    """What the asker may see of what was found, by table and key; a table is asked where something is found in it."""
    keys: dict[type[Model], list[int]] = {}
    for each in results:
        keys.setdefault(each.table, []).append(each.key)
    return {table: _shown(table, seen_by).in_bulk(some) for table, some in keys.items()}


def _shown(table: type[Model], seen_by: Person | AnonymousUser) -> Any:
    """What the asker may see of a table, with what is shown of each."""
    if table is Question:
        return Question.objects.public().with_receivers()
    seen = table._default_manager.visible_to(seen_by)  # type: ignore[attr-defined]
    if table is Organisation:
        return seen.defer(*found_by(""))
    if table is Activity:
        return seen.with_places().select_related("choice")
    if table is KnowledgeFile:
        return seen.with_items()
    if table in (Meeting, Decision):
        return seen.select_related("group").defer(*found_by(""))
    return seen.with_names()


def _with_marks(result: Result, record: AnyFindable, marker: Marker) -> FoundRecord:
    title, text, language = _said(record)
    titled = Excerpt(title, marker.marks(title, language))
    piece = excerpt(text, marker.marks(text, language))
    is_marked = titled.marks or piece.marks
    return FoundRecord(
        result,
        record,
        titled,
        piece,
        [*dict.fromkeys(_labels(marker, title, text, language))],
        () if is_marked else [each for each in _names(record) if marker.marks(each, language)],
    )


def _said(record: AnyFindable) -> tuple[str, str, str]:
    """Its title and text, in which language; none where it may be any."""
    match record:
        case Listing():
            return record.title, record.text, record.language
        case KnowledgeItem():
            return record.title, record.plain_text, record.language
        case Activity():
            return record.title, record.all_said, record.language
        case Question():
            return record.title, record.text, record.text_language
        case Organisation():
            return record.name, str(record.about), ""
        case Membership():
            return record.name, record.function, ""
        case document:
            return _said_in(document)


def _said_in(document: AnyDocument) -> tuple[str, str, str]:
    if isinstance(document, KnowledgeFile):
        return document.name, document.text or "", document.item.language
    if isinstance(document, Meeting):
        return document.group.name, as_text(f"{document.agenda}\n\n{document.minutes}"), ""
    return document.group.name, as_text(document.text), ""


def _names(record: AnyFindable) -> Sequence[str]:
    """What else has words by which it may have been found."""
    match record:
        case Organisation():
            return record.other_names
        case Meeting():
            return [record.place]
        case Activity():
            return [record.place, *_names_of(record.organisation)]
        case Listing():
            return [*_names_of(record.organisation), *record.skills]
        case KnowledgeItem() | Membership():
            return _names_of(record.organisation)
    return ()


def _names_of(organisation: Organisation | None) -> list[str]:
    return [organisation.name, *organisation.other_names] if organisation else []


def _labels(marker: Marker, title: str, text: str, language: str) -> Iterator[str]:
    """What the concepts that it tells of are called in the reader's language, the title's first."""
    for piece in (title, text):
        for key in marker.concepts(piece, language):
            yield marker.query.thesaurus[key].label(active_language())
