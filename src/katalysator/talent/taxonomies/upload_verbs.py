"""Giving files of a taxonomy, which are read in the background. One transaction with its audit event."""

from typing import Final

from django.db import transaction

from katalysator.cleaning import plain_line
from katalysator.coalition.models import Person
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.jobs import defer_once
from katalysator.core.lengths import require_short
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _
from katalysator.talent.models import TaxonomyUpload
from katalysator.talent.taxonomies.permissions import allow
from katalysator.talent.taxonomies.tasks import read_files

LARGEST_UPLOAD: Final = 100_000_000
"""So many bytes of files may be given on a page."""
_LONGEST_NAME: Final = 120
_WAITING: Final = 3


@transaction.atomic
def give_files(name: str, packed: bytes, version: str, *, by: Actor) -> TaxonomyUpload:
    """Keep files of a taxonomy until they are read in the background. Raises NotAllowed, InvalidInput, Conflict."""
    allow(by)
    version = plain_line(version)
    require_short(version, TaxonomyUpload, "version")
    if len(packed) > LARGEST_UPLOAD:
        raise InvalidInput("taxonomy-large", _("This file is too large.")).at("file")
    if TaxonomyUpload.objects.filter(state=TaxonomyUpload.State.WAITS).count() >= _WAITING:
        raise Conflict(
            "taxonomy-waits",
            _("Other files wait to be read."),
            hint=_("Wait until these are done."),
        )
    TaxonomyUpload.objects.exclude(state=TaxonomyUpload.State.WAITS).delete()
    made = TaxonomyUpload.objects.create(
        name=plain_line(name)[-_LONGEST_NAME:],
        version=version,
        content=packed,
        given_by=by if isinstance(by, Person) else None,
    )
    audit.record("taxonomy.give", made, by=by, after={"bytes": len(packed)})
    defer_once(read_files, f"talent-files-{made.pk}", upload=str(made.pk))
    return made
