"""What can be asked about knowledge. `visible_to` is the only door."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.queries import OrganisationQuerySet, speaks_for_any
from katalysator.engine.search import Sought
from katalysator.knowledge.workflow import CURRENT, GIVEN, IN_REVIEW, SHOWN
from katalysator.search.finding import FEW, MANY, Found, find, ranked, understood
from katalysator.search.models import found_by

if TYPE_CHECKING:
    from katalysator.knowledge.models import (  # noqa: F401 — named in the bases
        KnowledgeFile,
        KnowledgeItem,
        KnowledgeReview,
    )

_TOLD: Final = ("title", "text", "organisation__folded_names")
"""By what words knowledge is found."""
SIGNS_IN_NAMES: Final = "._-"
"""They stand for spaces in the names of files."""
NAME_IN_WORDS: Final = Func(
    "name",
    Value(SIGNS_IN_NAMES),
    Value(" " * len(SIGNS_IN_NAMES)),
    function="translate",
    output_field=models.TextField(),
)
"""The name of a file as people would say it."""


def peers_of(person: Person | AnonymousUser, item: "KnowledgeItem") -> OrganisationQuerySet:
    """The participants for which a person may judge or use an item: none for who is of its giver. Cost: see Person."""
    participants = Organisation.objects.participants()
    if not person.is_authenticated or item.organisation_id in person.own_organisations:
        return participants.none()
    return participants.of(person)


class KnowledgeItemQuerySet(models.QuerySet["KnowledgeItem"]):
    """Knowledge."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """What this person may see.

        What is shown; for participants what is meant for them, and what waits for their review; one's own;
        all for the bureau.
        """
        if person.is_authenticated and person.is_coordinator:
            return self
        shown = Q(state__in=SHOWN)
        if not speaks_for_any(person):
            return self.filter(shown, visibility="everyone")
        mine = Organisation.objects.of(person).values("pk")
        return self.filter(shown | Q(state=IN_REVIEW) | Q(organisation__in=mine))

    def shown(self) -> Self:
        """What was published: what is current, and what is outdated."""
        return self.filter(state__in=SHOWN)

    def current(self) -> Self:
        """What is published, and not outdated."""
        return self.filter(state=CURRENT)

    def in_review(self) -> Self:
        """What waits for reviews."""
        return self.filter(state=IN_REVIEW)

    def of(self, person: Person | AnonymousUser) -> Self:
        """Knowledge of the organisations that this person speaks for."""
        mine = Q(organisation__memberships__person_id=person.pk)
        return self.filter(mine) if person.pk else self.none()

    def in_area(self, slug: str) -> Self:
        """Knowledge of an application area."""
        return self.filter(areas__contains=[slug])

    def in_block(self, block: str) -> Self:
        """Knowledge of a building block."""
        return self.filter(blocks__contains=[block])

    def found(
        self, query: Sought, owners: Collection[int] | None = None, *, each_way: int = MANY
    ) -> list[Found]:
        """What is relevant to a query, the best first.

        `owners` are the organisations with the words of the query in a name, where they are at hand. Cost: see
        `find`, and a small query before where they are not.
        """
        if owners is None:
            owners = Organisation.objects.keys_named(query.text)
        theirs = Q(organisation__in=owners) if owners else None
        return find(self, query, told=_TOLD, named=theirs, each_way=each_way)

    def most_relevant(self, query: Sought, most: int) -> list["KnowledgeItem"]:
        """The first of what is relevant to a query, for a list. Cost: see `find`, and one query more."""
        found = find(self, query, told=_TOLD)[:most]
        return list(ranked(self, found).with_names()) if found else []

    def about(self, words: str) -> Self:
        """Knowledge that is found by these words, the most relevant first; all for no words."""
        if not words.strip():
            return self
        return ranked(self, self.found(understood(words)))

    def unconfirmed(self, since: datetime) -> Self:
        """What is current, and nobody said to be correct since then."""
        return self.current().filter(confirmed_at__lt=since)

    def with_counts(self) -> Self:
        """How many organisations used it (`use_count`), and how many found it good (`good_count`)."""
        return self.annotate(
            use_count=self._counted("uses"),
            good_count=self._counted("reviews", state=GIVEN, verdict="good"),
        )

    def _counted(self, name: str, **which: str) -> Coalesce:
        """How many rows of a table that hangs on an item there are."""
        table: Any = self.model._meta.get_field(name).related_model
        rows = table.objects.filter(item=OuterRef("pk"), **which).order_by().values("item")
        return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0)

    def with_names(self) -> Self:
        """Bring the organisations along, for lists."""
        return self.select_related("organisation").defer(*found_by("", "organisation__"))


class KnowledgeReviewQuerySet(models.QuerySet["KnowledgeReview"]):
    """Reviews."""

    def given(self) -> Self:
        """Those that say something."""
        return self.filter(state=GIVEN)

    def good(self) -> Self:
        """Those after which an item may be published."""
        return self.given().filter(verdict="good")

    def asked_of(self, person: Person | AnonymousUser) -> Self:
        """Those that organisations of this person were asked for, while the item waits for them."""
        mine = Organisation.objects.of(person).values("pk")
        return self.filter(state="asked", item__state=IN_REVIEW, organisation__in=mine)


class KnowledgeFileQuerySet(models.QuerySet["KnowledgeFile"]):
    """Files."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """Those of what this person may see."""
        items: Any = self.model._meta.get_field("item").related_model
        seen = items.objects.visible_to(person)
        return self.filter(item__in=seen.values("pk"))

    def shown(self) -> Self:
        """Those of what was published."""
        return self.filter(item__state__in=SHOWN)

    def found(self, query: Sought) -> list[Found]:
        """Those that are relevant to a query by their names and their texts, the best first. Cost: see `find`."""
        return find(self, query, told=(NAME_IN_WORDS, "text"), each_way=FEW)

    def with_items(self) -> Self:
        """Bring along what they come with, and of whom, for lists."""
        unshown = found_by("item__", "item__organisation__")
        return self.select_related("item__organisation").defer(None).defer(*unshown)

    def unread(self) -> Self:
        """Those of which nobody read the text yet."""
        return self.filter(text=None)

    def with_texts(self) -> Self:
        """Bring along what they say, to be read."""
        return self.defer(None)

    def total(self) -> int:
        """How many bytes they have together."""
        return self.aggregate(total=models.Sum("size"))["total"] or 0


class KnowledgeFileManager(models.Manager.from_queryset(KnowledgeFileQuerySet)):  # type: ignore[misc]
    """Files, without their texts, which are long and only for search."""

    def get_queryset(self) -> Any:
        """All files."""
        return super().get_queryset().defer("text", *found_by(""))
