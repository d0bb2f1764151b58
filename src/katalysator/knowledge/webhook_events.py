"""Of which deeds with knowledge programs are told."""

from typing import Any, Final

from katalysator.core.models import Event
from katalysator.faults import gettext_noop as _
from katalysator.knowledge.models import KnowledgeItem
from katalysator.knowledge.workflow import IN_REVIEW, SHOWN
from katalysator.webhooks.declaring import event_type
from katalysator.webhooks.events import Hearers


def hears_of_knowledge(event: Event) -> Hearers | None:
    """Whose it is; all participants where they may read it after this, or could before."""
    found = KnowledgeItem.objects.filter(pk=event.subject_id).first()
    if found is None:
        return None
    own = frozenset({found.organisation_id} if found.organisation_id else ())
    states = {event.before.get("state", found.state), event.after.get("state", found.state)}
    return Hearers(found.pk, own, all_participants=not states.isdisjoint({*SHOWN, IN_REVIEW}))


_OF: Final[dict[str, Any]] = {
    "kind": "knowledge",
    "route": "knowledge_item",
    "heard": hears_of_knowledge,
}

event_type(
    "knowledge.published", _("Knowledge is published"),
    verbs=("knowledge.publish", "knowledge.renew"), **_OF,
)  # fmt: skip
event_type("knowledge.changed", _("Knowledge was changed"), verbs=("knowledge.edit",), **_OF)
event_type(
    "knowledge.withdrawn", _("Knowledge is outdated, or withdrawn"),
    verbs=("knowledge.outdate", "knowledge.age", "knowledge.withdraw"), **_OF,
)  # fmt: skip
