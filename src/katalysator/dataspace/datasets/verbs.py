"""What can be done with datasets. Each verb is one transaction with its event."""

from contextlib import suppress
from hashlib import sha256
from typing import Any, Final
from uuid import uuid4

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from katalysator.cleaning import plain_line, without_markup
from katalysator.coalition.organisations import rows as organisations
from katalysator.coalition.rules import require_participant
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.attachments import store
from katalysator.core.attachments.names import clean_name
from katalysator.core.lengths import require_short
from katalysator.core.rows import locked
from katalysator.dataspace.datasets.files import (
    LARGEST,
    MOST_OF_ORGANISATION,
    first_rows,
    media_type,
)
from katalysator.dataspace.datasets.offering import hide_offer, renew_offer, show_offer
from katalysator.dataspace.datasets.records import (
    DatasetRecord,
    fill,
    lacks_data,
    require_publishable,
    told,
)
from katalysator.dataspace.delivery.formats import FORMATS
from katalysator.dataspace.delivery.sources.file import ROOM
from katalysator.dataspace.models import (
    Agreement,
    Connector,
    Dataset,
    DatasetVersion,
    DataSource,
    Negotiation,
)
from katalysator.dataspace.protocol.machines import ProtocolRole
from katalysator.dataspace.rules import require_sharer
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _

_MOST: Final = 1_000
"""So many datasets an organisation has at most."""


@transaction.atomic
def save_dataset(
    connector: Connector,
    record: DatasetRecord,
    *,
    by: Actor,
    dataset: Dataset | None = None,
    seen: int | None = None,
) -> Dataset:
    """Write down what a dataset is, or what it is from now on; one that is published says it in the market too.

    `seen` is the newest event of it that who changes it saw. Raises InvalidInput at the name of a part, NotAllowed, Conflict.
    """
    if dataset is None:
        return _made(connector, record, by)
    row = _locked(dataset, by)
    audit.require_seen(row, seen)
    before, did_show = told(row), row.may_show_rows
    fill(row, record)
    row.changed_at = timezone.now()
    if row.is_published:
        _require_shareable(row, "model")
        renew_offer(row, by=by)
    row.save()
    _renew_rows(row, did_show=did_show)
    audit.record_edit("dataset.edit", row, by=by, before=before, after=told(row))
    return row


@transaction.atomic
def give_file(
    dataset: Dataset, name: str, content: bytes, *, by: Actor, version: str = "", notes: str = ""
) -> DatasetVersion:
    """Give the data of a dataset, in place of what was there, as a version of it; without a number it gets the next one.

    Raises InvalidInput at its field, NotAllowed, Conflict; OSError where the disk fails.
    """
    row = _locked(dataset, by)
    organisations.locked(
        row.connector.organisation
    )  # of two at once one sees what the other takes up
    _require_size(row, content)
    there = DataSource.objects.filter(dataset=row).first()
    before = there.key if there and there.kind == DataSource.Kind.FILE else None
    source = there or DataSource(dataset=row)
    name = clean_name(name)
    source.kind, source.key, source.name = DataSource.Kind.FILE, uuid4(), name
    source.media_type, source.size = media_type(name), len(content)
    source.sha256, source.changed_at = sha256(content).hexdigest(), timezone.now()
    source.address, source.secret = "", ""
    source.first_rows = first_rows(name, content) if row.may_show_rows else []
    with store.kept(ROOM, source.key, content):
        source.save()
        made = _version(row, version, notes)
        _changed(row)
        after = {
            "name": name,
            "size": len(content),
            "sha256": source.sha256,
            "version": made.number,
        }
        audit.record("dataset.give-file", row, by=by, after=after)
    if before is not None:
        store.remove(ROOM, before)
    return made


@transaction.atomic
def note_version(dataset: Dataset, *, by: Actor, version: str, notes: str) -> DatasetVersion:
    """Say that there is another version, of data that is kept elsewhere. Raises InvalidInput at its field, NotAllowed, Conflict."""
    row = _locked(dataset, by)
    made = _version(row, version, notes)
    _changed(row)
    audit.record("dataset.note-version", row, by=by, after={"version": made.number})
    return made


@transaction.atomic
def publish(dataset: Dataset, *, by: Actor) -> Dataset:
    """Show it to everybody, and offer it in the market of data. Raises InvalidInput at what is missing, NotAllowed, Conflict."""
    row = _locked(dataset, by)
    if row.is_published:
        raise Conflict("published", _("This dataset is published already."))
    require_participant(row.connector.organisation)
    _require_shareable(row, "file")
    row.listing = show_offer(row, by=by)
    row.is_published, row.changed_at = True, timezone.now()
    row.save(update_fields=["is_published", "listing", "changed_at"])
    audit.record("dataset.publish", row, by=by, after={"listing": row.listing.pk})
    return row


