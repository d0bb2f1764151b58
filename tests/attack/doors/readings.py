"""Where texts come into `readings`: verbs."""

from typing import Any

from katalysator.readings import verbs as concept_verbs
from tests import builders
from tests.attack.doors import Door


def _add_concept(text: str) -> Any:
    content = concept_verbs.ConceptContent(nl=(text,), en=(text,))
    return concept_verbs.add_concept(content, by=builders.HOUSE)


DOORS = [
    Door(_add_concept, "nl en", needed=True, too_long=200),
]
