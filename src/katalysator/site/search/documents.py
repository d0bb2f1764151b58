"""Files and papers as results: what each is, where it stands, and of what it is a part."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from katalysator.groups.models import Decision, Meeting
from katalysator.knowledge.models import KnowledgeFile

AnyDocument: TypeAlias = KnowledgeFile | Meeting | Decision
DocumentSort: TypeAlias = Literal["file", "meeting", "decision"]


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a file or a paper is, where it stands, and of what it is."""

    sort: DocumentSort
    label: str
    address: str
    part_of: str
    part_address: str
    day: date | None


def document_facts(record: AnyDocument) -> DocumentFacts:
    """What is told of a file or a paper as a result."""
    if isinstance(record, KnowledgeFile):
        item, label = record.item, str(record.get_kind_display())
        own, whole = record.get_absolute_url(), item.get_absolute_url()
        return DocumentFacts("file", label, own, item.title, whole, None)
    group, whole = str(record.group), record.group.get_absolute_url()
    if isinstance(record, Meeting):
        day = timezone.localtime(record.starts_at).date()
        return DocumentFacts("meeting", _("Meeting"), record.get_absolute_url(), group, whole, day)
    page = reverse("group-decisions", args=[record.group.slug])
    label = _("Decision %(number)s") % {"number": record}
    return DocumentFacts("decision", label, f"{page}#{record}", group, whole, record.on)
