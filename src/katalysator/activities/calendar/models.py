"""What opens the feed of one's own activities."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class CalendarKey(models.Model):
    """What opens the feed of somebody's own activities; only its digest is kept: it is shown once."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_key"
    )
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.person_id}"
