"""What can be done with the sites on which the board may stand. Each verb is one transaction with its event."""

from typing import Final

from django.db import transaction

from katalysator.boards.embedding.origins import read_origin
from katalysator.boards.models import EmbeddingPlace
from katalysator.boards.rules import EMBED
from katalysator.coalition.models import Organisation
from katalysator.coalition.rules import require_editor, require_participant
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.rows import locked
from katalysator.faults import Conflict, gettext_noop as _

MOST: Final = 20
"""On so many sites the board may stand for one organisation."""


@transaction.atomic
def allow_place(organisation: Organisation, *, by: Actor, origin: str) -> EmbeddingPlace:
    """Let the board stand on the pages of a site. Raises InvalidInput, NotAllowed, Conflict."""
    require_editor(organisation, by, EMBED)
    organisation = locked(organisation, _("This organisation is not here any more."))
    require_participant(organisation)
    where = read_origin(origin)
    mine = EmbeddingPlace.objects.filter(organisation=organisation)
    if known := mine.filter(origin=where).first():
        return known
    if mine.count() >= MOST:
        raise Conflict(
            "many-places",
            _("There are %(most)s sites already."),
            hint=_("Take one away that is not used any more."),
            most=MOST,
        )
    made = EmbeddingPlace.objects.create(organisation=organisation, origin=where)
    after = {"origin": where}
    audit.record("organisation.allow-embedding", organisation, by=by, after=after)
    return made


@transaction.atomic
def end_place(place: EmbeddingPlace, *, by: Actor) -> None:
    """Let the board stand on a site no longer: browsers refuse it there from now on. Raises NotAllowed, Conflict."""
    require_editor(place.organisation, by, EMBED)
    row = locked(place, _("This site was taken away already."))
    before = {"origin": row.origin}
    audit.record("organisation.end-embedding", row.organisation, by=by, before=before)
    row.delete()
