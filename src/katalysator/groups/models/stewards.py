"""Who is chair or contact point of a corner of the coalition."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.blocks import Block
from katalysator.coalition.corners import Corner
from katalysator.coalition.models import Area, Hub, Organisation
from katalysator.groups.queries import StewardQuerySet


class Steward(models.Model):
    """A chair or a contact point of an area, a building block, a cell or a hub.

    It is an organisation, or a person of it who is shown by the name that stands on the organisation's page.
    `shows_address` is that person's own choice: then their e-mail address is shown too.
    """

    class Duty(models.TextChoices):
        CHAIR = "chair", _("Chair")
        CONTACT = "contact", _("Contact point")

    duty = models.CharField(max_length=10, choices=Duty)
    area = models.ForeignKey(
        Area, on_delete=models.CASCADE, null=True, blank=True, related_name="stewards"
    )
    block = models.CharField(max_length=10, choices=Block, blank=True, default="")
    hub = models.ForeignKey(
        Hub, on_delete=models.CASCADE, null=True, blank=True, related_name="stewards"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="stewardships"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="stewardships",
    )
    shows_address = models.BooleanField(default=False)

    objects: ClassVar = StewardQuerySet.as_manager()

    class Meta:
        ordering = ["duty", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "area", "block", "hub", "organisation", "person"],
                nulls_distinct=False,
                name="one_steward_each",
            ),
            models.UniqueConstraint(
                fields=["area", "block", "hub"],
                condition=models.Q(duty="chair"),
                nulls_distinct=False,
                name="one_chair_of_a_corner",
            ),
            models.CheckConstraint(
                condition=models.Q(hub__isnull=False, area__isnull=True, block="")
                | models.Q(hub__isnull=True) & ~models.Q(area__isnull=True, block=""),
                name="steward_of_one_corner",
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | models.Q(shows_address=False),
                name="steward_shows_own_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.corner.name} · {self.duty}"

    @property
    def corner(self) -> Corner:
        """The part of the coalition that it is of."""
        return Corner(self.area, Block(self.block) if self.block else None, self.hub)

    @property
    def address(self) -> str:
        """The e-mail address that may be shown, of the person who chose so, or of the organisation; else nothing."""
        if self.person is None:
            return str(self.organisation.contact)
        return str(self.person.email) if self.shows_address else ""
