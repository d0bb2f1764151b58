"""What is found for a query among all that the asker may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Model, Q

from katalysator.activities.models import Activity
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.coalition.naming import NamedRecords, named
from katalysator.engine.search import Relevance, Sought
from katalysator.groups.models import Decision, Meeting
from katalysator.knowledge.models import KnowledgeFile, KnowledgeItem
from katalysator.listings.models import Listing
from katalysator.questions.models import Question
from katalysator.search.finding import MOST, Found, understood
from katalysator.site.search.facets import narrowed
from katalysator.site.search.kinds import KINDS, ResultKind

_NO_FACETS: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Result:
    """A record that was found: what it is, of which table, its key there, and how relevant it is."""

    kind: ResultKind
    table: type[Model]
    key: int
    relevance: Relevance


@dataclass(frozen=True, slots=True)
class Results:
    """What was found for a query, by kind, each the best first."""

    query: Sought
    found: Mapping[ResultKind, Sequence[Result]]

    def of(self, kind: str = "") -> list[Result]:
        """The results of one kind, or of all, the best first; of equals in the order of `KINDS`."""
        kinds = [each for each in KINDS if kind in ("", each)]
        results = [result for each in kinds for result in self.found[each]]
        return sorted(results, key=lambda result: -result.relevance.total)

    def counted(self) -> dict[ResultKind, int]:
        """How many there are of each kind."""
        return {kind: len(self.found[kind]) for kind in KINDS}

    def is_more(self, kind: str = "") -> bool:
        """Whether there may be more than what is shown: no more than `MOST` of a kind are."""
        return any(len(self.found[each]) >= MOST for each in KINDS if kind in ("", each))


def searched(seen_by: Person | AnonymousUser) -> dict[type[Model], Any]:
    """All that search finds of what a person may see, by table: what is open, known, held or was asked, and who there is."""
    return {
        Listing: Listing.objects.visible_to(seen_by).open(),
        KnowledgeItem: KnowledgeItem.objects.visible_to(seen_by).shown(),
        Activity: Activity.objects.visible_to(seen_by).shown(),
        Question: Question.objects.public(),
        Organisation: Organisation.objects.visible_to(seen_by),
        Membership: Membership.objects.visible_to(seen_by),
        KnowledgeFile: KnowledgeFile.objects.visible_to(seen_by).shown(),
        Meeting: Meeting.objects.visible_to(seen_by),
        Decision: Decision.objects.visible_to(seen_by),
    }


def results(
    words: str, seen_by: Person | AnonymousUser, facets: Mapping[str, str] = _NO_FACETS
) -> Results:
    """Look for words among what a person may see, narrowed down. Cost: a query a table, and two small ones before."""
    query, seen = understood(words), searched(seen_by)
    known = named(query.text)
    owners, told = known.organisations, _telling_of_people(query, known, seen[Listing])
    among = {table: narrowed(records, facets) for table, records in seen.items()}
    listings = among[Listing].found(query, known)
    knowledge = among[KnowledgeItem].found(query, owners)
    activities = among[Activity].found(query, owners)
    questions = among[Question].found(query)
    organisations = among[Organisation].found(query)
    people = among[Membership].found(query, told)
    return Results(
        query,
        {
            "need": _results("need", Listing, listings["need"]),
            "offer": _results("offer", Listing, listings["offer"]),
            "knowledge": _results("knowledge", KnowledgeItem, knowledge),
            "document": _documents(query, among),
            "activity": _results("activity", Activity, activities),
            "question": _results("question", Question, questions),
            "organisation": _results("organisation", Organisation, organisations),
            "person": _results("person", Membership, people),
        },
    )


def _results(kind: ResultKind, table: type[Model], found: Iterable[Found]) -> list[Result]:
    return [Result(kind, table, each.key, each.relevance) for each in found]


def _documents(query: Sought, among: Mapping[type[Model], Any]) -> list[Result]:
    """Files and papers, the best of all first; `MOST` at most."""
    found = [
        result
        for table in (KnowledgeFile, Meeting, Decision)
        for result in _results("document", table, among[table].found(query))
    ]
    return sorted(found, key=lambda result: -result.relevance.total)[:MOST]


def _telling_of_people(query: Sought, known: NamedRecords, listings: Any) -> Q:
    """People of an organisation with the words in its name, or who post in own name about a skill or an area of these words."""
    own = listings.own_telling(query.text, known.areas).order_by()
    is_theirs = Func(
        F("pk"),
        ArraySubquery(
            own.values("membership")
        ),  # as a list, so that the key is looked up in its index
        arg_joiner=" = ANY(",
        template="(%(expressions)s))",
        output_field=BooleanField(),
    )
    return Q(organisation__in=known.organisations) | Q(is_theirs)
