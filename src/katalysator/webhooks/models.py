"""Webhooks, and what was sent to them."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Organisation
from katalysator.core.addresses import address
from katalysator.core.language import translate
from katalysator.core.outgoing import LONGEST_ADDRESS
from katalysator.webhooks.events import label_of
from katalysator.webhooks.queries import DeliveryQuerySet, WebhookQuerySet
from katalysator.webhooks.workflow import WEBHOOK


class Webhook(models.Model):
    """An address of a program that is told of events: of an organisation, or of the bureau where there is none.

    It hears of events of its `types` that are of its organisation, and `of_others` what all participants may see. The
    `secret` that signs messages is sealed; so is the one before it, which counts until `old_until`. `failing_since` is
    the first failure after the last that arrived. Its `keeper` added it, or changed it or let it work again last.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="webhooks"
    )
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=LONGEST_ADDRESS)
    types = ArrayField(models.CharField(max_length=40))
    of_others = models.BooleanField(default=False)
    state = models.CharField(max_length=6, default=WEBHOOK.initial)
    secret = models.TextField(editable=False)
    old_secret = models.TextField(blank=True, editable=False)
    old_until = models.DateTimeField(null=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    succeeded_at = models.DateTimeField(null=True, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)

    objects: ClassVar = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=tuple(WEBHOOK.states)), name="webhook_is_somewhere"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where its page is, in the active language."""
        return address("webhook", self.pk)

    @property
    def state_label(self) -> str:
        """Its state in words."""
        return WEBHOOK.label(self.state)

    @property
    def is_running(self) -> bool:
        """Whether it is told of things."""
        takes_part = self.organisation is None or self.organisation.is_participant
        return self.state == WEBHOOK.initial and takes_part

    @property
    def type_labels(self) -> list[str]:
        """Of what it hears, in words."""
        return [label_of(each) for each in self.types]


class Delivery(models.Model):
    """One message to one webhook, and what became of it; its number is that of the message.

    `key` is what it tells of: nothing is told twice. `status` and `answer` are those of the last try, or `problem`
    where there was no answer.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits")
        ARRIVED = "arrived", _("Arrived")
        FAILED = "failed", _("Did not arrive")
        DROPPED = "dropped", _("Not sent: it was paused or switched off")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    key = models.CharField(max_length=80)
    type = models.CharField(max_length=40)
    kind = models.CharField(max_length=30)
    number = models.BigIntegerField()
    path = models.CharField(max_length=200)
    at = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    answer = models.CharField(max_length=500, blank=True)

    objects: ClassVar = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(fields=["webhook", "-made_at", "-id"], name="delivery_newest"),
            models.Index(fields=["made_at"], name="delivery_age"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "key"], name="delivery_once"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.number}"

    @property
    def message_id(self) -> str:
        """What it is called in its headers, at every try."""
        return f"msg_{self.pk.hex}"

    @property
    def type_label(self) -> str:
        """What happened, in words."""
        return label_of(self.type)

    @property
    def problem_label(self) -> str:
        """Why there was no answer, in the active language."""
        return translate(self.problem) if self.problem else ""
