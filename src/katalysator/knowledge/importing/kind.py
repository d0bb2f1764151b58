"""Sheets of knowledge, as they are taken in: of one organisation, or by the bureau of any."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db.models import QuerySet

from katalysator.coalition.importing.held.kind import HeldImport
from katalysator.coalition.importing.held.rows import HeldTarget
from katalysator.coalition.rules import require_participant
from katalysator.core.actors import Actor, permits
from katalysator.core.language import lazy as _
from katalysator.core.terms import LabelText
from katalysator.faults import NotAllowed, gettext_noop
from katalysator.importing.kinds import ImportWords, declare
from katalysator.importing.plan import PlannedRow
from katalysator.importing.rows import SheetRows
from katalysator.importing.words import DRAFT_WORDS, LOOKING
from katalysator.knowledge.contents import facts
from katalysator.knowledge.importing.fields import LABELS, knowledge_sheet
from katalysator.knowledge.importing.forms import KnowledgeSheetForm
from katalysator.knowledge.importing.models import KnowledgeKey
from katalysator.knowledge.importing.plan import KnowledgePlanning
from katalysator.knowledge.importing.rows import KnowledgeReading
from katalysator.knowledge.models import KnowledgeItem
from katalysator.knowledge.rules import require_editor
from katalysator.knowledge.workflow import WRITE, WRITE_FOR_ALL
from katalysator.tables.fields import SheetOf
from katalysator.tables.records import Records

_WORDS: Final = ImportWords(
    title=_("Upload a sheet of knowledge"),
    intro=_(
        "The list of publications, lessons or tools that you keep anyway, as it is. First you see what would happen; nothing is saved before you say so."
    ),
    heading=_("Knowledge from your sheet"),
    steps=(
        *LOOKING,
        _("You confirm. Each new row becomes a draft, for which you ask a review."),
    ),
    notes=(
        _(
            "A row is known again by your own number, or else by its title. Uploading a sheet again changes what you changed, and leaves the rest as it is."
        ),
        _("E-mail addresses and names of people are not imported."),
    ),
    result_note=_("New ones are drafts: open each, and ask for a review."),
    **DRAFT_WORDS,
    back=("my-knowledge", _("My knowledge")),
)


class KnowledgeImport(HeldImport):
    """Sheets of knowledge."""

    name = "knowledge"
    url_name = "knowledge-import"
    permission = WRITE
    words = _WORDS
    form = KnowledgeSheetForm
    model = KnowledgeItem
    key_model = KnowledgeKey
    planned_by = KnowledgePlanning
    column_labels = LABELS
    verbs = ("knowledge.write", "knowledge.edit", "knowledge.delete")
    written = (
        "kind", "title", "text", "language", "areas", "blocks", "stage", "link", "identifier", "licence", "visibility",
        "changed_at",
    )  # fmt: skip

    def require(self, target: HeldTarget, by: Actor) -> None:
        """Who changes what this participant shares; without one, the bureau."""
        if target.holder is None and not permits(by, WRITE_FOR_ALL):
            raise NotAllowed(
                "not-the-coordinator", gettext_noop("Only the coordinator may do this.")
            )
        if target.holder:
            require_editor(KnowledgeItem(organisation=target.holder), by)
            require_participant(target.holder)

    def sheet_of(self, target: HeldTarget) -> SheetOf:  # noqa: ARG002 — one kind of sheet
        """What a sheet of knowledge holds."""
        return knowledge_sheet()

    def rows(self, read: Records, target: HeldTarget) -> SheetRows:
        """What the records say of knowledge."""
        return KnowledgeReading(read, target).all_rows()

    def drafts(self, keys: Sequence[int], target: HeldTarget) -> QuerySet[KnowledgeItem]:
        """Those without files, which are thrown away on their own page."""
        return super().drafts(keys, target).filter(files=None)

    def told_of(self, record: KnowledgeItem) -> Mapping[str, Any]:
        """All that it says."""
        return facts(record)

    def missing(self, planned: PlannedRow) -> Sequence[LabelText]:
        """What others must be told before they see it."""
        item = planned.record
        no_place = () if item.areas or item.blocks else (LABELS["areas"],)
        return (() if item.text else (LABELS["text"],)) + no_place


KNOWLEDGE_SHEETS: Final = declare(KnowledgeImport())
