"""Files that come with knowledge. Each verb is one transaction with its event; the store follows it."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from django.db import transaction

from katalysator.coalition.organisations import rows as organisations
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.attachments import store
from katalysator.core.attachments.kinds import kind_of
from katalysator.core.attachments.names import clean_name
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _
from katalysator.knowledge.files.keeping import (
    LARGEST,
    MOST_FILES,
    MOST_OF_ITEM,
    MOST_OF_ORGANISATION,
    ROOM,
    remove,
)
from katalysator.knowledge.models import KnowledgeFile, KnowledgeItem
from katalysator.knowledge.rows import locked
from katalysator.knowledge.rules import require_editor

_OF_ITEM: Final = _("All files of an item together may take %(most)s MB.")
_OF_ORGANISATION: Final = _("All files of an organisation together may take %(most)s MB.")


@transaction.atomic
def attach(item: KnowledgeItem, *, by: Actor, name: str, data: bytes) -> KnowledgeFile:
    """Add a file to an item. Raises InvalidInput at “file”, NotAllowed, Conflict; OSError where the disk fails."""
    organisations.locked(item.organisation)  # of two at once one sees what the other takes up
    row = locked(item)
    require_editor(row, by)
    try:
        made = _checked(row, name, data)
    except InvalidInput as error:
        raise error.at("file") from None
    with store.kept(ROOM, made.key, data):
        made.save()
        after = {"name": made.name, "size": made.size, "sha256": made.digest}
        audit.record("knowledge.attach", row, by=by, after=after)
    return made


@transaction.atomic
def detach(file: KnowledgeFile, *, by: Actor) -> None:
    """Take a file away. Raises NotAllowed, Conflict."""
    row = locked(file.item)
    require_editor(row, by)
    if not KnowledgeFile.objects.filter(pk=file.pk).exists():
        raise Conflict("gone", _("This file was taken away already."))
    audit.record("knowledge.detach", row, by=by, before={"name": file.name, "sha256": file.digest})
    remove(file)
    file.delete()


def _checked(item: KnowledgeItem, name: str, data: bytes) -> KnowledgeFile:
    """The row of a file that may be added."""
    if len(data) > LARGEST:
        raise InvalidInput(
            "file-large", _("The file is larger than %(most)s MB."), most=LARGEST // 1_000_000
        )
    name = clean_name(name)
    made = KnowledgeFile(item=item, name=name, kind=kind_of(data, name), size=len(data))
    made.digest = sha256(data).hexdigest()
    _require_new(made, item.files.all())
    own = KnowledgeFile.objects.filter(item=item)
    every = KnowledgeFile.objects.filter(item__organisation=item.organisation_id)
    _require_room(own.total() + made.size, MOST_OF_ITEM, _OF_ITEM)
    _require_room(every.total() + made.size, MOST_OF_ORGANISATION, _OF_ORGANISATION)
    return made


def _require_new(made: KnowledgeFile, others: Iterable[KnowledgeFile]) -> None:
    there = list(others)
    if len(there) >= MOST_FILES:
        raise InvalidInput("files", _("An item has %(most)s files at most."), most=MOST_FILES)
    if any(each.name == made.name or each.digest == made.digest for each in there):
        raise InvalidInput(
            "file-twice",
            _("This file, or one of this name, is there already."),
            hint=_("Take the other one away first."),
        )


def _require_room(size: int, most: int, sentence: str) -> None:
    if size > most:
        hint = _("Leave some out, or link to where they stand.")
        raise InvalidInput("files-large", sentence, hint=hint, most=most // 1_000_000)
