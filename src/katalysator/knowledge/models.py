"""What participants share of what they know, what peers say of it, who used it, and the files that come with it."""

from typing import ClassVar, Final
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.blocks import Block
from katalysator.coalition.models import Organisation
from katalysator.core.addresses import address
from katalysator.core.attachments.kinds import AttachmentKind
from katalysator.core.identifiers import work_address
from katalysator.core.language import TEXT_LANGUAGES
from katalysator.core.markdown import as_text
from katalysator.engine.matching import Profile
from katalysator.knowledge.importing.models import KnowledgeKey  # noqa: F401 — a table of this room
from katalysator.knowledge.queries import (
    NAME_IN_WORDS,
    SIGNS_IN_NAMES,
    KnowledgeFileManager,
    KnowledgeItemQuerySet,
    KnowledgeReviewQuerySet,
)
from katalysator.knowledge.workflow import (
    CURRENT,
    GIVEN,
    KNOWLEDGE,
    REVIEWING,
    SHOWN,
    UNFINISHED,
)
from katalysator.search.models import Findable, words_column

_READ_OF_FILE: Final = 5_000  # characters by which a file is found by its meaning
LICENCES: Final = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "EUPL-1.2": "https://joinup.ec.europa.eu/collection/eupl/eupl-text-eupl-12",
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
    "MIT": "https://opensource.org/license/mit",
}
"""Where the terms of a licence stand, by its name in the list of SPDX."""


