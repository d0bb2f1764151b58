"""The audit trail's table. What happens to it: `audit.py`; what may not: the trigger in its migration."""

from django.db import models


class Event(models.Model):
    """One deed: who did what to which record, what changed and why. Written once, never changed.

    `actor` is a person's number, not a key: an erased person leaves a number without a name.
    `digest` covers this record and the digest before it, so that a change anywhere shows.
    """

    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id", "id"], name="event_subject")]

    def __str__(self) -> str:
        return f"{self.pk} {self.verb} {self.subject_type} {self.subject_id}"
