"""What can be asked about questions. `visible_to` is the only door."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, Q, When

from katalysator.coalition.models import Organisation, Person
from katalysator.engine.search import Sought
from katalysator.groups.models import WorkingGroup
from katalysator.questions.workflow import OPEN, OVER, QUESTION
from katalysator.search.finding import Found, find, ranked, understood
from katalysator.search.models import found_by

if TYPE_CHECKING:
    from katalysator.questions.models import (  # noqa: F401 — named in the bases
        Question,
        Reply,
        Routing,
    )

_TOLD: Final = ("title", "text")
"""By what words questions are found."""
_NO_LONGER: Final = "refused"
_KEPT: Final = ("", "answered", "late", "moved", "over")
"""How it ended that somebody had a question, where they may go on reading it."""


def _to(person: Person | AnonymousUser, path: str = "") -> Q:
    """What went to organisations that somebody speaks for, or to working groups that they are in."""
    mine = Organisation.objects.of(person).values("pk")
    groups = WorkingGroup.objects.of_person(person).values("pk")
    return Q(**{f"{path}organisation__in": mine}) | Q(**{f"{path}group__in": groups})


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """What this person may see: the public ones, one's own, those that one got; all for the bureau.

        What an unproven address asked is seen by nobody.
        """
        return self.filter(Q(visibility="public") | self._involving(person))

    def involving(self, person: Person | AnonymousUser) -> Self:
        """Those of which this person may see all: one's own, those that one got; all for the bureau."""
        return self.filter(self._involving(person))

    def public(self) -> Self:
        """Those that everybody may read."""
        return self.filter(visibility="public")

    def answered_in_public(self) -> Self:
        """Those of these with an answer that everybody may read."""
        return self.public().filter(replies__kind="answer", replies__visibility="public").distinct()

    def received_by(self, person: Person | AnonymousUser, *, now: bool = False) -> Self:
        """Those that somebody's organisations or groups have, or had and did not refuse; with `now` have only."""
        if not person.pk:
            return self.none()
        outcomes = [""] if now else _KEPT
        got = self.model._default_manager.filter(
            _to(person, "routings__"), routings__outcome__in=outcomes
        )
        return self.filter(pk__in=got.values("pk"))

    def open(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(state__in=OPEN)

    def waiting(self) -> Self:
        """Those that wait for the bureau, the oldest first."""
        return self.filter(state="waiting").order_by("asked_at", "pk")

    def urgent(self) -> Self:
        """All, those that wait for the bureau first, then those that somebody has; the oldest of these first."""
        turn = Case(
            When(state="waiting", then=0), When(state="with", then=1), default=2,
            output_field=models.IntegerField(),
        )  # fmt: skip
        return self.order_by(turn, "asked_at", "pk")

    def of(self, person: Person | AnonymousUser) -> Self:
        """Those that somebody asked."""
        return self.filter(asker_id=person.pk) if person.pk else self.none()

    def in_state(self, state: str) -> Self:
        """Those that wait for an answer, those that have one, or those in one state."""
        return self.filter(
            state__in={"open": OPEN, "answered": ("answered", "closed")}.get(state, [state])
        )

    def answered_by(self, organisation: Organisation) -> Self:
        """Those that an organisation answered in public."""
        answers = {"replies__organisation": organisation, "replies__visibility": "public"}
        return self.public().filter(**answers).distinct()

    def found(self, query: Sought) -> list[Found]:
        """What is relevant to a query, the best first. Cost: see `find`."""
        return find(self, query, told=_TOLD)

    def about(self, words: str) -> Self:
        """Questions that are found by these words, the most relevant first; all for no words."""
        if not words.strip():
            return self
        return ranked(self, self.found(understood(words)))

    def with_receivers(self) -> Self:
        """Bring along who has each, and what it is about, for lists."""
        unshown = found_by("", "routing__organisation__")
        found = self.select_related("area", "routing__organisation", "routing__group")
        return found.defer(*unshown)

    def outlived(self, unproven_since: datetime, over_since: datetime) -> Self:
        """Those with something to be forgotten: never confirmed, or over, since then."""
        return self.filter(
            Q(state=QUESTION.initial, moved_at__lt=unproven_since)
            | Q(state__in=OVER, asker=None, moved_at__lt=over_since)
            & (~Q(email="") | ~Q(visibility="public"))
        )

    def resting(self, since: datetime) -> Self:
        """Those that were answered, and of which nobody heard since then."""
        return self.filter(state="answered", moved_at__lt=since)

    def late(self, day: date) -> Self:
        """Those that somebody has since that day, or longer."""
        return self.filter(state="with", routing__routed_at__date__lte=day)

    def _involving(self, person: Person | AnonymousUser) -> Q:
        if not person.is_authenticated:
            return Q(pk__in=())
        if person.is_coordinator:
            return ~Q(state=QUESTION.initial)
        return Q(asker_id=person.pk) | Q(pk__in=self.model.objects.received_by(person).values("pk"))


class RoutingQuerySet(models.QuerySet["Routing"]):
    """Who got questions."""

    def of(self, person: Person | AnonymousUser) -> Self:
        """Those to organisations that somebody speaks for, or to working groups that they are in."""
        return self.filter(_to(person)) if person.pk else self.none()

    def open(self) -> Self:
        """Those that are not over: one a question at most."""
        return self.filter(outcome="")

    def refused(self) -> Self:
        """Those of whom it was not."""
        return self.filter(outcome=_NO_LONGER)

    def with_receivers(self) -> Self:
        """Bring along who got each."""
        return self.select_related("organisation", "group").defer(*found_by("organisation__"))


class ReplyQuerySet(models.QuerySet["Reply"]):
    """What was said to questions."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """What this person may see: all of questions that involve them, of others what is public."""
        questions: Any = self.model._meta.get_field("question").related_model._default_manager
        inside = questions.involving(person).values("pk")
        public = questions.public().values("pk")
        return self.filter(Q(question__in=inside) | Q(visibility="public", question__in=public))

    def answers(self) -> Self:
        """Answers only."""
        return self.filter(kind="answer")

    def with_givers(self) -> Self:
        """Bring along for whom each was given."""
        return self.select_related("organisation", "group").defer(*found_by("organisation__"))
