"""Others say that they used knowledge, and what it brought. Each verb is one transaction with its event."""

from django.db import transaction

from katalysator.cleaning import plain_line
from katalysator.coalition.acting import person_of
from katalysator.coalition.models import Organisation
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.lengths import require_short
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _
from katalysator.knowledge.models import KnowledgeItem, KnowledgeUse
from katalysator.knowledge.rows import locked
from katalysator.knowledge.rules import require_peer
from katalysator.knowledge.workflow import SHOWN


@transaction.atomic
def use(item: KnowledgeItem, organisation: Organisation, *, by: Actor, what: str) -> KnowledgeUse:
    """Say that an organisation used an item, and what that brought; once each, the newest words stay.

    Raises InvalidInput, NotAllowed for one's own, and Conflict where it is not published.
    """
    row = locked(item)
    require_peer(row, organisation, by)
    if row.state not in SHOWN:
        raise Conflict("not-published", _("This is not published."))
    what = plain_line(what)
    if not what:
        raise InvalidInput("what", _("Say what it brought, in a sentence.")).at("what")
    require_short(what, KnowledgeUse, "what")
    author = person_of(by)
    made, _created = KnowledgeUse.objects.update_or_create(
        item=row, organisation=organisation, defaults={"what": what, "author": author}
    )
    audit.record("knowledge.use", row, by=by, after={"by": organisation.slug, "what": what})
    return made


@transaction.atomic
def take_back(said: KnowledgeUse, *, by: Actor) -> None:
    """Take back that an organisation used an item. Raises NotAllowed, Conflict."""
    row = locked(said.item)
    require_peer(row, said.organisation, by)
    found = KnowledgeUse.objects.filter(pk=said.pk)
    if not found.exists():
        raise Conflict("gone", _("This was taken back already."))
    before = {"by": said.organisation.slug, "what": said.what}
    audit.record("knowledge.unuse", row, by=by, before=before)
    found.delete()
