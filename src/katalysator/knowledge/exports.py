"""What of this room a coalition can take along; its files stand in the data folder."""

from katalysator.core.exports import PAGE, export, publish, slug_of
from katalysator.faults import gettext_noop as _
from katalysator.knowledge.importing.models import KnowledgeKey
from katalysator.knowledge.models import (
    KnowledgeFile,
    KnowledgeItem,
    KnowledgeReview,
    KnowledgeUse,
)
from katalysator.search.models import READ

export(
    KnowledgeItem,
    "knowledge",
    _("What participants share of what they know."),
    leave=READ,
    personal=("author",),
)
export(KnowledgeKey, "knowledge-keys", _("What knowledge is called in sheets."))
export(KnowledgeReview, "knowledge-reviews", _("What others say of it."), personal=("author",))
export(KnowledgeUse, "knowledge-uses", _("Who used it."), personal=("author",))
export(
    KnowledgeFile,
    "knowledge-files",
    _("The files that belong to it, by their names."),
    leave=("text", *READ),
)

publish(
    "knowledge",
    _("What participants share of what they know; its licence goes before that of the whole."),
    lambda stranger: KnowledgeItem.objects.visible_to(stranger).shown().with_names(),
    fields=(
        "id", "kind", "title", "text", "language", "areas", "blocks", "stage", "link", "identifier", "licence", "state",
        "published_at", "confirmed_at",
    ),
    more={"organisation": slug_of("organisation"), "page": PAGE},
)  # fmt: skip
