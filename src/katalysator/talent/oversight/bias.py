"""The report on bias: whether two forms of a title find the same, whether Dutch finds what English does, and how groups fare."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from django.utils import timezone

from katalysator import __version__
from katalysator.engine.skills import (
    FIRST_OF_A_LIST,
    CountedShare,
    Find,
    GroupSelection,
    Taxonomy,
    found_first,
    selections,
    shared_first,
    title_forms,
    worst_group,
)
from katalysator.talent.models import ConsultedPerson, VolunteeredGroup
from katalysator.talent.taxonomies.current import current_taxonomy

GENDER_GOAL: Final = 0.95
"""So much of the first ten two forms of a title should share."""
LANGUAGES: Final = ("nl", "en")


@dataclass(frozen=True, slots=True)
class TitleBias:
    """What was measured of finding by titles; None where there was nothing to measure it by."""

    pairs: int
    shared: float | None
    languages: Mapping[str, CountedShare | None]


@dataclass(frozen=True, slots=True)
class BiasReport:
    """All figures, with the day, the software and the taxonomy that they are of."""

    day: date
    engine: str
    taxonomy: str
    titles: TitleBias | None
    groups: Mapping[str, Mapping[str, GroupSelection | None]]
    decided: int

    @property
    def worst(self) -> Mapping[str, str | None]:
        """The group of each kind that is invited least often, where any is told."""
        return {kind: worst_group(found) for kind, found in self.groups.items()}


FindIn: TypeAlias = Callable[[str, str], Sequence[int]]
"""Finds occupations by a title in a language: their rows, the surest first."""


def bias_report(find: FindIn | None = None, taxonomy: Taxonomy | None = None) -> BiasReport:
    """The report of now; without what finds occupations by a title nothing is said of titles. Cost: three queries, and a search for each title."""
    used = taxonomy or current_taxonomy()
    return BiasReport(
        day=timezone.localdate(),
        engine=__version__,
        taxonomy=f"{used.name} {used.version}" if used else "",
        titles=title_bias(used, find) if used and find else None,
        groups={kind: selections(_counted(kind)) for kind in ("gender", "age")},
        decided=ConsultedPerson.objects.decided().count(),
    )


def titles_tried(taxonomy: Taxonomy) -> int:
    """How many titles `title_bias` tries."""
    labels = (taxonomy.occupations.labels.get(language, ()) for language in LANGUAGES)
    named = sum(bool(some) for rows in labels for some in rows)
    return named + 2 * sum(1 for _pair in title_forms(taxonomy))


def title_bias(taxonomy: Taxonomy, find: FindIn) -> TitleBias:
    """What two forms of a title share of the first ten found, and how often the preferred label of each language finds its work first."""
    pairs = [(each.masculine, each.feminine) for each in title_forms(taxonomy)]
    named = {
        language: [
            (labels[0], row)
            for row, labels in enumerate(taxonomy.occupations.labels.get(language, ()))
            if labels
        ]
        for language in LANGUAGES
    }
    return TitleBias(
        len(pairs),
        shared_first(pairs, _in(find, "nl"), FIRST_OF_A_LIST),
        {language: found_first(titles, _in(find, language)) for language, titles in named.items()},
    )


def _in(find: FindIn, language: str) -> Find:
    return lambda title: find(title, language)


def _counted(kind: str) -> dict[str, tuple[int, int]]:
    """By group, on how many of its people a decision was made, each in their last list, and how many of those were invited."""
    decided = ConsultedPerson.objects.decided().filter(person__isnull=False)
    last = decided.order_by("person", "-decided_at", "-pk").distinct("person")
    decisions = dict(last.values_list("person", "decision"))
    told = VolunteeredGroup.objects.exclude(**{kind: ""}).values_list("person", kind)
    people: Counter[str] = Counter()
    invited: Counter[str] = Counter()
    for person, group in told:
        if person in decisions:
            people[group] += 1
            invited[group] += decisions[person] == ConsultedPerson.Decision.INVITE
    return {group: (invited[group], count) for group, count in people.items()}
