"""Datasets, their versions, and on which terms each is offered."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.core.language import TEXT_LANGUAGES
from katalysator.dataspace.models.connectors import LONGEST_ID, Connector
from katalysator.dataspace.queries import DatasetQuerySet
from katalysator.dataspace.vocabularies import AccessRights, DataTheme, Frequency
from katalysator.listings.models import Listing


class Dataset(models.Model):
    """Something that an organisation shares, with what its record in catalogues says; `key` is what it is called in the data space.

    Its organisation publishes it; who made it, if that is another, is `creator`. The contact point is a function, not a person.
    `listing` is its offer in the market of data, by which those who need it find it.
    """

    class Model(models.TextChoices):
        """A way of sharing, from which its terms begin."""

        OPEN = "open", _("Open to everyone")
        MEMBERS = "members", _("For participants of the coalition")
        CONTRACT = "contract", _("Under a contract with each")
        STAYS = "stays", _("The data stays put: others bring their question or algorithm")

    class Personal(models.TextChoices):
        """Whether it is about people who can be known from it."""

        NONE = "none", _("None")
        PSEUDONYMISED = "pseudonymised", _("Pseudonymised")
        PERSONAL = "personal", _("Personal")

    class Licence(models.TextChoices):
        """On which licence its files can be used."""

        CC0 = "CC0", _("Free for everything (CC0)")
        BY = "CC_BY_4_0", _("Free with our name (CC BY)")
        BY_SA = "CC_BYSA_4_0", _("Free with our name, under the same licence (CC BY-SA)")
        BY_NC = "CC_BYNC_4_0", _("Free with our name, not to earn money with (CC BY-NC)")
        AGREED = "agreed", _("As the agreement says")

    connector = models.ForeignKey(Connector, on_delete=models.CASCADE, related_name="datasets")
    key = models.CharField(max_length=LONGEST_ID, unique=True)
    language = models.CharField(max_length=2, choices=list(TEXT_LANGUAGES.items()), default="nl")
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=10_000, blank=True)
    theme = models.CharField(max_length=4, choices=DataTheme, default=DataTheme.TECHNOLOGY)
    access = models.CharField(max_length=10, choices=AccessRights, default=AccessRights.RESTRICTED)
    creator = models.CharField(max_length=120, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    licence = models.CharField(max_length=12, choices=Licence, default=Licence.AGREED)
    model = models.CharField(max_length=8, choices=Model, default=Model.CONTRACT)
    personal = models.CharField(max_length=13, choices=Personal, default=Personal.NONE)
    keywords = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    areas = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    region = models.CharField(max_length=5, blank=True)
    begins_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    frequency = models.CharField(max_length=9, choices=Frequency, blank=True)
    formats = ArrayField(models.CharField(max_length=60), default=list)
    shows_rows = models.BooleanField(default=False)
    listing = models.OneToOneField(
        Listing, on_delete=models.SET_NULL, null=True, blank=True, related_name="dataset"
    )
    is_published = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = DatasetQuerySet.as_manager()
    opened: "list[DatasetOffer]"
    """Its open offers, where it was asked for by `with_offers`."""

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("dataset", args=[self.pk])

    @property
    def has_desk(self) -> bool:
        """Whether its record says whom others can ask, and how."""
        return bool(self.contact_name and self.contact_email)

    @property
    def may_show_rows(self) -> bool:
        """Whether everybody may see how its rows look: never of data about people."""
        return self.shows_rows and self.personal == self.Personal.NONE


class DatasetVersion(models.Model):
    """What changed in a dataset, and when; the newest is what is given out."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="versions")
    number = models.CharField(max_length=60)
    notes = models.TextField(max_length=2_000, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "number"], name="a_version_has_one_number")
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.number}"


class DatasetOffer(models.Model):
    """Terms on which a dataset can be had: the rules of an ODRL offer, without target.

    Where it `is_automatic` nobody has to decide: who asks for just these terms and meets them gets them. The text of an
    agreement on them begins from the `template`, if there is one, and is filled with the `answers` of the canvas; where
    `must_be_signed`, no data goes before both signed it.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="offers")
    key = models.CharField(max_length=LONGEST_ID, unique=True)
    terms: Any = models.JSONField()
    is_open = models.BooleanField(default=True)
    is_automatic = models.BooleanField(default=False)
    template = models.CharField(max_length=8, blank=True)
    must_be_signed = models.BooleanField(default=False)
    answers: Any = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.key
