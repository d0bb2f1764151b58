"""Concepts as the page lists them: those of the coalition first, then ours, with who tells of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from katalysator.coalition.models import Person
from katalysator.core.language import active_language
from katalysator.engine.concepts import Concept, Thesaurus, bundled_thesaurus
from katalysator.listings.models import Listing
from katalysator.readings.models import CoalitionConcept
from katalysator.readings.thesaurus import newest_thesaurus


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """A concept of the list: `is_own` where the coalition made it, `mends_ours` where in place of ours."""

    concept: Concept
    broader: Sequence[str]
    is_own: bool
    mends_ours: bool

    @property
    def key(self) -> str:
        """The key by which it is known."""
        return self.concept.key

    @property
    def label(self) -> str:
        """What it is called for who reads."""
        return self.concept.label(active_language())

    @property
    def labels(self) -> Sequence[tuple[str, Sequence[str]]]:
        """All its labels, by their language."""
        return [(name, some) for name, some in self.concept.labels.items() if some]


def concept_rows_with(words: str) -> list[ConceptRow]:
    """The concepts with these words in a label or the key; all where there are none. Cost: two queries."""
    known = newest_thesaurus()
    own = set(CoalitionConcept.objects.filter(is_removed=False).values_list("key", flat=True))
    sought = words.casefold().strip()
    found = (each for each in known.concepts if sought in _said(each))
    rows = [_row(each, known, own) for each in found]
    return sorted(rows, key=lambda row: (not row.is_own, row.label.casefold()))


def counts(rows: Iterable[ConceptRow], seen_by: Person) -> dict[str, int]:
    """How many listings that this person sees tell of each concept itself. Cost: one query."""
    keys = [row.key for row in rows]
    if not keys:
        return {}
    numbers = {
        f"n{place}": Count("pk", filter=Q(meant__contains=[key])) for place, key in enumerate(keys)
    }
    found = Listing.objects.visible_to(seen_by).order_by().aggregate(**numbers)
    return {key: found[f"n{place}"] for place, key in enumerate(keys)}


def _said(concept: Concept) -> str:
    labels = (label for some in concept.labels.values() for label in some)
    return "\n".join([concept.key, *labels]).casefold()


def _row(concept: Concept, known: Thesaurus, own: set[str]) -> ConceptRow:
    is_own = concept.key in own
    broader = [known[key].label(active_language()) for key in concept.broader if key in known.row]
    return ConceptRow(concept, broader, is_own, is_own and concept.key in bundled_thesaurus().row)
