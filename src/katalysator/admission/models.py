"""Who wants to come in, until they do: organisations that apply, and people who are to speak for one."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from katalysator.admission.joining.workflow import JOINING
from katalysator.admission.queries import ApplicationQuerySet, JoiningQuerySet
from katalysator.admission.workflow import APPLICATION
from katalysator.coalition.models import Membership, Organisation
from katalysator.core.language import TEXT_LANGUAGES, language_choices
from katalysator.core.models import Salted


class Application(Salted):
    """What an organisation says of itself and promises, and the address of who says so.

    `organisation` is its record in the directory, where it has one; that it became, once it is admitted.
    `promises` holds what it brings by kind, as amount and note. Who applied has no account: a link in a mail
    to the address is the key. What is over or was never confirmed is forgotten after a while.
    """

    email = models.EmailField()
    language = models.CharField(max_length=12, choices=language_choices)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="applications"
    )
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=Organisation.Kind)
    kvk = models.CharField(max_length=8, blank=True)
    website = models.URLField(blank=True)
    city = models.CharField(max_length=80, blank=True)
    region = models.CharField(max_length=5)
    areas = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    text_language = models.CharField(max_length=2, choices=list(TEXT_LANGUAGES.items()))
    about = models.TextField(max_length=2_000)
    motivation = models.TextField(max_length=2_000, blank=True)
    promises = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=APPLICATION.initial)
    reason = models.TextField(max_length=1_000, blank=True)
    sent_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects: ClassVar = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "id"]
        indexes = [models.Index(fields=["state", "sent_at"], name="application_queue")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where the bureau reads it, in the active language."""
        return reverse("application", args=[self.pk])

    @property
    def state_label(self) -> str:
        """Its state in words."""
        return APPLICATION.label(self.state)


class Joining(Salted):
    """An address that is invited to speak for an organisation, or asks to.

    Its key is a link in a mail to the address. What is over or was left lying is forgotten after a while.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="joinings"
    )
    email = models.EmailField()
    language = models.CharField(max_length=12, choices=language_choices)
    role = models.CharField(max_length=10, choices=Membership.Role, default=Membership.Role.MEMBER)
    state = models.CharField(max_length=10)
    sent_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = JoiningQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(state__in=["invited", "asked", "waiting"]),
                name="one_open_joining_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.state}"

    @property
    def state_label(self) -> str:
        """Its state in words."""
        return JOINING.label(self.state)
