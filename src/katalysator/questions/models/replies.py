"""What was said to a question."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Organisation
from katalysator.groups.models import WorkingGroup
from katalysator.questions.models.questions import Question
from katalysator.questions.queries import ReplyQuerySet


class Reply(models.Model):
    """What was said to a question: an answer, or more by who asked.

    An answer is given for an `organisation`, for a `group`, or by the bureau where it is neither. What is public is
    read by everybody along with the question; what is offered becomes so with the next answer in public. Who asked
    says whether it `helped`.
    """

    class Kind(models.TextChoices):
        ANSWER = "answer", _("Answer")
        MORE = "more", _("More from who asked")

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="replies")
    kind = models.CharField(max_length=6, choices=Kind)
    text = models.TextField(max_length=8_000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="answers"
    )
    group = models.ForeignKey(
        WorkingGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="answers"
    )
    visibility = models.CharField(
        max_length=8, choices=Question.Visibility, default=Question.Visibility.PRIVATE
    )
    helped = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = "replies"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="reply_says_something"),
            models.CheckConstraint(
                condition=Q(kind="answer")
                | Q(helped=False, organisation__isnull=True, group__isnull=True),
                name="reply_of_asker_is_no_answer",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | Q(group__isnull=True),
                name="reply_for_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} · {self.kind}"

    @property
    def is_answer(self) -> bool:
        """Whether it answers, or asks more."""
        return self.kind == self.Kind.ANSWER

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it along with the question."""
        return self.visibility == Question.Visibility.PUBLIC

    @property
    def given_for(self) -> Organisation | WorkingGroup | None:
        """For whom an answer was given; None for the bureau."""
        return self.organisation or self.group

    @property
    def knower(self) -> Organisation | None:
        """Whose knowledge an answer is: of a group that of whom its author is in it for. None for the bureau's."""
        if self.group is None or self.author_id is None:
            return self.organisation
        members = self.group.memberships.members().select_related("organisation")
        member = members.filter(person=self.author_id).first()
        return member.organisation if member else None