@transaction.atomic
def withdraw(dataset: Dataset, *, by: Actor) -> Dataset:
    """Show and offer it no more; agreements that were made stand. Raises NotAllowed, Conflict."""
    row = _locked(dataset, by)
    if not row.is_published:
        raise Conflict("not-published", _("This dataset is not published."))
    hide_offer(row, by=by)
    row.is_published, row.changed_at = False, timezone.now()
    row.save(update_fields=["is_published", "changed_at"])
    audit.record("dataset.withdraw", row, by=by)
    return row


@transaction.atomic
def delete(dataset: Dataset, *, by: Actor) -> None:
    """Throw away what was never shared. Raises NotAllowed, Conflict."""
    row = _locked(dataset, by)
    if row.is_published or _is_asked_for(row):
        raise Conflict(
            "dataset-shared",
            _("This dataset is shared, or somebody asked for it: it stays."),
            hint=_("Withdraw it, then nobody new gets it."),
        )
    audit.record("dataset.delete", row, by=by, before={"key": row.key, "title": row.title})
    for source in DataSource.objects.filter(dataset=row, kind=DataSource.Kind.FILE):
        store.remove(ROOM, source.key)
    row.delete()


def _made(connector: Connector, record: DatasetRecord, by: Actor) -> Dataset:
    row = Dataset(connector=connector, key=f"urn:uuid:{uuid4()}", formats=list(FORMATS))
    require_sharer(row, by)
    if Dataset.objects.filter(connector=connector).count() >= _MOST:
        raise Conflict("many-datasets", _("There are %(most)s datasets already."), most=_MOST)
    fill(row, record)
    row.save()
    audit.record("dataset.make", row, by=by, after={"key": row.key, **told(row)})
    return row


def _locked(dataset: Dataset, by: Actor) -> Dataset:
    """The dataset as it is now, for who may keep it."""
    row: Any = locked(dataset, _("This dataset is not there any more."))
    require_sharer(row, by)
    found: Dataset = row
    return found


def _require_shareable(row: Dataset, place: str) -> None:
    """Refuse what others would see before it is finished, or ask for before it is there: that is said at `place`."""
    require_publishable(row)
    if lacks_data(row):
        raise InvalidInput(
            "no-data", _("There is no data yet."), hint=_("Give its file first.")
        ).at(place)


def _changed(row: Dataset) -> None:
    row.changed_at = timezone.now()
    row.save(update_fields=["changed_at"])


def _version(row: Dataset, number: str, notes: str) -> DatasetVersion:
    number = plain_line(number) or f"{row.versions.count() + 1}.0"
    notes = without_markup(notes)
    made = DatasetVersion(dataset=row, number=number, notes=notes)
    require_short(number, DatasetVersion, "number")
    require_short(notes, DatasetVersion, "notes")
    if row.versions.filter(number=number).exists():
        raise InvalidInput(
            "version-twice",
            _("There is a version %(number)s already."),
            hint=_("Give it another number."),
            number=number,
        ).at("version")
    made.save()
    return made


def _require_size(row: Dataset, content: bytes) -> None:
    if not content:
        raise InvalidInput("file-empty", _("The file is empty.")).at("file")
    if len(content) > LARGEST:
        raise InvalidInput(
            "file-large", _("The file is larger than %(most)s MB."), most=LARGEST // 1_000_000
        ).at("file")
    others = DataSource.objects.filter(
        dataset__connector=row.connector_id, kind=DataSource.Kind.FILE
    ).exclude(dataset=row)
    if (others.aggregate(total=Sum("size"))["total"] or 0) + len(content) > MOST_OF_ORGANISATION:
        raise InvalidInput(
            "files-large",
            _("All files of an organisation together may take %(most)s MB."),
            most=MOST_OF_ORGANISATION // 1_000_000,
        ).at("file")


def _renew_rows(row: Dataset, *, did_show: bool) -> None:
    """Keep how its table begins where everybody may see that from now on, and not where they may not."""
    files = DataSource.objects.filter(dataset=row, kind=DataSource.Kind.FILE)
    if not row.may_show_rows:
        files.update(first_rows=[])
    elif not did_show and (source := files.first()):
        with suppress(FileNotFoundError), store.opened(ROOM, source.key) as file:
            files.update(first_rows=first_rows(source.name, file.read(LARGEST)))


def _is_asked_for(row: Dataset) -> bool:
    """Whether an agreement or a negotiation of its connector is about it."""
    ours: dict[str, Any] = {"connector": row.connector_id, "role": ProtocolRole.PROVIDER}
    return (
        Agreement.objects.filter(dataset_key=row.key, **ours).exists()
        or Negotiation.objects.filter(offer__target=row.key, **ours).exists()
    )
