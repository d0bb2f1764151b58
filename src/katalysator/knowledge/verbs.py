"""What can be done with knowledge. Each verb is one transaction with its event.

Those of reviews, of uses and of files stand in folders of their own.
"""

from django.db import transaction
from django.utils import timezone

from katalysator.coalition.acting import person_of
from katalysator.coalition.models import Organisation
from katalysator.coalition.rules import require_participant
from katalysator.core import audit
from katalysator.core.actors import Actor, permits
from katalysator.faults import Conflict, gettext_noop as _
from katalysator.knowledge.contents import KnowledgeContent, facts, fill, require_finished
from katalysator.knowledge.files.keeping import remove
from katalysator.knowledge.models import KnowledgeItem
from katalysator.knowledge.rows import locked
from katalysator.knowledge.rules import require_editor
from katalysator.knowledge.workflow import CURRENT, EDIT, IN_REVIEW, KNOWLEDGE, PUBLISH, SHOWN


@transaction.atomic
def write(organisation: Organisation, *, by: Actor, content: KnowledgeContent) -> KnowledgeItem:
    """Write down what an organisation knows, as a draft. Raises InvalidInput, NotAllowed."""
    item = KnowledgeItem(organisation=organisation, author=person_of(by))
    require_participant(organisation)
    require_editor(item, by)
    item.is_author_named = bool(content.names_author)
    fill(item, content)
    item.save()
    audit.record("knowledge.write", item, by=by, after=facts(item))
    return item


@transaction.atomic
def edit(
    item: KnowledgeItem, *, by: Actor, content: KnowledgeContent, seen: int | None = None
) -> KnowledgeItem:
    """Change what an item says; only its author says whether the author is named.

    `seen` is the newest event of the item that the editor saw; where there is a newer one, somebody else was
    first. Raises InvalidInput, NotAllowed, Conflict.
    """
    row = locked(item)
    require_editor(row, by)
    audit.require_seen(row, seen)
    before = facts(row)
    if content.names_author is not None and row.author_id == getattr(by, "pk", 0):
        row.is_author_named = content.names_author
    fill(row, content)
    row.save()
    audit.record_edit("knowledge.edit", row, by=by, before=before, after=facts(row))
    return row


@transaction.atomic
def move(item: KnowledgeItem, deed: str, *, by: Actor, reason: str = "") -> KnowledgeItem:
    """Take an item to its next state by a deed of its workflow.

    Raises Conflict, NotAllowed, and InvalidInput where it is not finished and would be seen.
    """
    row = locked(item)
    before = row.state
    if not KNOWLEDGE.allows(before, deed):
        require_editor(row, by)  # others need not hear in which state it is
    step = KNOWLEDGE.transition(before, deed)
    if step.permission == PUBLISH:
        _require_review(row, by)
    require_editor(row, by, step.permission)
    if step.target in (IN_REVIEW, *SHOWN):
        require_finished(row)
    row.state = step.target
    if row.state == CURRENT:
        row.confirmed_at = timezone.now()
        row.published_at = row.published_at or row.confirmed_at
    row.save(update_fields=["state", "published_at", "confirmed_at"])
    audit.record_step(KNOWLEDGE, deed, row, by=by, before=before, reason=reason)
    return row


def publish(item: KnowledgeItem, *, by: Actor) -> KnowledgeItem:
    """Let others see an item: after a review that found it good, or as the bureau.

    Raises InvalidInput where it is not finished, Conflict where it was not reviewed, NotAllowed.
    """
    return move(item, "publish", by=by)


@transaction.atomic
def confirm(item: KnowledgeItem, *, by: Actor) -> KnowledgeItem:
    """Say that an item is still correct. Raises NotAllowed, and Conflict where it is not published."""
    row = locked(item)
    require_editor(row, by)
    if row.state not in SHOWN:
        raise Conflict("not-published", _("This is not published."))
    row.confirmed_at = timezone.now()
    row.save(update_fields=["confirmed_at"])
    audit.record("knowledge.confirm", row, by=by)
    return row


@transaction.atomic
def delete(item: KnowledgeItem, *, by: Actor) -> None:
    """Throw a draft away, with its files. Raises Conflict, NotAllowed."""
    row = locked(item)
    require_editor(row, by)
    if row.state != KNOWLEDGE.initial:
        raise Conflict(
            "not-a-draft",
            _("Only a draft can be thrown away."),
            hint=_("Withdraw it instead."),
        )
    audit.record("knowledge.delete", row, by=by, before=facts(row))
    remove(*row.files.all())
    row.delete()


def _require_review(item: KnowledgeItem, by: Actor) -> None:
    """Say what is missing to who may change it and not publish it yet. Raises Conflict."""
    if permits(by, EDIT, item) and not permits(by, PUBLISH, item):
        raise Conflict(
            "not-reviewed",
            _("No other organisation has reviewed this and found it good."),
            hint=_("Ask for a review first, or ask the bureau."),
        )
