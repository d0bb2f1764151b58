"""What can be done with the concepts of the coalition. Each verb is one transaction with its audit event."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from katalysator.cleaning import plain_line
from katalysator.core import audit
from katalysator.core.actors import Actor, permits
from katalysator.engine.concepts import Thesaurus, bundled_thesaurus, check_broader, check_labels
from katalysator.faults import Conflict, InvalidInput, NotAllowed, Refused, gettext_noop as _
from katalysator.readings.models import CoalitionConcept
from katalysator.readings.thesaurus import newest_thesaurus, own_concepts, thesaurus_with

CHANGE_CONCEPTS: Final = "readings.change_concepts"
"""The permission to do any of this."""
AUDIT_VERBS: Final = ("concept.add", "concept.change", "concept.remove", "concept.restore")

_KEY: Final = 60
_FIELDS: Final = ("nl", "en", "broader")
_AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True)
class ConceptContent:
    """What a concept says: its labels in Dutch and English, and the keys of broader ones."""

    nl: Sequence[str] = ()
    en: Sequence[str] = ()
    broader: Sequence[str] = ()

    def tidy(self) -> "ConceptContent":
        """The same in single lines, each once."""
        return ConceptContent(*(_tidy(each) for each in (self.nl, self.en, self.broader)))

    @property
    def key(self) -> str:
        """The key that its first label makes."""
        return slugify(next(iter((*self.en, *self.nl)), ""))[:_KEY].strip("-")


@transaction.atomic
def add_concept(concept_content: ConceptContent, *, by: Actor) -> CoalitionConcept:
    """Add a concept; one whose key is that of ours stands in its place from then on.

    Raises NotAllowed, InvalidInput for what it says, and Conflict where the coalition has it already.
    """
    _allow(by)
    said = concept_content.tidy()
    check_labels({"nl": said.nl, "en": said.en})
    if not said.key:
        raise InvalidInput(
            "concept-key",
            _("There is no letter in “%(label)s” to know it by."),
            hint=_("Write the first label in letters from a to z."),
            label=(*said.en, *said.nl)[0],
        ).at("en" if said.en else "nl")
    known = CoalitionConcept.objects.select_for_update().filter(key=said.key).first()
    if known is not None and not known.is_removed:
        raise _is_there(said.key)
    concept = known or CoalitionConcept(key=said.key)
    return _say(concept, said, "concept.add", by)


@transaction.atomic
def add_concepts(concept_contents: Mapping[str, ConceptContent], *, by: Actor) -> None:
    """Add concepts by their keys, all of them or none; see `add_concept`.

    Raises NotAllowed, and Refused with all that is wrong, each placed at its key. Cost: six queries, and
    two a thousand concepts.
    """
    _allow(by)
    said = {key: each.tidy() for key, each in concept_contents.items()}
    _lock_table()
    rows = {row.key: row for row in CoalitionConcept.objects.filter(key__in=said)}
    _require_addable(said, {key for key, row in rows.items() if not row.is_removed})
    added = [
        _filled(rows.get(key) or CoalitionConcept(key=key), each) for key, each in said.items()
    ]
    CoalitionConcept.objects.bulk_create(
        added,
        batch_size=_AT_ONCE,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=[*_FIELDS, "is_removed", "changed_at"],
    )
    deeds = [audit.Deed(row, after=_facts(row)) for row in added]
    audit.record_all("concept.add", deeds, by=by, chain=CoalitionConcept._meta.app_label)


@transaction.atomic
def remove_concepts(keys: Collection[str], *, by: Actor) -> int:
    """Take out those of these concepts that the coalition has, all or none; returns how many these were.

    Raises NotAllowed, and Refused where concepts that stay name some as broader, each placed at the key of
    what they name. Cost: six queries, and one a thousand concepts.
    """
    _allow(by)
    _lock_table()
    rows = list(CoalitionConcept.objects.filter(key__in=keys, is_removed=False))
    _require_nothing_else_under({row.key for row in rows})
    CoalitionConcept.objects.filter(pk__in=[row.pk for row in rows]).update(
        is_removed=True, changed_at=timezone.now()
    )
    deeds = [audit.Deed(row, before=_facts(row)) for row in rows]
    audit.record_all("concept.remove", deeds, by=by, chain=CoalitionConcept._meta.app_label)
    return len(rows)


@transaction.atomic
def change_concept(
    concept: CoalitionConcept, concept_content: ConceptContent, *, by: Actor
) -> CoalitionConcept:
    """Give a concept other labels or broader ones; its key stays. Raises NotAllowed, InvalidInput, Conflict."""
    _allow(by)
    row = _locked(concept)
    if row.is_removed:
        raise _is_gone()
    said = concept_content.tidy()
    check_labels({"nl": said.nl, "en": said.en})
    return _say(row, said, "concept.change", by)


@transaction.atomic
def remove_concept(concept: CoalitionConcept, *, by: Actor) -> CoalitionConcept:
    """Take a concept out; where it stood in place of ours, ours counts again.

    Raises NotAllowed, and Conflict where it is gone already, or where others name it as broader.
    """
    _allow(by)
    row = _locked(concept)
    if row.is_removed:
        raise _is_gone()
    _require_nothing_under(row)
    return _put(row, is_removed=True, verb="concept.remove", by=by)


@transaction.atomic
def restore_concept(concept: CoalitionConcept, *, by: Actor) -> CoalitionConcept:
    """Put a removed concept back as it was. Raises NotAllowed, Conflict, and InvalidInput as `add_concept`."""
    _allow(by)
    row = _locked(concept)
    if not row.is_removed:
        raise Conflict("concept-there", _("This concept is not removed."))
    check_broader(row.key, row.broader, newest_thesaurus())
    return _put(row, is_removed=False, verb="concept.restore", by=by)


def _say(row: CoalitionConcept, said: ConceptContent, verb: str, by: Actor) -> CoalitionConcept:
    check_broader(row.key, said.broader, newest_thesaurus())
    before = _facts(row) if row.pk else {}
    try:
        with transaction.atomic():
            _filled(row, said).save()
    except IntegrityError:  # somebody else added it just now
        raise _is_there(row.key) from None
    audit.record(verb, row, by=by, before=before, after=_facts(row))
    return row


def _filled(row: CoalitionConcept, said: ConceptContent) -> CoalitionConcept:
    row.nl, row.en, row.broader = list(said.nl), list(said.en), list(said.broader)
    row.is_removed = False
    return row


def _put(row: CoalitionConcept, *, is_removed: bool, verb: str, by: Actor) -> CoalitionConcept:
    row.is_removed = is_removed
    row.save(update_fields=["is_removed", "changed_at"])
    facts = _facts(row)
    audit.record(
        verb,
        row,
        by=by,
        before=facts if is_removed else {},
        after={} if is_removed else facts,
    )
    return row


def _allow(by: Actor) -> None:
    if not permits(by, CHANGE_CONCEPTS):
        raise NotAllowed("not-the-bureau", _("Only the bureau changes the concepts."))


def _locked(concept: CoalitionConcept) -> CoalitionConcept:
    return CoalitionConcept.objects.select_for_update().get(pk=concept.pk)


def _lock_table() -> None:
    """Let nobody else change concepts until the transaction ends; they are still read."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {CoalitionConcept._meta.db_table} IN EXCLUSIVE MODE")


