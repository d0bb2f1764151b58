# What the room offers, and where each is made: `__init__` loads it when it is asked for.
from .checking import (
    MOST_LABELS as MOST_LABELS,
    check_broader as check_broader,
    check_labels as check_labels,
)
from .esco import (
    ESCO_NOTICE as ESCO_NOTICE,
    ESCO_PREFIX as ESCO_PREFIX,
    EscoConcepts as EscoConcepts,
    LeftOut as LeftOut,
    Skill as Skill,
    esco_concepts as esco_concepts,
)
from .reading import (
    ConceptReader as ConceptReader,
    LabelForm as LabelForm,
    Mention as Mention,
    bundled_concepts as bundled_concepts,
    concept_reader as concept_reader,
    concept_rows as concept_rows,
    label_form as label_form,
    plain as plain,
)
from .thesaurus import (
    Concept as Concept,
    Thesaurus as Thesaurus,
    bundled_thesaurus as bundled_thesaurus,
    with_own as with_own,
)
