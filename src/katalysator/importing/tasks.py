"""Background work on sheets: they are not kept for ever."""

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from katalysator.core.jobs import RETRY, SHORT
from katalysator.importing.models import SHEET_KEPT, KeptSheet

_EVERY_HOUR = "40 * * * *"


@app.periodic(cron=_EVERY_HOUR)
@app.task(name="importing.forget_sheets", queue=SHORT, queueing_lock="forget-sheets", retry=RETRY)
def forget_sheets(timestamp: int) -> None:
    """Throw away sheets that were kept long enough."""
    now = datetime.fromtimestamp(timestamp, timezone.get_current_timezone())
    KeptSheet.objects.expired(now - SHEET_KEPT).delete()