def _require_addable(said: Mapping[str, ConceptContent], there: Collection[str]) -> None:
    """Refuse all that is wrong with new concepts, together with those that are there."""
    lines = [
        {"id": key, "nl": each.nl, "en": each.en, "broader": each.broader}
        for key, each in said.items()
    ]
    known, problems = thesaurus_with([*own_concepts(), *lines]), list[InvalidInput]()
    for key, each in said.items():
        try:
            _check_addable(key, each, there, known)
        except InvalidInput as fault:
            problems.append(fault.at(key))
    if problems:
        raise Refused(*problems)


def _check_addable(
    key: str, said: ConceptContent, there: Collection[str], known: Thesaurus
) -> None:
    if slugify(key)[:_KEY] != key:
        raise InvalidInput(
            "concept-key-form",
            _("“%(name)s” is no id that the coalition can keep."),
            hint=_("Write it in small letters a to z, digits and hyphens, %(most)s at most."),
            name=key,
            most=_KEY,
        )
    if key in there:
        raise InvalidInput(
            "concept-there",
            _("The coalition has a concept “%(name)s” already."),
            hint=_("Take this line out, or give it another id."),
            name=key,
        )
    check_labels({"nl": said.nl, "en": said.en})
    check_broader(key, said.broader, known)


def _tidy(lines: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(plain_line, lines))))


def _facts(row: CoalitionConcept) -> dict[str, object]:
    return {"key": row.key, **{name: list(getattr(row, name)) for name in _FIELDS}}


def _require_nothing_under(row: CoalitionConcept) -> None:
    under = CoalitionConcept.objects.filter(is_removed=False, broader__contains=[row.key])
    first = under.first()
    if first is not None and _is_own_only(row.key):
        raise Conflict(
            "concept-broader",
            _("“%(name)s” names this concept as a broader one."),
            hint=_("Change that one first."),
            name=first.key,
        )


def _require_nothing_else_under(keys: Collection[str]) -> None:
    """Refuse the removal of concepts that others name as broader, where nothing of ours takes their place."""
    only = [key for key in keys if _is_own_only(key)]
    rest = CoalitionConcept.objects.filter(is_removed=False).exclude(key__in=keys)
    problems = [
        InvalidInput(
            "concept-broader",
            _("“%(name)s” names this concept as a broader one."),
            hint=_("Change that one first."),
            name=row.key,
        ).at(key)
        for row in rest.filter(broader__overlap=only)
        for key in row.broader
        if key in keys
    ]
    if problems:
        raise Refused(*problems)


def _is_own_only(key: str) -> bool:
    return key not in bundled_thesaurus().row


def _is_there(key: str) -> Conflict:
    return Conflict(
        "concept-there",
        _("The coalition has a concept “%(name)s” already."),
        hint=_("Change that one, or begin with another label."),
        name=key,
    )


def _is_gone() -> Conflict:
    return Conflict(
        "concept-gone", _("This concept is not there any more."), hint=_("Put it back first.")
    )
