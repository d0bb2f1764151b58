"""What can be done in the thread. Each verb is one transaction with its event."""

from django.db import transaction

from katalysator.coalition.acting import person_of
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.lengths import said
from katalysator.faults import Conflict, gettext_noop as _
from katalysator.introductions.models import Introduction, ThreadMessage
from katalysator.introductions.rows import (
    locked,
    moved,
    noted,
    own_party,
    require,
    require_known,
    stirred,
)
from katalysator.introductions.workflow import WATCH

_MISSING = _("Write what you want to say.")


@transaction.atomic
def say(introduction: Introduction, *, by: Actor, text: str, mail_id: str = "") -> ThreadMessage:
    """Write to the other parties; the first that is written begins the talk.

    `mail_id` names the mail that it came in: the same mail says nothing twice. Raises InvalidInput, Conflict, NotAllowed.
    """
    row = locked(introduction)
    mine = own_party(row, by)
    require_known(row)
    if row.state == "ended":
        raise Conflict("over", _("This introduction is over."))
    if mail_id and (known := row.messages.filter(mail_id=mail_id).first()):
        return known
    message = ThreadMessage.objects.create(
        introduction=row,
        party=mine,
        author=person_of(by),
        text=said(text, _MISSING, ThreadMessage, "text"),
        mail_id=mail_id,
    )
    if row.state == "introduced":
        moved(row, "talk", by=by)
    else:
        stirred(row)
    personal = {f"message-{message.pk}": message.text}
    audit.record("introduction.say", row, by=by, after={"party": mine.pk}, personal=personal)
    return message


@transaction.atomic
def forget(introduction: Introduction, *, by: Actor) -> None:
    """Throw away what was said in what is over for long. Raises NotAllowed."""
    row = locked(introduction)
    require(by, WATCH, row)
    row.messages.all().delete()
    noted(row, "forget")
    row.save(update_fields=["happened"])
    audit.record("introduction.forget", row, by=by)
