"""What parties say to each other, and what they are to do."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.introductions.models.introductions import Introduction
from katalysator.introductions.models.parties import Party
from katalysator.introductions.queries import NextStepQuerySet, ThreadMessageQuerySet


class ThreadMessage(models.Model):
    """What somebody of a party says to the others, on the page or by mail; `mail_id` names the mail that it came in."""

    introduction = models.ForeignKey(
        Introduction, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    party = models.ForeignKey(
        Party, on_delete=models.SET_NULL, null=True, blank=True, related_name="messages"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField(max_length=5_000)
    at = models.DateTimeField(default=timezone.now)
    mail_id = models.CharField(max_length=64, blank=True)

    objects: ClassVar = ThreadMessageQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["introduction", "id"], name="thread_message_order")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="thread_message_says_something"),
            models.UniqueConstraint(
                fields=["introduction", "mail_id"],
                condition=~Q(mail_id=""),
                name="thread_message_mail_once",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk} of {self.introduction_id}"


class NextStep(models.Model):
    """What is to be done, by which party and by when; a milestone, once the parties agreed."""

    class Kind(models.TextChoices):
        STEP = "step", _("Next step")
        MILESTONE = "milestone", _("Milestone")

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.STEP)
    what = models.CharField(max_length=200)
    party = models.ForeignKey(
        Party, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = NextStepQuerySet.as_manager()

    class Meta:
        ordering = [F("due").asc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="next_step_says_something")
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_done(self) -> bool:
        """Whether it was ticked."""
        return self.done_at is not None

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been done by now."""
        return not self.is_done and self.due is not None and self.due < timezone.localdate()
