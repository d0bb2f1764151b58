"""An item that is to be changed."""

from katalysator.core import rows
from katalysator.faults import gettext_noop as _
from katalysator.knowledge.models import KnowledgeItem


def locked(item: KnowledgeItem) -> KnowledgeItem:
    """The row as it is now, kept from others. Raises Conflict where it is not there any more."""
    return rows.locked(item, _("This is not there any more: somebody threw it away."))
