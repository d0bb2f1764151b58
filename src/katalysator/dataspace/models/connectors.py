"""Our connectors, one of each organisation that shares data, and the participants elsewhere that these speak with."""

from typing import ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from katalysator.coalition.models import Organisation
from katalysator.core.outgoing import LONGEST_ADDRESS
from katalysator.dataspace.queries import ConnectorQuerySet, PartnerQuerySet

LONGEST_ID = 300
"""Letters of what a participant, a process, a dataset or an offer is called."""


class Connector(models.Model):
    """What an organisation speaks with in the data space; `key` is its private key (JWK), sealed, and made at `key_at`."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="connector"
    )
    key = models.TextField(editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    key_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = ConnectorQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        """Its page, for who manages its organisation."""
        return reverse("connector-page", args=[self.organisation.slug])

    @property
    def participant_id(self) -> str:
        """What it is called in the data space: a did:web, whose document stands at `root`."""
        host = urlsplit(settings.ADDRESS).netloc.replace(":", "%3A")
        return f"did:web:{host}:dataspace:{self.organisation.slug}"

    @property
    def root(self) -> str:
        """Below which all of it is."""
        return f"{settings.ADDRESS}/dataspace/{self.organisation.slug}"

    @property
    def base(self) -> str:
        """Where the protocol is spoken, in both roles."""
        return f"{self.root}/dsp/2025-1"


class Partner(models.Model):
    """A participant elsewhere: whom we speak with, where, and by which keys (a JWK set) it is known.

    One without keys is known by the document of its did:web, of which `found_keys` were read at `found_at`. What a blocked one says is not heard.
    Each `connector` keeps its own: what one organisation believes of somebody, no other needs to. One without connector is known to all.
    """

    connector = models.ForeignKey(
        Connector, on_delete=models.CASCADE, null=True, blank=True, related_name="partners"
    )
    participant_id = models.CharField(max_length=LONGEST_ID)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=LONGEST_ADDRESS)
    keys = models.JSONField(default=dict, blank=True)
    found_keys = models.JSONField(default=dict, blank=True, editable=False)
    found_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_blocked = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant_id", "connector"],
                nulls_distinct=False,
                name="a_partner_is_known_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class HeardToken(models.Model):
    """A token that was used: it counts once."""

    issuer = models.CharField(max_length=LONGEST_ID)
    key = models.CharField(max_length=LONGEST_ID)
    until = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "key"], name="a_token_counts_once")
        ]

    def __str__(self) -> str:
        return self.key
