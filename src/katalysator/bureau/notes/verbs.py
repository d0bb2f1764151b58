"""What can be done with notes and labels. Each verb is one transaction with its event."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from katalysator.bureau.models import BureauNote, Label, Labelling
from katalysator.bureau.rules import require_bureau
from katalysator.cleaning import plain_line, without_markup
from katalysator.coalition.acting import person_of
from katalysator.coalition.models import Organisation
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.rows import locked, require_sound
from katalysator.faults import InvalidInput, gettext_noop as _

_GONE = _("This note is not here any more.")


@transaction.atomic
def write(
    organisation: Organisation, *, by: Actor, text: str, due: date | None = None
) -> BureauNote:
    """Write down something of an organisation, with the day by which something is to be done.

    The audit trail holds that a note was written, not what it says: it can be thrown away. Raises InvalidInput,
    NotAllowed.
    """
    require_bureau(by)
    note = BureauNote(organisation=organisation, text=without_markup(text), due=due)
    note.author = person_of(by)
    require_sound(note)
    note.save()
    audit.record("note.write", note, by=by, after={"organisation": organisation.slug})
    return note


@transaction.atomic
def finish(note: BureauNote, *, by: Actor) -> BureauNote:
    """Say that what was to be done is done, or is to be done after all where it was. Raises NotAllowed, Conflict."""
    require_bureau(by)
    row = locked(note, _GONE)
    row.done_at = None if row.done_at else timezone.now()
    row.save(update_fields=["done_at"])
    audit.record("note.finish" if row.done_at else "note.reopen", row, by=by)
    return row


@transaction.atomic
def delete(note: BureauNote, *, by: Actor) -> None:
    """Throw a note away. Raises NotAllowed, Conflict."""
    require_bureau(by)
    row = locked(note, _GONE)
    audit.record("note.delete", row, by=by)
    row.delete()


@transaction.atomic
def label(organisation: Organisation, name: str, *, by: Actor) -> bool:
    """Give an organisation a label, which is made where there is none of that name; whether it had it not yet.

    Raises InvalidInput for a name of nothing or too long, NotAllowed.
    """
    require_bureau(by)
    found, _made = Label.objects.get_or_create(name=_name(name))
    _row, is_new = Labelling.objects.get_or_create(label=found, organisation=organisation)
    if is_new:
        audit.record("label.give", found, by=by, after={"organisation": organisation.slug})
    return is_new


@transaction.atomic
def unlabel(organisation: Organisation, name: str, *, by: Actor) -> bool:
    """Take a label away; whether there was one. One that nothing has any more is gone. Raises NotAllowed."""
    require_bureau(by)
    found = Label.objects.select_for_update().filter(name=plain_line(name)).first()
    mine = Labelling.objects.filter(label=found, organisation=organisation)
    if found is None or not mine.delete()[0]:
        return False
    audit.record("label.take", found, by=by, after={"organisation": organisation.slug})
    if not found.labellings.exists():
        found.delete()
    return True


def _name(text: str) -> str:
    name = plain_line(text)
    longest = Label._meta.get_field("name").max_length
    if not name or len(name) > (longest or 0):
        raise InvalidInput(
            "label",
            _("A label has 1 to %(most)s characters."),
            hint=_("Write a short word by which you find them again."),
            most=longest,
        ).at("value")
    return name
