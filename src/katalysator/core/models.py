"""The tables of the audit trail (`audit.py`), of what has changed (`changes.py`), and of what the database is for (`purpose.py`).

What may not happen to them, and what happens by itself: the triggers in the migrations.
"""

import secrets
import uuid

from django.contrib.postgres.indexes import BrinIndex
from django.db import models


def new_salt() -> bytes:
    """32 random bytes that nobody can guess."""
    return secrets.token_bytes(32)


class Salted(models.Model):
    """A record with personal data. Events hold digests of these, which only its salt can tell.

    The salt stands in the row itself: whatever deletes the row makes those digests say nothing.
    """

    salt = models.BinaryField(max_length=32, default=new_salt)

    class Meta:
        abstract = True


class Event(models.Model):
    """One deed: who did what to which record, what changed and why. Written once, never changed.

    Either `actor`, a person's number, or `system`, the name of a part of the house, says who. The
    number is no key: an erased person leaves a number without a name. `personal` holds names of
    fields and salted digests only. `digest` covers all of this and the digest before it in the
    same chain, so that a change anywhere shows.
    """

    chain = models.CharField(max_length=80)
    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)
    system = models.CharField(max_length=30, blank=True)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    personal = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["chain", "id"], name="event_chain"),
            models.Index(fields=["subject_type", "subject_id", "id"], name="event_subject"),
            BrinIndex(fields=["at"], name="event_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(actor__isnull=True) ^ models.Q(system=""),
                name="event_has_one_actor",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.verb} {self.subject_type} {self.subject_id}"


class Purpose(models.Model):
    """What this database is for: the example, or a coalition's own. One row, said once."""

    is_example = models.BooleanField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_purpose")]

    def __str__(self) -> str:
        return "example" if self.is_example else "own"


class Change(models.Model):
    """The newest write about a subject: each has another key, and takes the place of those before it.

    Two at once may leave two rows; the next one clears both away.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    subject = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.subject or 'everything'} {self.pk}"
