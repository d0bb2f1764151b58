"""The API of knowledge: what is shared, what others say of it, and what it brought them."""

from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from katalysator.core.api import Links, PageOf, RecordNumber, Resource, page_facts, paged
from katalysator.core.api_writing import tag
from katalysator.core.filters import ListQuery
from katalysator.knowledge.filters import KnowledgeFilter
from katalysator.knowledge.models import KnowledgeFile, KnowledgeItem, KnowledgeReview, KnowledgeUse
from katalysator.knowledge.pages import author_name
from katalysator.knowledge.rules import possible

router = Router(tags=["knowledge"], by_alias=True)


class KnowledgeSummary(Resource):
    """Something that is shared: in a list, without its text."""

    id: int
    kind: str
    title: str
    language: str
    organisation: str
    areas: list[str]
    blocks: list[str]
    stage: str
    visibility: str
    state: str
    published_at: datetime | None
    confirmed_at: datetime | None
    used_by: int
    found_good_by: int
    links: Links


class ReviewResource(Resource):
    """What another organisation says of it."""

    organisation: str
    verdict: str
    remark: str
    on: date


class UseResource(Resource):
    """What it brought to an organisation that used it."""

    organisation: str
    what: str
    on: date


class FileResource(Resource):
    """A file that comes with it, and where it is taken from."""

    id: int
    name: str
    kind: str
    size: int
    sha256: str
    address: str


class KnowledgeResource(KnowledgeSummary):
    """Something that is shared, as a whole; `text` is Markdown, `deeds` is what the asker may do with it now."""

    text: str
    author: str
    link: str
    identifier: str
    licence: str
    reviews: list[ReviewResource]
    uses: list[UseResource]
    files: list[FileResource]
    deeds: list[str]


class KnowledgePage(PageOf):
    """One page of what is shared."""

    items: list[KnowledgeSummary]


@router.get("/knowledge", response=KnowledgePage)
def knowledge(request: HttpRequest, query: Query[ListQuery[KnowledgeFilter]]) -> KnowledgePage:
    """What participants share of what they know."""
    seen = KnowledgeItem.objects.visible_to(request.user)
    page = paged(query.narrow(seen, request).with_counts().with_names(), query)
    items = [knowledge_summary(request, item) for item in page]
    return KnowledgePage(items=items, **page_facts(request, page))


@router.get("/knowledge/{number}", response=KnowledgeResource)
def knowledge_item(
    request: HttpRequest, response: HttpResponse, number: RecordNumber
) -> KnowledgeResource:
    """Something that is shared, with what others say of it."""
    item = visible_item(request, number)
    tag(response, item)
    return whole_item(request, item)


def visible_item(request: HttpRequest, number: int) -> KnowledgeItem:
    """An item that the asker may see; raises a 404 for any other."""
    seen = KnowledgeItem.objects.visible_to(request.user).with_counts().with_names()
    item: KnowledgeItem = get_object_or_404(seen, pk=number)
    return item


def whole_item(request: HttpRequest, item: KnowledgeItem) -> KnowledgeResource:
    """An item with all that comes with it. Cost: some queries."""
    return KnowledgeResource(
        **dict(knowledge_summary(request, item)),
        text=item.text,
        author=author_name(item),
        link=item.link,
        identifier=item.identifier,
        licence=item.licence,
        reviews=[
            review_resource(each) for each in item.reviews.given().select_related("organisation")
        ],
        uses=[use_resource(each) for each in item.uses.select_related("organisation")],
        files=_files(request, item),
        deeds=[step.deed for step in possible(item, request.user)],
    )


def knowledge_summary(request: HttpRequest, item: KnowledgeItem) -> KnowledgeSummary:
    """An item as lists have it; how many used it is 0 where that was not counted."""
    return KnowledgeSummary(
        id=item.pk,
        kind=item.kind,
        title=item.title,
        language=item.language,
        organisation=item.organisation.slug,
        areas=item.areas,
        blocks=item.blocks,
        stage=item.stage,
        visibility=item.visibility,
        state=item.state,
        published_at=item.published_at,
        confirmed_at=item.confirmed_at,
        used_by=getattr(item, "use_count", 0),
        found_good_by=getattr(item, "good_count", 0),
        links=Links.of(request, item, "knowledge_item"),
    )


def review_resource(review: KnowledgeReview) -> ReviewResource:
    """A review that was given."""
    return ReviewResource(
        organisation=review.organisation.slug,
        verdict=review.verdict,
        remark=review.remark,
        on=review.moved_at.date(),
    )


def use_resource(use: KnowledgeUse) -> UseResource:
    """What an item brought to somebody."""
    return UseResource(organisation=use.organisation.slug, what=use.what, on=use.said_at.date())


def file_resource(request: HttpRequest, file: KnowledgeFile) -> FileResource:
    """A file, with where it is taken from."""
    return FileResource(
        id=file.pk,
        name=file.name,
        kind=file.kind,
        size=file.size,
        sha256=file.digest,
        address=request.build_absolute_uri(file.get_absolute_url()),
    )


def _files(request: HttpRequest, item: KnowledgeItem) -> list[FileResource]:
    return [file_resource(request, each) for each in item.files.all()]
