"""Concepts as the page lists them: those of the coalition first, then ours, with who tells of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, Lower

from katalysator.coalition.models import Person
from katalysator.core.language import active_language
from katalysator.engine.concepts import Concept, bundled_thesaurus
from katalysator.listings.models import Listing
from katalysator.listings.subjects import counts_by_subject
from katalysator.readings.models import CoalitionConcept

_LANGUAGES: Final = ("nl", "en")
_SHOWN: Final = 5  # labels of a language


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
    def labels(self) -> Sequence[tuple[str, Sequence[str], int]]:
        """By language: its first labels, and how many more there are."""
        every = ((name, some) for name, some in self.concept.labels.items() if some)
        return [(name, some[:_SHOWN], max(0, len(some) - _SHOWN)) for name, some in every]


@dataclass(frozen=True)
class FoundConcepts:
    """The concepts with some words in a label or the key, of which a page is looked up at a time."""

    words: str

    def __len__(self) -> int:
        return self.own_count + len(self.ours)

    @cached_property
    def own_count(self) -> int:
        """How many of them are the coalition's. Cost: one query."""
        return self._own.count()

    @cached_property
    def ours(self) -> Sequence[Concept]:
        """Ours, but for those in whose place the coalition put one, by their labels. Cost: one query."""
        sought = self.words.casefold()
        found = (each for each in bundled_thesaurus().concepts if sought in _said(each))
        left = (each for each in found if each.key not in self._mended)
        return sorted(left, key=lambda each: each.label(active_language()).casefold())

    def rows(self, places: range) -> list[ConceptRow]:
        """Those at some places, that follow each other. Cost: two queries at most."""
        own = self._own[places.start : places.stop] if places.start < self.own_count else ()
        start = max(0, places.start - self.own_count)
        ours = self.ours[start : start + len(places) - len(own)]
        return self._with_broader([each.as_concept() for each in own], ours)

    @property
    def _own(self) -> QuerySet[CoalitionConcept]:
        """The coalition's, by the labels that are shown."""
        every = CoalitionConcept.objects.filter(is_removed=False)
        if self.words:
            every = every.annotate(**{f"{name}_text": _joined(name) for name in _LANGUAGES}).filter(
                Q(key__icontains=self.words)
                | Q(nl_text__icontains=self.words)
                | Q(en_text__icontains=self.words)
            )
        names = dict.fromkeys((active_language(), *_LANGUAGES))
        label = Coalesce(*(F(f"{name}__0") for name in names if name in _LANGUAGES))
        return every.order_by(Lower(label), "key")

    @cached_property
    def _mended(self) -> frozenset[str]:
        every = CoalitionConcept.objects.filter(is_removed=False, key__in=bundled_thesaurus().row)
        return frozenset(every.values_list("key", flat=True))

    def _with_broader(self, own: Sequence[Concept], ours: Sequence[Concept]) -> list[ConceptRow]:
        names = _names({key for each in (*own, *ours) for key in each.broader})
        return [
            ConceptRow(
                each,
                [names[key] for key in each.broader if key in names],
                is_own,
                is_own and each.key in self._mended,
            )
            for is_own, some in ((True, own), (False, ours))
            for each in some
        ]


def counts(rows: Iterable[ConceptRow], seen_by: Person) -> dict[str, int]:
    """How many listings that this person sees tell of each concept itself. Cost: one query."""
    keys = [row.key for row in rows]
    found = counts_by_subject(Listing.objects.visible_to(seen_by), keys) if keys else {}
    return {key: found.get(key, 0) for key in keys}


def _names(keys: set[str]) -> Mapping[str, str]:
    """What concepts are called for who reads, by their keys. Cost: one query."""
    ours = bundled_thesaurus()
    found = {key: ours[key] for key in keys if key in ours.row}
    own = CoalitionConcept.objects.filter(is_removed=False, key__in=keys)
    found |= {row.key: row.as_concept() for row in own}
    return {key: each.label(active_language()) for key, each in found.items()}


def _joined(field: str) -> Func:
    return Func(F(field), Value("\n"), function="array_to_string", output_field=TextField())


def _said(concept: Concept) -> str:
    labels = (label for some in concept.labels.values() for label in some)
    return "\n".join([concept.key, *labels]).casefold()
