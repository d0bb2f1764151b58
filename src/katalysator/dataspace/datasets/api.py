"""The API of datasets: what everybody may see of what is shared."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from katalysator.core.actors import permits
from katalysator.core.api import Links, PageOf, RecordNumber, Resource, page_facts, paged
from katalysator.core.api_writing import tag
from katalysator.core.filters import ListQuery
from katalysator.dataspace.datasets.filters import DatasetFilter
from katalysator.dataspace.models import Dataset, DataSource
from katalysator.dataspace.records.graph import with_all
from katalysator.dataspace.records.terms import shown_offers
from katalysator.dataspace.rules import SHARE

router = Router(tags=["datasets"], by_alias=True)


class DatasetSummary(Resource):
    """A dataset in a list; `key` is what it is called in the data space."""

    id: int
    key: str
    title: str
    language: str
    organisation: str
    theme: str
    access: str
    model: str
    personal: str
    licence: str
    areas: list[str]
    region: str
    is_published: bool
    changed_at: datetime
    links: Links


class VersionResource(Resource):
    """A version of a dataset, and what changed in it."""

    number: str
    notes: str
    made_at: datetime


class DatasetOfferResource(Resource):
    """Terms on which it can be had: the rules of an ODRL offer."""

    key: str
    terms: dict[str, Any]
    is_automatic: bool


class DatasetFileResource(Resource):
    """The file of a dataset, which is fetched under an agreement."""

    name: str
    media_type: str
    size: int | None
    sha256: str


class DatasetResource(DatasetSummary):
    """A dataset as a whole."""

    text: str
    creator: str
    contact_name: str
    contact_email: str
    keywords: list[str]
    begins_on: date | None
    ends_on: date | None
    frequency: str
    shows_rows: bool
    participant_id: str
    offers: list[DatasetOfferResource]
    versions: list[VersionResource]
    file: DatasetFileResource | None


class DatasetPage(PageOf):
    """One page of datasets."""

    items: list[DatasetSummary]


@router.get("/datasets", response=DatasetPage)
def datasets(request: HttpRequest, query: Query[ListQuery[DatasetFilter]]) -> DatasetPage:
    """What is published, and what one's own organisations keep to themselves yet."""
    seen = Dataset.objects.visible_to(request.user).with_holder()
    page = paged(query.narrow(seen, request), query)
    return DatasetPage(
        items=[dataset_summary(request, each) for each in page], **page_facts(request, page)
    )


@router.get("/datasets/{number}", response=DatasetResource)
def one_dataset(
    request: HttpRequest, response: HttpResponse, number: RecordNumber
) -> DatasetResource:
    """A dataset, with its terms and versions."""
    row = visible_dataset(request, number)
    tag(response, row)
    return whole_dataset(request, row)


def visible_dataset(request: HttpRequest, number: int) -> Dataset:
    """A dataset that the asker may see, with all that is told of it; raises a 404 for any other. Cost: three queries."""
    row: Dataset = get_object_or_404(with_all(Dataset.objects.visible_to(request.user)), pk=number)
    return row


def whole_dataset(request: HttpRequest, row: Dataset) -> DatasetResource:
    """A dataset with all that comes with it. Cost: one query at most."""
    source = getattr(row, "source", None)
    may_keep = request.user.is_authenticated and permits(request.user, SHARE, row)
    return DatasetResource(
        **dict(dataset_summary(request, row)),
        text=row.text,
        creator=row.creator,
        contact_name=row.contact_name,
        contact_email=row.contact_email,
        keywords=row.keywords,
        begins_on=row.begins_on,
        ends_on=row.ends_on,
        frequency=row.frequency,
        shows_rows=row.may_show_rows,
        participant_id=row.connector.participant_id,
        offers=[
            DatasetOfferResource(key=each.key, terms=each.terms, is_automatic=each.is_automatic)
            for each in shown_offers(row, may_keep=may_keep)
        ],
        versions=[
            VersionResource(number=each.number, notes=each.notes, made_at=each.made_at)
            for each in row.versions.all()
        ],
        file=file_resource(source) if source else None,
    )


def dataset_summary(request: HttpRequest, row: Dataset) -> DatasetSummary:
    """A dataset as lists have it."""
    return DatasetSummary(
        id=row.pk,
        key=row.key,
        title=row.title,
        language=row.language,
        organisation=row.connector.organisation.slug,
        theme=row.theme,
        access=row.access,
        model=row.model,
        personal=row.personal,
        licence=row.licence,
        areas=row.areas,
        region=row.region,
        is_published=row.is_published,
        changed_at=row.changed_at,
        links=Links.of(request, row, "one_dataset"),
    )


def file_resource(source: DataSource) -> DatasetFileResource:
    """The file of a dataset."""
    return DatasetFileResource(
        name=source.name, media_type=source.media_type, size=source.size, sha256=source.sha256
    )
