"""Background work on readings."""

from datetime import UTC, datetime, timedelta

from procrastinate.contrib.django import app

from katalysator.core.jobs import LONG, RETRY
from katalysator.readings.careful import wanted
from katalysator.readings.models import CarefulEncoder
from katalysator.readings.texts import unused

_AT_NIGHT = "45 3 * * *"
_KEPT = timedelta(days=1)  # a text that was just read may be about to be said


@app.periodic(cron=_AT_NIGHT)
@app.task(name="readings.forget_unused", queue=LONG, queueing_lock="forget-unused", retry=RETRY)
def forget_unused(timestamp: int) -> None:
    """Throw away what was read in texts that nobody says any more, or by encoders that nobody asks for."""
    CarefulEncoder.objects.filter(serves=False).exclude(name=wanted().name).delete()
    unused().filter(read_at__lt=datetime.fromtimestamp(timestamp, UTC) - _KEPT).delete()
