"""Background work on knowledge: it is read, so that it is found; reviewers are told; what grows old is asked after."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app

from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.core.actors import CLOCK
from katalysator.core.attachments import store
from katalysator.core.attachments.kinds import AttachmentKind
from katalysator.core.jobs import LONG, RETRY, SHORT, defer_once
from katalysator.faults import gettext_noop as _
from katalysator.knowledge.files.keeping import LARGEST, ROOM, opened
from katalysator.knowledge.files.texts import text_of
from katalysator.knowledge.models import KnowledgeFile, KnowledgeItem, KnowledgeReview
from katalysator.knowledge.verbs import move
from katalysator.notices.kinds import letter_kind
from katalysator.notices.writing import write
from katalysator.search.indexing import AT_ONCE, make_findable, some_unread

KNOWLEDGE: Final = letter_kind(
    "knowledge", _("Knowledge of my organisation, and reviews that it is asked for")
)
FRESH: Final = timedelta(days=730)
"""So long what somebody said to be correct counts as that."""
PATIENCE: Final = timedelta(days=92)
"""So long after the question whether it is still correct an item becomes outdated by itself."""
_EVERY_HOUR = "45 * * * *"
_EVERY_MONTH = "20 7 1 * *"
_AT_NIGHT = "35 3 * * *"
_READ_NEW = "read-new-knowledge"
_READ_FILES = "read-files"
_FILES_AT_ONCE: Final = 20
_LETTERS: Final = {
    "asked": "knowledge/letters/asked.txt",
    "given": "knowledge/letters/given.txt",
    "passed": "knowledge/letters/passed.txt",
}


def read_new_soon() -> None:
    """Queue the reading of new items: one job for all that wait for it."""
    defer_once(read_new_items, _READ_NEW)


def read_soon(item_id: int) -> None:
    """Queue the reading of an item that changed, so that it is found by what it means now."""
    defer_once(read_item, f"read-knowledge-{item_id}", item_id=item_id)


def read_files_soon() -> None:
    """Queue the reading of files: one job for all that wait for it."""
    defer_once(read_files, _READ_FILES)


def tell_soon(review_id: int, state: str) -> None:
    """Queue the letters about a review."""
    defer_once(tell_of_review, f"tell-review-{review_id}-{state}", review_id=review_id)


@app.task(name="knowledge.read", queue=SHORT, retry=RETRY)
def read_item(item_id: int) -> None:
    """Let an item be found by what it says now."""
    make_findable(KnowledgeItem.objects.filter(pk=item_id))


@app.periodic(cron=_EVERY_HOUR)
@app.task(name="knowledge.read_new", queue=SHORT, queueing_lock=_READ_NEW, retry=RETRY)
def read_new_items(timestamp: int = 0) -> None:  # noqa: ARG001 — the scheduler gives it
    """Read what was never read."""
    if make_findable(some_unread(KnowledgeItem.objects.all())) == AT_ONCE:
        read_new_soon()


@app.periodic(cron=_EVERY_HOUR)
@app.task(name="knowledge.read_files", queue=LONG, queueing_lock=_READ_FILES, retry=RETRY)
def read_files(timestamp: int = 0) -> None:  # noqa: ARG001 — the scheduler gives it
    """Read what is in files that nobody read yet, some at a time; one that is not there says nothing."""
    found = list(KnowledgeFile.objects.unread().order_by("pk")[:_FILES_AT_ONCE])
    for file in found:
        KnowledgeFile.objects.filter(pk=file.pk).update(text=_text_of(file))
    keys = [file.pk for file in found]
    make_findable(KnowledgeFile.objects.with_texts().filter(pk__in=keys))
    if len(found) == _FILES_AT_ONCE:
        read_files_soon()


@app.task(name="knowledge.tell_of_review", queue=SHORT, retry=RETRY)
def tell_of_review(review_id: int) -> None:
    """Write to those who are asked for a review, or whose knowledge was reviewed; nothing where it is gone."""
    found = KnowledgeReview.objects.select_related("item__organisation", "organisation")
    review = found.filter(pk=review_id).first()
    if review is None:
        return
    asked = review.organisation if review.state == "asked" else review.item.organisation
    template = _LETTERS[review.state]
    _write(template, asked, "knowledge-item", review.item, review=review)


@app.periodic(cron=_EVERY_MONTH)
@app.task(name="knowledge.grow_old", queue=LONG, queueing_lock="knowledge-grows-old", retry=RETRY)
def grow_old(timestamp: int) -> None:
    """Ask after what nobody said to be correct for two years; what stays unanswered becomes outdated."""
    now = datetime.fromtimestamp(timestamp, timezone.get_current_timezone())
    for item in KnowledgeItem.objects.unconfirmed(now - FRESH - PATIENCE):
        move(item, "age", by=CLOCK)
    for number in KnowledgeItem.objects.unconfirmed(now - FRESH).values_list("pk", flat=True):
        defer_once(ask_to_confirm, f"ask-knowledge-{number}", item_id=number)


@app.task(name="knowledge.ask_to_confirm", queue=SHORT, retry=RETRY)
def ask_to_confirm(item_id: int) -> None:
    """Ask those who manage the organisation whether an item is still correct, where nobody said so meanwhile."""
    old = KnowledgeItem.objects.unconfirmed(timezone.now() - FRESH).select_related("organisation")
    if item := old.filter(pk=item_id).first():
        _write("knowledge/letters/still_correct.txt", item.organisation, "knowledge-item", item)


@app.periodic(cron=_AT_NIGHT)
@app.task(name="knowledge.sweep", queue=SHORT, queueing_lock="sweep-knowledge", retry=RETRY)
def sweep_files(timestamp: int) -> None:
    """Remove files that an interrupted deed left behind."""
    now = datetime.fromtimestamp(timestamp, timezone.get_current_timezone())
    store.sweep(ROOM, set(KnowledgeFile.objects.values_list("key", flat=True)), now)


def _text_of(file: KnowledgeFile) -> str:
    try:
        with opened(file) as content:
            return text_of(content.read(LARGEST), AttachmentKind(file.kind))
    except FileNotFoundError:
        return ""


def _write(
    template: str, organisation: Organisation, page: str, item: KnowledgeItem, **shown: Any
) -> None:
    """A letter to each of those who manage an organisation, with the way to the item."""
    for person in _managers(organisation):
        write(KNOWLEDGE, person, template, page=(page, item.pk), item=item, **shown)


def _managers(organisation: Organisation) -> QuerySet[Person]:
    manages = {
        "memberships__organisation": organisation,
        "memberships__role": Membership.Role.MANAGER,
    }
    found: QuerySet[Person] = Person.objects.filter(is_active=True, **manages)
    return found
