"""Background work: people are told what is new for their saved searches, when it is the turn of one."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from katalysator.boards.alerts import new_for
from katalysator.boards.models import SavedSearch
from katalysator.boards.queries import SETTLED
from katalysator.core.jobs import LONG, RETRY, SHORT, SOON, defer_once
from katalysator.core.language import speaking
from katalysator.faults import gettext_noop as _
from katalysator.notices.kinds import letter_kind
from katalysator.notices.writing import link_to, write

ALERTS: Final = letter_kind("saved-searches", _("What is new for searches that I saved"))
_EVERY_HOUR = "10 * * * *"
_SHOWN: Final = 8


@app.periodic(cron=_EVERY_HOUR)
@app.task(name="boards.turns", queue=SHORT, queueing_lock="search-turns", retry=RETRY)
def turns(timestamp: int) -> None:
    """Queue each search of which it is the turn; what was missed while nobody worked comes later."""
    now = datetime.fromtimestamp(timestamp, timezone.get_current_timezone())
    due = SavedSearch.objects.due(now).order_by("pk").values_list("pk", flat=True)
    for number in due.iterator(chunk_size=2_000):
        defer_once(tell, f"search-{number}", search_id=number)


@app.task(name="boards.tell", queue=LONG, priority=SOON, retry=RETRY)
@transaction.atomic
def tell(search_id: int) -> None:
    """Tell what is new for a search since last time, where it is still its turn: two of these send one letter."""
    now = timezone.now()
    due = SavedSearch.objects.due(now).select_for_update(of=("self",)).select_related("person")
    search = due.filter(pk=search_id).first()
    if search is None:
        return
    until = now - SETTLED
    with speaking(search.person.language):
        found = new_for(search, until)
        items = [(each.title, link_to(search.person, "listing", each.pk)) for each in found]
    if items:
        shown, more = items[:_SHOWN], max(0, len(items) - _SHOWN)
        write(
            ALERTS, search.person, "boards/letters/new_for_search.txt", page=("saved-search", search.pk),
            search=search, count=len(items), items=shown, more=more,
            settings=link_to(search.person, "saved-search-list"),
        )  # fmt: skip
    search.told_until = max(until, search.told_until)
    search.save(update_fields=["told_until"])
