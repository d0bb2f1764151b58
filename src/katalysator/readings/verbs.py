"""What can be done with the concepts of the coalition. Each verb is one transaction with its audit event."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from katalysator.core import audit
from katalysator.core.actors import Actor, permits
from katalysator.core.cleaning import plain_line
from katalysator.engine.concepts import bundled_thesaurus, check_broader, check_labels
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.readings.models import CoalitionConcept
from katalysator.readings.thesaurus import newest_thesaurus

CHANGE_CONCEPTS: Final = "readings.change_concepts"
"""The permission to do any of this."""
AUDIT_VERBS: Final = ("concept.add", "concept.change", "concept.remove", "concept.restore")

_KEY: Final = 60
_FIELDS: Final = ("nl", "en", "broader")


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
    row.nl, row.en, row.broader = list(said.nl), list(said.en), list(said.broader)
    row.is_removed = False
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # somebody else added it just now
        raise _is_there(row.key) from None
    audit.record(verb, row, by=by, before=before, after=_facts(row))
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