class KnowledgeItem(Findable):
    """Something that a participant learned or made, for others to use.

    `text` is Markdown. `identifier` is what a work is known by elsewhere, as “doi:10.1000/182”. Its `author`
    is named only by own choice, by the name that they gave to be found at this organisation. `confirmed_at`
    is when somebody last said that it is correct.
    """

    class Kind(models.TextChoices):
        PRACTICE = "practice", _("Best practice")
        LESSON = "lesson", _("Lesson learned")
        PUBLICATION = "publication", _("Publication")
        TOOL = "tool", _("Tool")
        FRAMEWORK = "framework", _("Framework or guideline")
        COURSE = "course", _("Teaching material")
        ANSWER = "answer", _("Answer to a question")

    class Stage(models.TextChoices):
        IDEA = "idea", _("Idea")
        EXPERIMENT = "experiment", _("Experiment")
        PILOT = "pilot", _("Pilot")
        USE = "use", _("In use")

    class Visibility(models.TextChoices):
        EVERYONE = "everyone", _("Everyone")
        PARTICIPANTS = "participants", _("Participants of the coalition")

    class Licence(models.TextChoices):
        CC0 = "CC0-1.0", _("Free for everything (CC0)")
        BY = "CC-BY-4.0", _("Free with our name (CC BY)")
        BY_SA = "CC-BY-SA-4.0", _("Free with our name, under the same licence (CC BY-SA)")
        BY_NC = "CC-BY-NC-4.0", _("Free with our name, not to earn money with (CC BY-NC)")
        EUPL = "EUPL-1.2", _("Open-source software (EUPL)")
        APACHE = "Apache-2.0", _("Open-source software (Apache)")
        MIT = "MIT", _("Open-source software (MIT)")
        RESERVED = "reserved", _("All rights reserved: read only")

    kind = models.CharField(max_length=12, choices=Kind)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="knowledge"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    is_author_named = models.BooleanField(default=False)
    language = models.CharField(max_length=2, choices=list(TEXT_LANGUAGES.items()))
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=20_000, blank=True)
    areas = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    blocks = ArrayField(models.CharField(max_length=10, choices=Block), default=list, blank=True)
    stage = models.CharField(max_length=10, choices=Stage, blank=True)
    link = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=12, choices=Licence, blank=True)
    identifier = models.CharField(max_length=170, blank=True)
    visibility = models.CharField(max_length=12, choices=Visibility, default=Visibility.EVERYONE)
    state = models.CharField(max_length=10, default=KNOWLEDGE.initial)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    search = words_column("title", "text")

    objects: ClassVar = KnowledgeItemQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                F("published_at").desc(nulls_last=True), F("id").desc(), name="knowledge_newest"
            ),
            models.Index(
                fields=["confirmed_at"], condition=Q(state=CURRENT), name="knowledge_ageing"
            ),
            models.Index(
                fields=["state", "visibility", "organisation", "id"],
                include=["signs"],
                name="knowledge_scan",
            ),
            GinIndex(fields=["meant"], name="knowledge_meant"),
            GinIndex(fields=["search"], name="knowledge_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=SHOWN)
                | (~Q(text="") & Q(published_at__isnull=False, confirmed_at__isnull=False)),
                name="knowledge_shown_is_finished",
            ),
            models.CheckConstraint(
                condition=Q(identifier="") | Q(identifier__regex=r"^(doi:10\.|arxiv:|isbn:97[89])"),
                name="knowledge_identifier_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where its page is, in the active language."""
        return address("knowledge-item", self.pk)

    def as_profile(self) -> Profile:
        """What it says, for the engine to read."""
        return Profile(
            key=str(self.pk), title=self.title, text=self.plain_text, language=self.language
        )

    @property
    def plain_text(self) -> str:
        """Its words, without the signs of Markdown."""
        return as_text(self.text)

    @property
    def kind_label(self) -> str:
        """Its kind in words."""
        return str(self.Kind(self.kind).label)

    @property
    def state_label(self) -> str:
        """Its state in words."""
        return KNOWLEDGE.label(self.state)

    @property
    def is_unfinished(self) -> bool:
        """Whether it is still to be published."""
        return self.state in UNFINISHED

    @property
    def identifier_address(self) -> str:
        """Where the work is found by its identifier; nothing for a book, or without one."""
        return work_address(self.identifier)

    @property
    def licence_address(self) -> str:
        """Where the terms of its licence stand."""
        return LICENCES.get(self.licence, "")


class KnowledgeReview(models.Model):
    """What another organisation says of an item, once each: asked for, given, or passed.

    Never one's own: a trigger of the migration sees to that.
    """

    class Verdict(models.TextChoices):
        GOOD = "good", _("Good: others can use this")
        IMPROVE = "improve", _("Useful, but something must be improved first")
        DOUBT = "doubt", _("We doubt that this is right")

    item = models.ForeignKey(KnowledgeItem, on_delete=models.CASCADE, related_name="reviews")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="knowledge_reviews"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    state = models.CharField(max_length=10, default=REVIEWING.initial)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    remark = models.TextField(max_length=2_000, blank=True)
    moved_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = KnowledgeReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-moved_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "organisation"], name="one_knowledge_review_each"
            ),
            models.CheckConstraint(
                condition=(Q(state=GIVEN) & ~Q(verdict="")) | (~Q(state=GIVEN) & Q(verdict="")),
                name="knowledge_review_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.state}"

    @property
    def is_given(self) -> bool:
        """Whether it was given."""
        return self.state == GIVEN

    @property
    def state_label(self) -> str:
        """Its state in words."""
        return REVIEWING.label(self.state)


class KnowledgeUse(models.Model):
    """An organisation used an item, and says what that brought; never one's own, as with reviews."""

    item = models.ForeignKey(KnowledgeItem, on_delete=models.CASCADE, related_name="uses")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="knowledge_uses"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    what = models.CharField(max_length=300)
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-said_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "organisation"], name="one_knowledge_use_each")
        ]

    def __str__(self) -> str:
        return self.what


class KnowledgeFile(Findable):
    """A file that comes with an item. What is in it stands in the data folder, by its `key`.

    `text` is the beginning of what it says, for search; None until it was read.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    item = models.ForeignKey(KnowledgeItem, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=4, choices=AttachmentKind)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    text = models.TextField(null=True, editable=False)  # noqa: DJ001 — nothing said is another thing than not read
    added_at = models.DateTimeField(auto_now_add=True)
    search = words_column(NAME_IN_WORDS, "text")

    objects: ClassVar = KnowledgeFileManager()

    class Meta:
        ordering = ["id"]
        indexes = [
            GinIndex(fields=["meant"], name="knowledge_file_meant"),
            GinIndex(fields=["search"], name="knowledge_file_search"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["item", "name"], name="one_knowledge_file_of_a_name"),
            models.CheckConstraint(condition=Q(size__gt=0), name="knowledge_file_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where it is taken from, in the active language."""
        return address("knowledge-file", self.item_id, self.pk)

    def as_profile(self) -> Profile:
        """What it is called and how it begins, for the engine to read."""
        spaces = str.maketrans(SIGNS_IN_NAMES, " " * len(SIGNS_IN_NAMES))
        name = self.name.rpartition(".")[0].translate(spaces)
        return Profile(key=str(self.pk), title=name, text=(self.text or "")[:_READ_OF_FILE])
