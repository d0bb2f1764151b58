"""What can be done with what a dataset is delivered from, and to. Each verb is one transaction with its event.

Events name the machine that is spoken to, and no address: in that there may be a secret of who holds the data.
"""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.attachments import store
from katalysator.core.rows import locked
from katalysator.dataspace.catalogues.verbs import begin_transfer
from katalysator.dataspace.delivery.formats import FORMATS, HTTP_PUSH, S3_PUSH
from katalysator.dataspace.delivery.push_addresses import push_address
from katalysator.dataspace.delivery.sources.file import ROOM
from katalysator.dataspace.delivery.sources.trying import tried
from katalysator.dataspace.models import Agreement, Dataset, DataSource, Transfer
from katalysator.dataspace.rules import require_sharer, require_speaker
from katalysator.faults import InvalidInput, gettext_noop as _

_GONE: Final = _("This dataset is not there any more.")


def give_address(
    dataset: Dataset, kind: str, address: str, secret: Mapping[str, str], *, by: Actor
) -> DataSource:
    """Say where the data of a dataset is kept elsewhere, in place of what was there; its first byte is tried.

    Parameters
    ----------
    dataset, kind, address, by
        Of which, `http` or `s3`, where (an address, or s3://bucket/name), and who says so.
    secret
        What the place wants to hear: of http the `name` and `value` of a header, of s3 `endpoint`, `region`, `key`, `secret`
        and, where there is one, `token`. It is kept sealed.

    Raises InvalidInput at its field, NotAllowed, Conflict.

    """
    require_sharer(dataset, by)
    source = tried(kind, address, secret)  # outside of the transaction: it may take a while
    return keep_source(dataset, source, by=by)


@transaction.atomic
def keep_source(dataset: Dataset, source: DataSource, *, by: Actor) -> DataSource:
    """Keep a source elsewhere that was tried, in place of what the dataset had. Raises NotAllowed, Conflict."""
    row = locked(dataset, _GONE)
    require_sharer(row, by)
    source.dataset = row
    before = DataSource.objects.filter(dataset=row).first()
    if before is not None:
        source.pk = before.pk
        if before.kind == DataSource.Kind.FILE:
            store.remove(ROOM, before.key)
    source.save()
    row.formats = list(dict.fromkeys((*row.formats, *FORMATS)))
    row.changed_at = timezone.now()
    row.save(update_fields=["formats", "changed_at"])
    host = urlsplit(source.address).hostname or ""
    audit.record("dataset.give-address", row, by=by, after={"kind": source.kind, "host": host})
    return source


@transaction.atomic
def ask_to_bring(
    agreement: Agreement, format_: str, where: Mapping[str, Any], *, by: Actor
) -> Transfer:
    """Ask for the data of an agreement to be brought to an address of ours.

    `where` is a DataAddress of the protocol: what it holds besides is forgotten when the transfer is over.
    Raises InvalidInput at its field, NotAllowed, Conflict.
    """
    require_speaker(agreement, by)
    if format_ not in (HTTP_PUSH, S3_PUSH):
        raise InvalidInput("push-format", _("Nothing can be brought so.")).at("format")
    try:
        push_address(format_, where)
    except InvalidInput as fault:
        raise fault.at("address") from None
    return begin_transfer(agreement, format_, by=by, data_address=where)
