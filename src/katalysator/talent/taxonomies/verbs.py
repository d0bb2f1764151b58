"""What can be done with taxonomies. Each verb is one transaction with its audit event."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Final

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from katalysator.cleaning import plain_line
from katalysator.coalition.models import Person
from katalysator.core import audit
from katalysator.core.actors import Actor
from katalysator.core.lengths import require_short
from katalysator.core.rows import locked, require_sound
from katalysator.engine.skills import pack
from katalysator.faults import Conflict, InvalidInput, gettext_noop as _
from katalysator.talent.models import (
    ConceptDescription,
    KeyRedirect,
    LocalConcept,
    TaxonomyVersion,
)
from katalysator.talent.taxonomies.current import current_taxonomy, taxonomy_by
from katalysator.talent.taxonomies.files import TaxonomyFiles
from katalysator.talent.taxonomies.local import LocalContent, check_local
from katalysator.talent.taxonomies.permissions import allow
from katalysator.talent.taxonomies.starter import read_starter

_AT_ONCE: Final = 2_000


@transaction.atomic
def take_in(taxonomy_files: TaxonomyFiles, *, by: Actor) -> TaxonomyVersion:
    """Keep a version of a taxonomy beside those that there are; the first one is used from then on.

    Raises NotAllowed, InvalidInput where its name or version is too long, and Conflict where it is there already, the
    same in all. Cost: 4 s for ESCO.
    """
    allow(by)
    taxonomy = taxonomy_files.taxonomy
    version = plain_line(taxonomy.version)
    require_short(version, TaxonomyVersion, "version")
    content = pack(taxonomy)
    digest = hashlib.sha256(content).hexdigest()
    _lock_table()
    known = TaxonomyVersion.objects.told().filter(digest=digest).first()
    if known is not None:
        raise Conflict(
            "taxonomy-there",
            _("This is there already, as %(name)s."),
            hint=_("Nothing was changed."),
            name=str(known),
        )
    made = TaxonomyVersion.objects.create(
        name=taxonomy.name,
        version=version,
        languages=[name for name, rows in taxonomy.occupations.labels.items() if any(rows)],
        occupations=len(taxonomy.occupations),
        skills=len(taxonomy.skills),
        content=content,
        digest=digest,
        taken_in_by=by if isinstance(by, Person) else None,
        report=dict(taxonomy_files.noticed),
    )
    ConceptDescription.objects.bulk_create(_descriptions(made, taxonomy_files), batch_size=_AT_ONCE)
    audit.record("taxonomy.take-in", made, by=by, after=_facts(made))
    if not TaxonomyVersion.objects.current().exists():
        _use(made, by=by)
    return made


@transaction.atomic
def take_in_starter(*, by: Actor) -> TaxonomyVersion | None:
    """Take in the starter set where there is no taxonomy yet; None where there is. Raises NotAllowed."""
    allow(by)
    if TaxonomyVersion.objects.exists():
        return None
    return take_in(read_starter(), by=by)


@transaction.atomic
def use_version(taxonomy_version: TaxonomyVersion, *, by: Actor) -> TaxonomyVersion:
    """Use a version from now on; that of before stays beside it. Raises NotAllowed, Conflict."""
    allow(by)
    _lock_table()
    row = locked(taxonomy_version, _("This version is not here any more."))
    if row.is_current:
        raise Conflict("taxonomy-used", _("This version is used already."))
    return _use(row, by=by)


@transaction.atomic
def remove_version(taxonomy_version: TaxonomyVersion, *, by: Actor) -> None:
    """Throw a version away that is not used. Raises NotAllowed, Conflict."""
    allow(by)
    _lock_table()
    row = locked(taxonomy_version, _("This version is not here any more."))
    if row.is_current:
        raise Conflict(
            "taxonomy-used",
            _("This version is used."),
            hint=_("Use another one first."),
        )
    audit.record("taxonomy.remove", row, by=by, before=_facts(row))
    row.delete()


@transaction.atomic
def redirect_keys(
    taxonomy_version: TaxonomyVersion, *, by: Actor, redirects: Mapping[str, str]
) -> int:
    """Say of keys that a version does not have what they are in it; returns of how many.

    Raises NotAllowed, Conflict, and InvalidInput for a key that the version has, or a thing that it does not have.
    """
    allow(by)
    row = locked(taxonomy_version, _("This version is not here any more."))
    taxonomy = taxonomy_by(row.digest)
    known = taxonomy.occupations.row.keys() | taxonomy.skills.row.keys()
    for key, to in redirects.items():
        if key in known or to not in known:
            raise InvalidInput(
                "redirect",
                _("“%(key)s” cannot lead to “%(to)s” in this version."),
                key=key,
                to=to,
            ).at("redirects")
        require_short(key, KeyRedirect, "key")
    rows = [KeyRedirect(taxonomy=row, key=key, to=to) for key, to in redirects.items()]
    KeyRedirect.objects.filter(taxonomy=row, key__in=redirects).delete()
    KeyRedirect.objects.bulk_create(rows)
    audit.record("taxonomy.redirect", row, by=by, after={"redirects": len(rows)})
    return len(rows)


@transaction.atomic
def add_local_concept(local_content: LocalContent, *, by: Actor) -> LocalConcept:
    """Add an own occupation or skill beside the taxonomy. Raises NotAllowed, InvalidInput, Conflict."""
    allow(by)
    said = check_local(local_content, current_taxonomy())
    key = f"local/{said.kind}/{slugify((*said.en, *said.nl)[0])[:50].strip('-')}"
    if LocalConcept.objects.filter(key=key).exists():
        raise Conflict(
            "local-there",
            _("The coalition has this already."),
            hint=_("Begin with another label."),
        )
    row = LocalConcept(key=key, **said.fields())
    require_sound(row)
    row.save()
    audit.record("local-concept.add", row, by=by, after={"key": key, **said.fields()})
    return row


@transaction.atomic
def change_local_concept(
    local_concept: LocalConcept, local_content: LocalContent, *, by: Actor
) -> LocalConcept:
    """Let an own occupation or skill say something else; its key and kind stay. Raises NotAllowed, InvalidInput, Conflict."""
    allow(by)
    row = locked(local_concept, _("This is not here any more."))
    before = LocalContent.of(row).fields()
    said = check_local(local_content, current_taxonomy())
    for name, value in said.fields().items():
        if name != "kind":
            setattr(row, name, value)
    require_sound(row)
    row.save()
    audit.record_edit("local-concept.change", row, by=by, before=before, after=said.fields())
    return row


@transaction.atomic
def remove_local_concept(local_concept: LocalConcept, *, by: Actor) -> None:
    """Take an own occupation or skill out. Raises NotAllowed, Conflict."""
    allow(by)
    row = locked(local_concept, _("This is not here any more."))
    audit.record("local-concept.remove", row, by=by, before={"key": row.key})
    row.delete()


def _use(row: TaxonomyVersion, *, by: Actor) -> TaxonomyVersion:
    before = TaxonomyVersion.objects.current().values_list("digest", flat=True).first()
    TaxonomyVersion.objects.current().update(is_current=False)
    row.is_current, row.used_at = True, timezone.now()
    row.save(update_fields=["is_current", "used_at"])
    audit.record(
        "taxonomy.use", row, by=by, before={"digest": before or ""}, after={"digest": row.digest}
    )
    return row


def _descriptions(
    made: TaxonomyVersion, taxonomy_files: TaxonomyFiles
) -> Iterator[ConceptDescription]:
    for language, means in taxonomy_files.descriptions.items():
        for key, text in means.items():
            yield ConceptDescription(taxonomy=made, key=key, language=language, text=text)


def _facts(row: TaxonomyVersion) -> dict[str, object]:
    names = ("name", "version", "occupations", "skills", "digest")
    return {name: getattr(row, name) for name in names}


def _lock_table() -> None:
    """Let nobody else take in or use versions until the transaction ends; they are still read."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {TaxonomyVersion._meta.db_table} IN EXCLUSIVE MODE")
