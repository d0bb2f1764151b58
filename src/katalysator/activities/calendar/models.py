"""What opens the feed of one's own activities, or of a working group."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from katalysator.groups.models import WorkingGroup


class CalendarKey(models.Model):
    """What opens a feed for somebody: of their own activities, or of a group that they are in.

    Only its digest is kept: it is shown once.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_keys"
    )
    group = models.ForeignKey(
        WorkingGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="calendar_keys"
    )
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "group"], nulls_distinct=False, name="one_calendar_key_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.group_id}"
