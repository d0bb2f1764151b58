"""Working groups, and who is in them."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.blocks import Block
from katalysator.coalition.models import Area, Hub, Organisation
from katalysator.core.addresses import address
from katalysator.core.language import ENGLISH
from katalysator.core.translated import Translated, TranslatedField
from katalysator.engine.matching import Profile
from katalysator.groups.members.workflow import MEMBERSHIP
from katalysator.groups.queries import GroupMembershipQuerySet, GroupQuerySet
from katalysator.groups.workflow import GROUP, RUNNING


class WorkingGroup(models.Model):
    """People of several organisations who work on something together.

    It is about areas and building blocks, and may belong to a hub. It always has a chair, but for the moment
    in which somebody takes over from who is gone.
    """

    class Enrolment(models.TextChoices):
        OPEN = "open", _("Everybody of a participant can join")
        REQUEST = "request", _("You ask, and the chair lets you in")
        INVITATION = "invitation", _("The chair invites")

    class Readers(models.TextChoices):
        EVERYBODY = "everybody", _("Everybody")
        PARTICIPANTS = "participants", _("People of participants")
        MEMBERS = "members", _("Members of the group")

    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=120)
    about = TranslatedField(blank=True, default=Translated)
    areas = models.ManyToManyField(Area, related_name="working_groups", blank=True)
    blocks = ArrayField(models.CharField(max_length=10, choices=Block), default=list, blank=True)
    hub = models.ForeignKey(
        Hub, on_delete=models.SET_NULL, null=True, blank=True, related_name="working_groups"
    )
    enrolment = models.CharField(max_length=10, choices=Enrolment, default=Enrolment.OPEN)
    readers = models.CharField(max_length=12, choices=Readers, default=Readers.PARTICIPANTS)
    state = models.CharField(max_length=10, default=GROUP.initial)
    made_at = models.DateTimeField(auto_now_add=True)
    sort_name = models.GeneratedField(
        expression=models.Func("name", function="coalition_sort_key"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    objects: ClassVar = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "id"]
        indexes = [models.Index(fields=["state", "sort_name", "id"], name="working_group_list")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="working_group_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(state__in=list(GROUP.states)), name="working_group_state"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where the group's page is, in the active language."""
        return address("group", self.slug)

    def as_profile(self) -> Profile:
        """What it says, for the engine to read: in Dutch where it says anything in Dutch."""
        language = "nl" if "nl" in self.about else ENGLISH
        text = self.about.get(language, "")
        return Profile(key=self.slug, title=self.name, text=text, language=language if text else "")

    @property
    def state_label(self) -> str:
        """Its state in words."""
        return GROUP.label(self.state)

    @property
    def is_running(self) -> bool:
        """Whether it meets, and may be joined."""
        return self.state in RUNNING

    @property
    def block_labels(self) -> list[str]:
        """The building blocks that it is about, in words."""
        return [str(Block(each).label) for each in self.blocks]


class GroupMembership(models.Model):
    """Somebody in a working group, or on the way in, for an organisation; who is outside has no row."""

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        SECRETARY = "secretary", _("Secretary")
        CHAIR = "chair", _("Chair")

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="group_memberships"
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="group_memberships",
    )
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    state = models.CharField(max_length=10)
    since = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = GroupMembershipQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="one_group_membership_each"),
            models.UniqueConstraint(
                fields=["group"], condition=models.Q(role="chair"), name="one_chair_of_a_group"
            ),
            models.CheckConstraint(
                condition=models.Q(role="member") | models.Q(state="inside"),
                name="group_role_is_of_a_member",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["invited", "asked", "inside"]),
                name="group_membership_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.role}"

    @property
    def state_label(self) -> str:
        """How they are in it, in words."""
        return MEMBERSHIP.label(self.state)
