"""What becomes of the rows of a sheet of knowledge beside the items that are there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from katalysator.coalition.importing.held.plan import HeldPlanning
from katalysator.core.rows import require_fit
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.importing.rows import SheetRow
from katalysator.knowledge.contents import KnowledgeContent, facts, put, stated
from katalysator.knowledge.models import KnowledgeItem


@dataclass(slots=True)
class KnowledgePlanning(HeldPlanning):
    """Goes by the rows."""

    def made(self, row: SheetRow) -> KnowledgeItem:
        """A draft."""
        if (owner := self.holder(row, None)) is None:
            raise InvalidInput(
                "row-no-holder",
                _("It does not say of which participant it is."),
                hint=_("Fill that in, or say of whom the sheet is."),
            ).at("organisation")
        return KnowledgeItem(kind=self.target.kind, language=self.language(row), organisation=owner)

    def fill(self, record: KnowledgeItem, row: SheetRow, *, is_new: bool) -> None:  # noqa: ARG002
        """What the row says takes the place of what was there; whose it is stays."""
        said: dict[str, Any] = {each: row.said[each] for each in row.said if each != "organisation"}
        put(record, KnowledgeContent(**{**stated(record), **said}))
        require_fit(record)

    def facts(self, record: KnowledgeItem) -> Mapping[str, Any]:
        """As the audit trail has it."""
        return facts(record)
