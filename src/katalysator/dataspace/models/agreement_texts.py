"""The text of an agreement that people read and sign, frozen when the agreement is made."""

import json
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.dataspace.models.processes import ROLES, Agreement
from katalysator.dataspace.queries import AgreementTextQuerySet


class AgreementTemplate(models.TextChoices):
    """The texts that an agreement can begin from."""

    OPEN = "open", _("Open use")
    MEMBERS = "members", _("Use among participants")
    CONTRACT = "contract", _("Contract for a purpose")
    STAYS = "stays", _("The question comes to the data")


class AgreementText(models.Model):
    """What both parties read and sign: `content` is its JSON, to the byte that `sha256` is of. It never changes.

    It hangs on the agreement as the provider keeps it; a consumer of this site reads the same row. One that both have to
    sign first gives no right before.
    """

    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, related_name="text")
    template = models.CharField(max_length=8, choices=AgreementTemplate)
    version = models.PositiveSmallIntegerField()
    content = models.TextField(editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    must_be_signed = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = AgreementTextQuerySet.as_manager()

    def __str__(self) -> str:
        return self.sha256

    @property
    def can_be_signed(self) -> bool:
        """Whether there is something to sign: open use needs nobody's name, unless its holder wants that."""
        return self.must_be_signed or self.template != AgreementTemplate.OPEN

    @cached_property
    def document(self) -> Any:
        """What its content says."""
        return json.loads(self.content)


class AgreementSignature(models.Model):
    """That a party signed a text: who, as what, and when; or, of one elsewhere, that its connector did.

    `name` and `function` are what the account said then; who is erased leaves the function.
    """

    text = models.ForeignKey(AgreementText, on_delete=models.CASCADE, related_name="signatures")
    role = models.CharField(max_length=8, choices=ROLES)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=120, blank=True)
    function = models.CharField(max_length=120, blank=True)
    is_by_connector = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["text", "role"], name="a_party_signs_once")]

    def __str__(self) -> str:
        return f"{self.role}: {self.function}"
