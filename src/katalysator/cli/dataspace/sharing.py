"""An organisation opens its connector, and shares data."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from katalysator.cli.answering import naming
from katalysator.cli.dataspace.own import own_connector
from katalysator.cli.dataspace.telling import DataspaceOutcome
from katalysator.cli.exchange.showing import fact
from katalysator.coalition.models import Organisation
from katalysator.core.actors import DATA_DESK
from katalysator.core.language import active_language, say
from katalysator.dataspace.canvas.terms import SharingTerms, terms_of
from katalysator.dataspace.canvas.verbs import make_offer
from katalysator.dataspace.connectors.verbs import open_connector
from katalysator.dataspace.datasets.files import LARGEST
from katalysator.dataspace.datasets.records import DatasetRecord
from katalysator.dataspace.datasets.verbs import give_file, note_version, publish, save_dataset
from katalysator.dataspace.delivery.sources.trying import tried
from katalysator.dataspace.delivery.verbs import keep_source
from katalysator.dataspace.models import Connector, Dataset, DatasetOffer, DataSource
from katalysator.faults import InvalidInput, KatalysatorError, gettext_noop as _

_SCHEMES: Final = {
    "https://": DataSource.Kind.HTTP,
    "http://": DataSource.Kind.HTTP,
    "s3://": DataSource.Kind.S3,
}
_USUAL: Final = {
    "open": (Dataset.Model.OPEN, SharingTerms()),
    "members": (Dataset.Model.MEMBERS, SharingTerms(only_participants=True)),
}
_LARGEST_JSON: Final = 256 << 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishRequest:
    """What is shared, as the options of the command say it."""

    data: str
    title: str
    text: str
    contact_name: str
    contact_email: str
    areas: tuple[str, ...]
    theme: str
    terms: str
    automatic: bool
    personal: bool
    secret: Path | None
    dataset: str
    notes: str
    slug: str


def opened(slug: str) -> DataspaceOutcome:
    """Open the connector of an organisation. Raises KatalysatorError."""
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise InvalidInput(
            "organisation-unknown",
            _("There is no organisation “%(slug)s”."),
            hint=_("Register it first."),
            slug=slug,
        )
    made = open_connector(organisation, by=DATA_DESK)
    told = {"organisation": slug, "participantId": made.participant_id, "address": made.base}
    lines = [
        say("%(name)s takes part in the data space.", name=organisation.name),
        fact(say("Id"), made.participant_id),
        fact(say("Address"), made.base),
    ]
    return DataspaceOutcome(told, lines)


def published(asked: PublishRequest) -> DataspaceOutcome:
    """Share data, or give another version of it; all or nothing. Raises KatalysatorError."""
    connector = own_connector(asked.slug)
    secret = secret_in(asked.secret) if asked.secret else {}
    if asked.dataset:
        row = _another_version(connector, asked, secret)
        return _told(row, row.offers.filter(is_open=True).first())
    if not asked.title:
        raise InvalidInput("title", _("It has no title.")).at("--title")
    model, terms = _terms(asked.terms)
    record = DatasetRecord(
        title=asked.title,
        language=active_language(),
        text=asked.text,
        contact_name=asked.contact_name,
        contact_email=asked.contact_email,
        areas=asked.areas,
        theme=asked.theme,
        access="PUBLIC" if model == Dataset.Model.OPEN else "RESTRICTED",
        model=model,
        personal=Dataset.Personal.PERSONAL if asked.personal else Dataset.Personal.NONE,
    )
    source = _elsewhere(asked, secret)
    with transaction.atomic():
        row = save_dataset(connector, record, by=DATA_DESK)
        _give(row, asked, source)
        with naming("--terms"):
            offer = make_offer(row, terms, asked.automatic, by=DATA_DESK)
        publish(row, by=DATA_DESK)
    return _told(row, offer)


def _another_version(
    connector: Connector, asked: PublishRequest, secret: dict[str, str]
) -> Dataset:
    row: Dataset | None = Dataset.objects.filter(connector=connector, key=asked.dataset).first()
    if row is None:
        raise InvalidInput("no-dataset", _("There is no such dataset of this organisation.")).at(
            "--dataset"
        )
    source = _elsewhere(asked, secret)
    with transaction.atomic():
        _give(row, asked, source)
    return row


def _elsewhere(asked: PublishRequest, secret: dict[str, str]) -> DataSource | None:
    """The source at an address, which is tried now: no transaction waits for it. None where it is a file."""
    kind = next((each for start, each in _SCHEMES.items() if asked.data.startswith(start)), None)
    if kind is None:
        return None
    with naming(asked.data):
        return tried(kind, asked.data, secret)


def _give(row: Dataset, asked: PublishRequest, source: DataSource | None) -> None:
    """Give a file, or say at which address the data is."""
    if source is not None:
        keep_source(row, source, by=DATA_DESK)
        if asked.dataset:
            note_version(row, by=DATA_DESK, version="", notes=asked.notes)
        return
    file = Path(asked.data)
    with naming(asked.data):
        content = _content(file, LARGEST)
        try:
            give_file(row, file.name, content, by=DATA_DESK, notes=asked.notes)
        except OSError as error:
            raise KatalysatorError(
                "file-unkept",
                _("It cannot be kept here (%(reason)s)."),
                hint=_("Is there room on the disk, and may you write in the folder with data?"),
                reason=error.strerror or str(error),
            ) from None


def _content(file: Path, most: int) -> bytes:
    """What is in a file, and one byte too much of one that is longer than `most`. Raises InvalidInput."""
    try:
        with file.open("rb") as there:
            return there.read(most + 1)
    except OSError as error:
        raise InvalidInput(
            "file-unreadable",
            _("It cannot be read (%(reason)s)."),
            reason=error.strerror or str(error),
        ) from None


def secret_in(file: Path) -> dict[str, str]:
    """What an address wants to hear. Raises InvalidInput."""
    told = _json(file)
    if not all(isinstance(each, str) for each in told.values()):
        raise InvalidInput("secret-text", _("Each value in this must be text.")).at(file)
    return told


def _terms(said: str) -> tuple[str, dict[str, Any]]:
    """The sharing model and the rules that are meant: by a word, or in a file. Raises InvalidInput."""
    if said in _USUAL:
        model, chosen = _USUAL[said]
        return model, terms_of(chosen)
    return Dataset.Model.CONTRACT, _json(Path(said))


def _json(file: Path) -> dict[str, Any]:
    """An object in a file. Raises InvalidInput."""
    with naming(file):
        content = _content(file, _LARGEST_JSON)
        try:
            told = json.loads(content) if len(content) <= _LARGEST_JSON else None
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict):
            raise InvalidInput("no-object", _("This is no object of JSON."))
    return told


def _told(row: Dataset, offer: DatasetOffer | None) -> DataspaceOutcome:
    row.refresh_from_db()
    told = {
        "dataset": row.key,
        "title": row.title,
        "offer": offer.key if offer else None,
        "isPublished": row.is_published,
        "formats": row.formats,
    }
    lines = [
        say("%(title)s is shared.", title=row.title) if row.is_published else row.title,
        fact(say("Dataset"), row.key),
        fact(say("Offer"), offer.key if offer else "—"),
    ]
    return DataspaceOutcome(told, lines)
