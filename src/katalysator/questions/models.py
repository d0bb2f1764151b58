"""Questions to the coalition, who got them, and what was said."""

from typing import ClassVar, Final

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.blocks import Block
from katalysator.coalition.models import Area, Organisation
from katalysator.core.addresses import address
from katalysator.core.language import TEXT_LANGUAGES, language_choices
from katalysator.core.models import Salted
from katalysator.engine.matching import Profile
from katalysator.groups.models import WorkingGroup
from katalysator.knowledge.models import KnowledgeItem
from katalysator.questions.queries import QuestionQuerySet, ReplyQuerySet, RoutingQuerySet
from katalysator.questions.workflow import OPEN, OVER, QUESTION, SHOWN
from katalysator.search.models import Findable

_ONE_RECEIVER: Final = Q(organisation__isnull=True) ^ Q(group__isnull=True)


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
    search = models.GeneratedField(
        expression=SearchVector("title", "text", config="dutch")
        + SearchVector("title", "text", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

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
