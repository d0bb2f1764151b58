"""The API of search: the same results as the page, with the places to mark."""

from datetime import date
from typing import Final, Literal

from django.http import HttpRequest
from ninja import Query, Router

from katalysator.activities.api import ActivitySummary, activity_summary
from katalysator.activities.models import Activity
from katalysator.coalition.api import OrganisationResource, organisation_resource
from katalysator.coalition.models import Membership, Organisation
from katalysator.coalition.queries import speaks_for_any
from katalysator.core.api import PageOf, Resource, page_facts, paged
from katalysator.core.filters import ListQuery
from katalysator.engine.search import Excerpt
from katalysator.knowledge.api import KnowledgeSummary, knowledge_summary
from katalysator.knowledge.models import KnowledgeItem
from katalysator.listings.api import ListingSummary, summary
from katalysator.listings.models import Listing
from katalysator.questions.api import QuestionSummary, question_summary
from katalysator.questions.models import Question
from katalysator.site.search.documents import AnyDocument, DocumentSort, document_facts
from katalysator.site.search.facets import SearchFilter
from katalysator.site.search.kinds import ResultKind
from katalysator.site.search.records import FoundRecord, found_records
from katalysator.site.search.results import results
from katalysator.site.search.spelling import did_you_mean

router = Router(tags=["search"], by_alias=True)

_NOTHING: Final = dict.fromkeys(
    ("listing", "knowledge", "document", "activity", "question", "organisation", "person")
)


class MarkResource(Resource):
    """A place to mark: from the character `start` up to but not including `end`, as Unicode counts them."""

    start: int
    end: int


class MarkedText(Resource):
    """A text, with the places in it that stand for the words and concepts of the query."""

    text: str
    marks: list[MarkResource]


class PersonResource(Resource):
    """Somebody who wants to be found, as their organisation's page names them; it is known by its slug."""

    name: str
    function: str
    organisation: str


class DocumentResource(Resource):
    """A file of knowledge, a meeting of a working group, or a decision: where it stands, and of what it is a part.

    `on` is the day of a meeting or a decision.
    """

    sort: DocumentSort
    label: str
    address: str
    part_of: str
    part_address: str
    on: date | None


class ResultResource(Resource):
    """A result with its record, which stands under its kind (a need or an offer: `listing`), how relevant it is, and how it was found.

    `foundBy` is the first that holds: its words, the concepts that it tells of (named in the language
    of the answer), or its meaning alone.
    """

    kind: ResultKind
    relevance: int
    found_by: Literal["words", "concepts", "meaning"]
    concepts: list[str]
    title: MarkedText
    excerpt: MarkedText
    listing: ListingSummary | None
    knowledge: KnowledgeSummary | None
    document: DocumentResource | None
    activity: ActivitySummary | None
    question: QuestionSummary | None
    organisation: OrganisationResource | None
    person: PersonResource | None


class ResultCounts(Resource):
    """How many were found of each kind; a hundred of one kind at most."""

    need: int
    offer: int
    knowledge: int
    document: int
    activity: int
    question: int
    organisation: int
    person: int


class ResultPage(PageOf):
    """One page of results, the most relevant first; `didYouMean` is another query, where a word of this one may be misspelt."""

    counts: ResultCounts
    did_you_mean: str | None
    items: list[ResultResource]


@router.get("/search", response=ResultPage)
def search(request: HttpRequest, query: Query[ListQuery[SearchFilter]]) -> ResultPage:
    """All that the asker may see and that is open, published or to be found, by words, concepts and meaning.

    A facet leaves out the kinds that it says nothing of.
    """
    asked: SearchFilter = query.asked(Listing.objects.none(), request)
    said = asked.form.cleaned_data
    found = results(said["q"], request.user, asked.facets())
    page = paged(found.of(said["kind"]), query)
    records = found_records(list(page), found.query, request.user)
    return ResultPage(
        counts=ResultCounts.model_validate(found.counted()),
        did_you_mean=did_you_mean(found.query, request.user),
        items=[_result(request, each) for each in records],
        **page_facts(request, page),
    )


def _result(request: HttpRequest, found: FoundRecord) -> ResultResource:
    name, made = _resource(request, found)
    return ResultResource(
        kind=found.result.kind,
        relevance=round(found.result.relevance.total),
        found_by=found.way.value,
        concepts=list(found.concepts),
        title=_marked(found.title),
        excerpt=_marked(found.excerpt),
        **_NOTHING | {name: made},
    )


def _resource(request: HttpRequest, found: FoundRecord) -> tuple[str, Resource]:
    """The record of a result, with the name under which it stands."""
    match found.record:
        case Listing() as listing:
            inside = speaks_for_any(request.user)
            return "listing", summary(request, listing, inside=inside)
        case KnowledgeItem() as item:
            return "knowledge", knowledge_summary(request, item)
        case Activity() as activity:
            return "activity", activity_summary(request, activity)
        case Question() as question:
            return "question", question_summary(request, question)
        case Organisation() as organisation:
            return "organisation", organisation_resource(request, organisation)
        case Membership() as who:
            own = who.organisation.slug
            return "person", PersonResource(name=who.name, function=who.function, organisation=own)
        case document:
            return "document", _document(request, document)


def _document(request: HttpRequest, record: AnyDocument) -> DocumentResource:
    facts, absolute = document_facts(record), request.build_absolute_uri
    return DocumentResource(
        sort=facts.sort,
        label=facts.label,
        address=absolute(facts.address),
        part_of=facts.part_of,
        part_address=absolute(facts.part_address),
        on=facts.day,
    )


def _marked(piece: Excerpt) -> MarkedText:
    marks = [MarkResource(start=mark.start, end=mark.end) for mark in piece.marks]
    return MarkedText(text=piece.text, marks=marks)
