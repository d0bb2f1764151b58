# What the room offers, and where each is made: `__init__` loads it when it is asked for.
from .reading import (
    ConceptReader as ConceptReader,
    Mention as Mention,
    bundled_concepts as bundled_concepts,
    plain as plain,
)
from .thesaurus import (
    Concept as Concept,
    Thesaurus as Thesaurus,
    bundled_thesaurus as bundled_thesaurus,
)
