"""From the records of a sheet of knowledge to what items say."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from katalysator.coalition.importing.held.rows import HeldReading, with_scheme
from katalysator.core.identifiers import parse_work
from katalysator.faults import InvalidInput
from katalysator.tables.records import Record


@dataclass(slots=True)
class KnowledgeReading(HeldReading):
    """Reads records of knowledge."""

    def said(self, record: Record) -> Iterator[tuple[str, Any]]:
        """How far it was, and where more of it stands; a number that is none is left open."""
        for name in ("stage", "licence"):
            if several := record.get(name):
                yield name, several[0]
        if link := record.get("link"):
            yield "link", with_scheme(link)
        if number := record.get("identifier"):
            try:
                yield "identifier", parse_work(number)
            except InvalidInput as error:
                self.note(record, error, "identifier")
