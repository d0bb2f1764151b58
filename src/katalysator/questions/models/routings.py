"""Who got a question."""

from typing import ClassVar, Final

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Organisation
from katalysator.groups.models import WorkingGroup
from katalysator.questions.models.questions import Question
from katalysator.questions.queries import RoutingQuerySet

_ONE_RECEIVER: Final = Q(organisation__isnull=True) ^ Q(group__isnull=True)


class Routing(models.Model):
    """A question that was sent to an organisation or a working group, and what came of it.

    `shared` holds the concepts that it and the question tell of, by which it was chosen; `as_contact` that it is the
    contact point of what the question is about. Without `sender` the house sent it by itself. Who said that it is not
    for them (`refused`, with the `reason`) never gets the same question again.
    """

    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("Answered")
        REFUSED = "refused", _("Not for them")
        LATE = "late", _("No answer in time")
        MOVED = "moved", _("Sent to somebody else")
        OVER = "over", _("Not needed any more")

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="routings")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="questions_got"
    )
    group = models.ForeignKey(
        WorkingGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="questions_got"
    )
    shared = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    as_contact = models.BooleanField(default=False)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    routed_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reason = models.TextField(max_length=1_000, blank=True)

    objects: ClassVar = RoutingQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=_ONE_RECEIVER, name="routing_to_one"),
            models.CheckConstraint(
                condition=Q(outcome="", ended_at__isnull=True)
                | (~Q(outcome="") & Q(ended_at__isnull=False)),
                name="routing_ends_somehow",
            ),
            models.UniqueConstraint(
                fields=["question"], condition=Q(outcome=""), name="question_with_one_at_a_time"
            ),
            *(
                models.UniqueConstraint(
                    fields=["question", receiver],
                    condition=Q(outcome__in=["", "refused"]),
                    name=f"question_never_again_to_{receiver}",
                )
                for receiver in ("organisation", "group")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} · {self.receiver}"

    @property
    def receiver(self) -> Organisation | WorkingGroup:
        """Who got it."""
        found = self.organisation or self.group
        if found is None:
            raise ValueError("The database keeps no routing to nobody.")
        return found
