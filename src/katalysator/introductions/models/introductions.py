"""Introductions."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from katalysator.core.addresses import address
from katalysator.core.models import Salted
from katalysator.introductions.queries import IntroductionQuerySet
from katalysator.introductions.reasons import WhyNot
from katalysator.introductions.workflow import INTRODUCTION, KNOWN, OPEN
from katalysator.knowledge.models import KnowledgeItem


class Introduction(Salted):
    """Two or more parties that are asked to meet, or that told that they did.

    `why` is what who proposes it says to the others. `proposer` is the person who did, of a party or of the bureau,
    which is `by_bureau`; none is where a round of matching did, or the account is gone. `stirred_at` is when something
    happened last; since then the parties were reminded `nudges` times. `happened` has each deed with its moment, in order: when it was
    written down is for the trail to say. `reason` and `remark` say why it is over.
    What came of it is an `outcome`, told in `summary`, with what was learned in `lesson`. `met_outside` is what the
    parties told themselves, without a proposal.
    """

    class Outcome(models.TextChoices):
        PROJECT = "project", _("A project together")
        HIRE = "hire", _("Somebody hired, or placed")
        COURSE = "course", _("A course or training")
        DATA = "data", _("A contract to share data")
        PILOT = "pilot", _("A pilot or trial")
        INVESTMENT = "investment", _("An investment")
        OTHER = "other", _("Something else")

    state = models.CharField(max_length=10, default=INTRODUCTION.initial)
    why = models.TextField(max_length=1_000, blank=True)
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by_bureau = models.BooleanField(default=False)
    met_outside = models.BooleanField(default=False)
    proposed_at = models.DateTimeField(default=timezone.now)
    stirred_at = models.DateTimeField(default=timezone.now)
    happened = models.JSONField(default=list, blank=True, editable=False)
    nudges = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=9, choices=WhyNot, blank=True)
    remark = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    summary = models.TextField(max_length=2_000, blank=True)
    lesson = models.TextField(max_length=2_000, blank=True)
    result_at = models.DateField(null=True, blank=True)
    knowledge = models.ForeignKey(
        KnowledgeItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar = IntroductionQuerySet.as_manager()

    class Meta:
        ordering = [F("stirred_at").desc(), F("id").desc()]
        indexes = [
            models.Index(F("stirred_at").desc(), F("id").desc(), name="introduction_newest"),
            models.Index(fields=["state", "stirred_at"], name="introduction_queue"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=tuple(INTRODUCTION.states)), name="introduction_is_somewhere"
            ),
            models.CheckConstraint(
                condition=~Q(state="result") | ~Q(outcome=""), name="introduction_result_is_told"
            ),
        ]

    def __str__(self) -> str:
        return gettext("Introduction %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        """Where its page is, in the active language."""
        return address("introduction", self.pk)

    @property
    def state_label(self) -> str:
        """Its state in words."""
        return INTRODUCTION.label(self.state)

    @property
    def is_open(self) -> bool:
        """Whether somebody has to do something."""
        return self.state in OPEN

    @property
    def is_known(self) -> bool:
        """Whether the parties know who the others are."""
        return self.state in KNOWN
