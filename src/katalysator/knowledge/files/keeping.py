"""How much is kept of files that come with knowledge, and where."""

from typing import BinaryIO, Final

from katalysator.core.attachments import store
from katalysator.knowledge.models import KnowledgeFile

LARGEST: Final = 10_000_000
"""Bytes of one file."""
MOST_OF_ITEM: Final = 30_000_000
"""Bytes of all files of an item."""
MOST_OF_ORGANISATION: Final = 300_000_000
"""Bytes of all files of an organisation."""
MOST_FILES: Final = 10
"""Files of an item."""
ROOM: Final = "knowledge"
"""The part of the store where they are."""


def remove(*files: KnowledgeFile) -> None:
    """Remove what is in files whose rows go with the transaction of now."""
    store.remove(ROOM, *(file.key for file in files))


def missing() -> list[KnowledgeFile]:
    """Files whose content is not in the store, with their items. Raises OSError. Cost: a query, or two, and a look in the folder."""
    known = KnowledgeFile.objects.order_by("pk").values_list("key", flat=True)
    gone = store.missing(ROOM, list(known))
    found = KnowledgeFile.objects.filter(key__in=gone).select_related("item").order_by("pk")
    return list(found) if gone else []


def opened(file: KnowledgeFile) -> BinaryIO:
    """What is in a file. Raises FileNotFoundError where it is not there."""
    return store.opened(ROOM, file.key)
