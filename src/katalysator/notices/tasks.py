"""Background work on letters: summaries, when it is somebody's turn."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from katalysator.core.jobs import LONG, RETRY, SHORT, SOON, defer_once
from katalysator.notices.choices import gets_mail, pace_of
from katalysator.notices.clock import due, last_turn, span
from katalysator.notices.kinds import SUMMARY, Pace
from katalysator.notices.models import SummarySent
from katalysator.notices.summaries import send_summary

_EVERY_HOUR = "5 * * * *"


@app.periodic(cron=_EVERY_HOUR)
@app.task(name="notices.turns", queue=SHORT, queueing_lock="summary-turns", retry=RETRY)
def turns(timestamp: int) -> None:
    """Queue a summary for everybody whose turn it is; what was missed while nobody worked comes later."""
    now = datetime.fromtimestamp(timestamp, timezone.get_current_timezone())
    for number in due(now).values_list("pk", flat=True).iterator(chunk_size=2_000):
        defer_once(summarise, f"summary-{number}", person_id=number)


@app.task(name="notices.summarise", queue=LONG, priority=SOON, retry=RETRY)
def summarise(person_id: int) -> None:
    """Tell a person what is new since last time, where it is still their turn: two of these send one letter."""
    now = timezone.now()
    with transaction.atomic():
        people = get_user_model()._default_manager.select_for_update(of=("self",))
        person = people.filter(pk=person_id).first()
        if person is None or not gets_mail(person):
            return
        pace = pace_of(SUMMARY, person)
        last = SummarySent.objects.filter(person_id=person_id).first()
        if pace is Pace.NEVER or (last and last.until >= last_turn(pace, now)):
            return
        send_summary(person, last.until if last else now - span(pace))
        SummarySent.objects.update_or_create(person_id=person_id, defaults={"until": now})
