"""Questions to the coalition."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.blocks import Block
from katalysator.coalition.models import Area
from katalysator.core.addresses import address
from katalysator.core.language import TEXT_LANGUAGES, language_choices
from katalysator.core.models import Salted
from katalysator.engine.matching import Profile
from katalysator.knowledge.models import KnowledgeItem
from katalysator.questions.queries import QuestionQuerySet
from katalysator.questions.workflow import OPEN, OVER, QUESTION, SHOWN
from katalysator.search.models import Findable, words_column


class Question(Findable, Salted):
    """What somebody wants to know: the question in a line, and more about it where there is more.

    It is of an account (`asker`), or of an address (`email`) for which a link in a mail is the key. It is of neither
    once who asked is gone, or forgotten. Who asked is never shown. `asked_at` is when it could be answered,
    `answered_at` when it was. `routing` is who has it, or answered it. `knowledge` is what was made of it.
    """

    class Visibility(models.TextChoices):
        PRIVATE = "private", _("Only for who answers")
        OFFERED = "offered", _("May be shown to everybody")
        PUBLIC = "public", _("Everybody may read it")
        HIDDEN = "hidden", _("Hidden by the bureau")

    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="questions",
    )
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=12, choices=language_choices)
    text_language = models.CharField(max_length=2, choices=list(TEXT_LANGUAGES.items()))
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=4_000, blank=True)
    area = models.ForeignKey(
        Area, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    block = models.CharField(max_length=10, choices=Block, blank=True)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PRIVATE)
    state = models.CharField(max_length=10, default=QUESTION.initial)
    reason = models.TextField(max_length=1_000, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    routing = models.OneToOneField(
        "Routing", on_delete=models.SET_NULL, null=True, blank=True, related_name="now_of"
    )
    knowledge = models.ForeignKey(
        KnowledgeItem,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="questions",
    )
    search = words_column("title", "text")

    objects: ClassVar = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [
            models.Index(fields=["state", "asked_at"], name="question_queue"),
            models.Index(
                F("asked_at").desc(),
                F("id").desc(),
                condition=Q(visibility="public"),
                name="question_list",
            ),
            GinIndex(fields=["meant"], name="question_meant"),
            GinIndex(fields=["search"], name="question_search"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="question_asks_something"),
            models.CheckConstraint(
                condition=Q(asker__isnull=True) | Q(email=""), name="question_of_one_asker"
            ),
            models.CheckConstraint(
                condition=~Q(visibility="public") | Q(state__in=SHOWN),
                name="question_public_while_shown",
            ),
            models.CheckConstraint(
                condition=~Q(state="with") | Q(routing__isnull=False),
                name="question_with_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["asked", "waiting"]) | Q(routing__isnull=True),
                name="question_waiting_is_with_nobody",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_at__isnull=False),
                name="question_answered_some_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where its page is, in the active language."""
        return address("question", self.pk)

    def as_profile(self) -> Profile:
        """What it says, for the engine to read."""
        return Profile(
            key=str(self.pk), title=self.title, text=self.text, language=self.text_language
        )

    @property
    def state_label(self) -> str:
        """Its state in words."""
        return QUESTION.label(self.state)

    @property
    def block_label(self) -> str:
        """The building block that it is about, in words; nothing for none."""
        return str(Block(self.block).label) if self.block else ""

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state in OPEN

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to come of it."""
        return self.state in OVER

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.visibility == self.Visibility.PUBLIC

    @property
    def may_be_public(self) -> bool:
        """Whether it may be answered in public."""
        return self.visibility in (self.Visibility.OFFERED, self.Visibility.PUBLIC)

    @property
    def is_of_stranger(self) -> bool:
        """Whether who asked has no account."""
        return bool(self.email)
