"""The example that the tests of the command share, and the types of their fixtures."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from click.testing import Result

from katalysator.engine.matching.scoring import Part

Rows = Sequence[Mapping[str, Any]]

NEEDS: Rows = (
    {
        "id": "N1",
        "title": "CT-scans lezen bij een beroerte",
        "text": "Wij zoeken een model dat een beroerte ziet op CT-scans van de hersenen.",
        "areas": "Zorg; Gezondheid",
        "region": "Utrecht",
        "skills": "python",
    },
    {
        "id": "N2",
        "title": "Data over de bodem",
        "text": "Wij zoeken gegevens over de kwaliteit van de bodem onder akkers.",
        "areas": "Landbouw",
        "region": "Zeeland",
        "region_required": "ja",
    },
    {
        "id": "N3",
        "title": "A guest lecture on robots",
        "text": "Our school is looking for somebody who can teach about robots in the harbour.",
        "areas": "Onderwijs",
        "region": "Zuid-Holland",
        "areas_required": "ja",
    },
)
OFFERS: Rows = (
    {
        "id": "O1",
        "title": "Stroke detection on CT",
        "text": "We offer a model that recognises a stroke on CT scans of the brain.",
        "areas": "zorg",
        "region": "NL31",
        "skills": "Python; CT",
    },
    {
        "id": "O2",
        "title": "Bodemgegevens",
        "text": "Wij delen metingen van de bodem onder akkers en weiden.",
        "areas": "landbouw",
        "region": "NL34",
    },
    {
        "id": "O3",
        "title": "Hulp bij subsidies",
        "text": "Wij bieden hulp bij het schrijven van een aanvraag voor subsidie.",
        "areas": "Ondernemen",
        "region": "NL32",
    },
)


HEADER = [
    *("need", "offer", "rank", "score"),
    *map(str, Part),
    *("odds", "seats", "strength", "reason", "need_title", "offer_title"),
]


class Run(Protocol):
    """Runs the command with these arguments."""

    def __call__(
        self, *arguments: object, env: Mapping[str, str] | None = None, answer: str = ""
    ) -> Result: ...


Write = Callable[[str, Rows], Path]
Read = Callable[[Path], list[dict[str, str]]]
Names = Callable[[Path], set[str]]
