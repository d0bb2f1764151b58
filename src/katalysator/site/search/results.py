"""What is found for a query among all that the asker may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from django.contrib.auth.models import AnonymousUser

from katalysator.coalition.models import Organisation, Person
from katalysator.engine.search import Relevance, Sought
from katalysator.knowledge.models import KnowledgeItem
from katalysator.listings.models import Listing
from katalysator.questions.models import Question
from katalysator.search.finding import MOST, Found, understood

ResultKind: TypeAlias = Literal["need", "offer", "knowledge", "question", "organisation"]
KINDS: Final[tuple[ResultKind, ...]] = ("need", "offer", "knowledge", "question", "organisation")


@dataclass(frozen=True, slots=True)
class Result:
    """A record that was found: what it is, its key, and how relevant it is."""

    kind: ResultKind
    key: int
    relevance: Relevance


@dataclass(frozen=True, slots=True)
class Results:
    """What was found for a query, by kind, each the best first."""

    query: Sought
    found: Mapping[ResultKind, Sequence[Found]]

    def of(self, kind: str = "") -> list[Result]:
        """The results of one kind, or of all, the best first; of equals needs before offers."""
        kinds = [each for each in KINDS if kind in ("", each)]
        results = [Result(each, it.key, it.relevance) for each in kinds for it in self.found[each]]
        return sorted(results, key=lambda result: -result.relevance.total)

    def counted(self) -> dict[ResultKind, int]:
        """How many there are of each kind."""
        return {kind: len(self.found[kind]) for kind in KINDS}

    def is_more(self, kind: str = "") -> bool:
        """Whether there may be more than what is shown: no more than `MOST` of a kind are."""
        return any(len(self.found[each]) >= MOST for each in KINDS if kind in ("", each))


def results(words: str, seen_by: Person | AnonymousUser) -> Results:
    """Look for words among what a person may see: what is open, known or was asked, and who there is."""
    query = understood(words)
    listings = Listing.objects.visible_to(seen_by).open().found(query)
    knowledge = KnowledgeItem.objects.visible_to(seen_by).shown().found(query)
    organisations = Organisation.objects.visible_to(seen_by).found(query)
    return Results(
        query,
        {
            "need": listings["need"],
            "offer": listings["offer"],
            "knowledge": knowledge,
            "question": Question.objects.public().found(query),
            "organisation": organisations,
        },
    )
