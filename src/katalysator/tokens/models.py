"""Tokens of people."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from katalysator.tokens.queries import TokenQuerySet


class Token(models.Model):
    """A secret with which a program reads as a person does, and writes within its scopes, until it ends.

    Only a digest of the secret is kept: who reads the table has no token.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens"
    )
    name = models.CharField(max_length=80)
    scopes = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    digest = models.BinaryField(max_length=32, unique=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    ends_on = models.DateField()
    used_on = models.DateField(null=True, editable=False)

    objects: ClassVar = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.name
