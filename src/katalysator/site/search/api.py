"""The API of search: the same results as the page, with the places to mark."""

from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from katalysator.coalition.api import OrganisationResource, organisation_resource
from katalysator.coalition.models import Organisation
from katalysator.coalition.queries import speaks_for_any
from katalysator.core.api import PageOf, Paging, Resource, page_facts, paged
from katalysator.engine.search import LONGEST, Excerpt
from katalysator.knowledge.api import KnowledgeSummary, knowledge_summary
from katalysator.knowledge.models import KnowledgeItem
from katalysator.listings.api import ListingSummary, summary
from katalysator.listings.models import Listing
from katalysator.questions.api import QuestionSummary, question_summary
from katalysator.questions.models import Question
from katalysator.site.search.records import FoundRecord, found_records
from katalysator.site.search.results import results

router = Router(tags=["search"], by_alias=True)


class MarkResource(Resource):
    """A place to mark: from the character `start` up to but not including `end`, as Unicode counts them."""

    start: int
    end: int


class MarkedText(Resource):
    """A text, with the places in it that stand for the words and concepts of the query."""

    text: str
    marks: list[MarkResource]


class ResultResource(Resource):
    """A result: a listing, knowledge, a question or an organisation, how relevant it is, and how it was found.

    `foundBy` is the first that holds: its words, the concepts that it tells of (named in the language
    of the answer), or its meaning alone.
    """

    kind: Literal["need", "offer", "knowledge", "question", "organisation"]
    relevance: int
    found_by: Literal["words", "concepts", "meaning"]
    concepts: list[str]
    title: MarkedText
    excerpt: MarkedText
    listing: ListingSummary | None
    knowledge: KnowledgeSummary | None
    question: QuestionSummary | None
    organisation: OrganisationResource | None


class ResultCounts(Resource):
    """How many were found of each kind; a hundred of one kind at most."""

    need: int
    offer: int
    knowledge: int
    question: int
    organisation: int


class ResultPage(PageOf):
    """One page of results, the most relevant first."""

    counts: ResultCounts
    items: list[ResultResource]


class SearchQuery(Paging):
    """What is looked for."""

    q: str = Field("", max_length=LONGEST, description="Words, in Dutch or English.")
    kind: Literal["", "need", "offer", "knowledge", "question", "organisation"] = Field(
        "", description="Results of one kind only."
    )


@router.get("/search", response=ResultPage)
def search(request: HttpRequest, query: Query[SearchQuery]) -> ResultPage:
    """Open needs and offers, knowledge, questions and organisations, by words, concepts and meaning."""
    found = results(query.q, request.user)
    page = paged(found.of(query.kind), query)
    records = found_records(list(page), found.query, request.user)
    return ResultPage(
        counts=ResultCounts.model_validate(found.counted()),
        items=[_result(request, each) for each in records],
        **page_facts(request, page),
    )


def _result(request: HttpRequest, found: FoundRecord) -> ResultResource:
    record, inside = found.record, speaks_for_any(request.user)
    return ResultResource(
        kind=found.result.kind,
        relevance=round(found.result.relevance.total),
        found_by=found.way.value,
        concepts=list(found.concepts),
        title=_marked(found.title),
        excerpt=_marked(found.excerpt),
        listing=summary(request, record, inside=inside) if isinstance(record, Listing) else None,
        knowledge=knowledge_summary(request, record) if isinstance(record, KnowledgeItem) else None,
        question=question_summary(request, record) if isinstance(record, Question) else None,
        organisation=organisation_resource(request, record)
        if isinstance(record, Organisation)
        else None,
    )


def _marked(piece: Excerpt) -> MarkedText:
    marks = [MarkResource(start=mark.start, end=mark.end) for mark in piece.marks]
    return MarkedText(text=piece.text, marks=marks)
