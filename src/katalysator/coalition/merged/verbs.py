"""Merging, as one transaction with its event."""

from django.db import transaction

from katalysator.coalition.merged.records import left, move
from katalysator.coalition.models import FormerSlug, Organisation
from katalysator.coalition.organisations.facts import told
from katalysator.coalition.organisations.rows import locked
from katalysator.coalition.rules import require_editor
from katalysator.coalition.workflow import ACTIVE, MERGE
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.rows import require_sound
from katalysator.core.translated import Translated
from katalysator.faults import Conflict, gettext_noop as _


@transaction.atomic
def merge(kept: Organisation, gone: Organisation, *, by: Actor, reason: str = "") -> Organisation:
    """Let one record take all that another has: its rows, and the facts that it lacks itself.

    The other's name becomes another name, its address leads here. One that takes part stays a participant.
    Raises Conflict for a record and itself, or one that is not there any more; NotAllowed.
    """
    if kept.pk == gone.pk:
        raise Conflict("same-record", _("This is one and the same record."))
    first, second = sorted(
        (kept, gone), key=lambda each: each.pk
    )  # two merges never wait in a circle
    rows = {each.pk: locked(each) for each in (first, second)}
    kept, gone = rows[kept.pk], rows[gone.pk]
    require_editor(kept, by, MERGE)
    before, other = told(kept), told(gone)
    taken = {"slug": gone.slug, "state": gone.state, **other}
    kept.areas.add(*gone.areas.all())
    moved = move(gone, kept)
    if remaining := left(gone):
        raise AssertionError(f"merging would lose {remaining}")
    slug = gone.slug
    gone.delete()
    _take_facts(kept, gone)
    require_sound(kept)
    kept.save()
    kept.refresh_from_db(fields=["is_participant"])
    FormerSlug.objects.create(slug=slug, organisation=kept)
    audit.record(
        "organisation.merge",
        kept,
        by=by,
        before={"facts": before, "taken": taken},
        after={"facts": told(kept), "moved": moved},
        reason=reason,
    )
    return kept


def _take_facts(kept: Organisation, gone: Organisation) -> None:
    """What the other says and this one does not."""
    for name in ("city", "kvk", "ror", "website", "contact", "source"):
        setattr(kept, name, getattr(kept, name) or getattr(gone, name))
    names = dict.fromkeys([*kept.other_names, gone.name, *gone.other_names])
    kept.other_names = [name for name in names if name != kept.name]
    kept.about = Translated(**{**gone.about, **kept.about})
    kept.blocks = list(dict.fromkeys([*kept.blocks, *gone.blocks]))
    kept.mail_domains = list(dict.fromkeys([*kept.mail_domains, *gone.mail_domains]))
    kept.is_founding |= gone.is_founding
    dates = [each.joined_on for each in (kept, gone) if each.joined_on]
    kept.joined_on = min(dates, default=None)
    if ACTIVE in (kept.state, gone.state):
        kept.state = ACTIVE
