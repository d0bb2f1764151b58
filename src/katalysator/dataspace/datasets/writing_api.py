"""The API of those who share data: what the pages take, and the deeds."""

from datetime import date
from typing import Final, Literal

from django.http import HttpResponse
from ninja import File, Form
from ninja.files import UploadedFile
from pydantic import Field

from katalysator.coalition.models import PersonRequest
from katalysator.core.api import RecordNumber
from katalysator.core.api_writing import DeedGiven, Given, IfMatch, Scope, seen, tag
from katalysator.core.uploads import takes_file
from katalysator.dataspace.datasets import verbs
from katalysator.dataspace.datasets.api import (
    DatasetResource,
    VersionResource,
    router,
    visible_dataset,
    whole_dataset,
)
from katalysator.dataspace.datasets.files import LARGEST
from katalysator.dataspace.datasets.records import DatasetRecord, record_of
from katalysator.dataspace.models import Connector
from katalysator.faults import InvalidInput, gettext_noop as _

__all__ = ("DATASET_SCOPE", "router")

DATASET_SCOPE = Scope("datasets", _("Describe, give and publish datasets"))

_ONE: Final = "/datasets/{number}"


class DatasetChange(Given):
    """What a dataset says from now on; what is left out stays as it is."""

    title: str = ""
    language: Literal["nl", "en"] = "nl"
    text: str = ""
    theme: str = "TECH"
    access: str = "RESTRICTED"
    creator: str = ""
    contact_name: str = ""
    contact_email: str = ""
    licence: str = "agreed"
    model: str = "contract"
    personal: str = "none"
    keywords: list[str] = Field(default_factory=list)
    areas: list[str] = Field(default_factory=list)
    region: str = ""
    begins_on: date | None = None
    ends_on: date | None = None
    frequency: str = ""
    shows_rows: bool = False


class NewDataset(DatasetChange):
    """What an organisation shares, by its connector."""

    organisation: str
    title: str


class DatasetDeed(DeedGiven):
    """Show it to everybody, or no more."""

    deed: Literal["publish", "withdraw"]


@router.post("/datasets", response={201: DatasetResource}, **DATASET_SCOPE.required)
def make_dataset(
    request: PersonRequest, response: HttpResponse, given: NewDataset
) -> DatasetResource:
    """Describe a dataset of an organisation whose connection is open; nobody else sees it before it is published."""
    said = given.stated
    mine = Connector.objects.visible_to(request.user).select_related("organisation")
    own = mine.filter(organisation__slug=said.pop("organisation")).first()
    if own is None:
        raise InvalidInput(
            "no-connection",
            _("You keep no connection of an organisation of this name."),
            hint=_("Open one on the page where data is shared."),
        ).at("organisation")
    made = verbs.save_dataset(own, DatasetRecord(**said), by=request.user)
    shown = _shown(request, response, made.pk)
    response["Location"] = shown.links.this
    return shown


@router.patch(_ONE, response=DatasetResource, **DATASET_SCOPE.required)
def change_dataset(
    request: PersonRequest,
    response: HttpResponse,
    number: RecordNumber,
    given: DatasetChange,
    if_match: IfMatch = "",
) -> DatasetResource:
    """Change what a dataset says."""
    row = visible_dataset(request, number)
    record = record_of(row, **given.stated)
    verbs.save_dataset(row.connector, record, by=request.user, dataset=row, seen=seen(if_match))
    return _shown(request, response, number)


@router.delete(_ONE, response={204: None}, **DATASET_SCOPE.required)
def delete_dataset(request: PersonRequest, number: RecordNumber) -> None:
    """Throw away what was never shared."""
    verbs.delete(visible_dataset(request, number), by=request.user)


@router.post(f"{_ONE}/deeds", response=DatasetResource, **DATASET_SCOPE.required)
def move_dataset(
    request: PersonRequest, response: HttpResponse, number: RecordNumber, given: DatasetDeed
) -> DatasetResource:
    """Show a dataset to everybody (`publish`), or no more (`withdraw`)."""
    deed = {"publish": verbs.publish, "withdraw": verbs.withdraw}[given.deed]
    deed(visible_dataset(request, number), by=request.user)
    return _shown(request, response, number)


@router.post(f"{_ONE}/versions", response={201: VersionResource}, **DATASET_SCOPE.required)
@takes_file(LARGEST)
def give_version(
    request: PersonRequest,
    number: RecordNumber,
    file: File[UploadedFile],
    version: Form[str] = "",
    notes: Form[str] = "",
) -> VersionResource:
    """Give the data of a dataset, or another version of it, as `multipart/form-data`."""
    row = visible_dataset(request, number)
    made = verbs.give_file(
        row, file.name or "", file.read(), by=request.user, version=version, notes=notes
    )
    return VersionResource(number=made.number, notes=made.notes, made_at=made.made_at)


def _shown(request: PersonRequest, response: HttpResponse, number: int) -> DatasetResource:
    row = visible_dataset(request, number)
    tag(response, row)
    return whole_dataset(request, row)
