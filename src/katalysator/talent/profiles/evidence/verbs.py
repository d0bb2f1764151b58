"""What speaks for a skill: asked, answered, stated and removed. Each verb is one transaction with its event.

Whoever is asked sees the skill and who asks, because that person asked; nothing else of the profile.
"""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from katalysator.cleaning import plain_line
from katalysator.coalition.acting import person_of
from katalysator.coalition.models import Organisation, Person
from katalysator.core import audit, rows
from katalysator.core.actors import Actor, permits
from katalysator.core.attachments import store
from katalysator.core.attachments.kinds import kind_of
from katalysator.core.attachments.names import clean_name
from katalysator.core.lengths import said
from katalysator.core.rows import require_sound
from katalysator.faults import Conflict, InvalidInput, NotAllowed, gettext_noop as _
from katalysator.talent.models import ProfileSkill, SkillEvidence, SkillProfile
from katalysator.talent.profiles.keeping import (
    LARGEST,
    MOST_OF_PROFILE,
    ROOM,
    own,
    remove_files,
)
from katalysator.talent.profiles.workflow import ANSWER, EVIDENCE

MOST_OF_SKILL: Final = 10
MOST_WAITING: Final = 20
"""So many questions of one person wait for answers at a time."""
ASSESSING: Final = (
    Organisation.Kind.UNIVERSITY,
    Organisation.Kind.HBO,
    Organisation.Kind.MBO,
    Organisation.Kind.INSTITUTE,
)
"""The kinds of organisations that assess."""


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """Who issued a certificate, when, and until when it is valid, where that is said."""

    issuer: str
    issued_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file as somebody gave it: its name, and what it holds."""

    name: str
    data: bytes


@transaction.atomic
def ask_peer(skill: ProfileSkill, peer: Person, *, by: Actor) -> SkillEvidence:
    """Ask a colleague to confirm a skill; they get a letter. Raises InvalidInput, NotAllowed, Conflict."""
    row = _own_skill(skill, by)
    if peer.pk == row.profile.person_id:
        raise InvalidInput("whom", _("Ask somebody else than yourself.")).at("whom")
    if not peer.is_active:
        raise InvalidInput("whom", _("We find nobody by this name or address.")).at("whom")
    _require_not_asked(row.evidence.filter(asked=peer).exclude(state="withdrawn").exists())
    return _asked(SkillEvidence(skill=row, level=SkillEvidence.Level.PEER, asked=peer), by)


@transaction.atomic
def ask_assessor(skill: ProfileSkill, organisation: Organisation, *, by: Actor) -> SkillEvidence:
    """Ask a school or an institute whether it assessed a skill; who manages it gets a letter. Raises as above."""
    row = _own_skill(skill, by)
    if not organisation.is_participant or organisation.kind not in ASSESSING:
        raise InvalidInput(
            "whom", _("Only a school or an institute that takes part assesses skills.")
        ).at("whom")
    _require_not_asked(
        row.evidence.filter(organisation=organisation).exclude(state="withdrawn").exists()
    )
    level = SkillEvidence.Level.ASSESSED
    return _asked(SkillEvidence(skill=row, level=level, organisation=organisation), by)


@transaction.atomic
def state_certificate(
    skill: ProfileSkill, facts: CertificateFacts, *, by: Actor, file: EvidenceFile | None = None
) -> SkillEvidence:
    """Write down a certificate, which nobody here checks. Raises InvalidInput, NotAllowed, Conflict; OSError where the disk fails."""
    row = _own_skill(skill, by)
    _require_room(row)
    made = SkillEvidence(skill=row, level=SkillEvidence.Level.CERTIFICATE, state="stated")
    made.issuer = said(plain_line(facts.issuer), _("Say who issued it."), SkillEvidence, "issuer")
    made.issued_on, made.valid_until = facts.issued_on, facts.valid_until
    _require_days(made)
    if file:
        _take_file(made, file)
    require_sound(made)
    with store.kept(ROOM, made.file_key, file.data) if file and made.file_key else nullcontext():
        made.save()
        audit.record("skill-evidence.state", made, by=by)
    return made


@transaction.atomic
def move(
    evidence: SkillEvidence,
    deed: str,
    *,
    by: Actor,
    sentence: str = "",
    valid_until: date | None = None,
) -> SkillEvidence:
    """Confirm what one is asked, with a sentence; or not; or take it back. Raises InvalidInput, NotAllowed, Conflict."""
    if not permits(by, ANSWER, evidence):
        raise NotAllowed("not-asked", _("You are not asked this."))
    row = rows.locked(evidence, _("This question is not here any more."))
    before, row.state = row.state, EVIDENCE.transition(row.state, deed).target
    row.answered_by = person_of(by)
    row.sentence, row.valid_until = "", None
    if deed == "confirm":
        missing = _("Say in one sentence how you know.")
        row.sentence = said(plain_line(sentence), missing, SkillEvidence, "sentence")
        row.valid_until = valid_until if row.level == SkillEvidence.Level.ASSESSED else None
        row.issued_on = timezone.localdate()
        _require_days(row)
    require_sound(row)
    row.save()
    audit.record_step(EVIDENCE, deed, row, by=by, before=before)
    return row


@transaction.atomic
def remove(evidence: SkillEvidence, *, by: Actor) -> None:
    """Take evidence out of one's own profile. Raises NotAllowed, Conflict."""
    _own_skill(evidence.skill, by)
    found = SkillEvidence.objects.filter(pk=evidence.pk)
    row = found.first()
    if row is None:
        raise Conflict("gone", _("This is not in your profile any more."))
    remove_files(found)
    audit.record("skill-evidence.remove", row, by=by)
    row.delete()


def _own_skill(skill: ProfileSkill, by: Actor) -> ProfileSkill:
    """The skill as it is now, in the own profile, which is locked. Raises NotAllowed, Conflict."""
    profile: SkillProfile = own(skill.profile, by)
    row = profile.skills.filter(pk=skill.pk).first()
    if row is None:
        raise Conflict("gone", _("This is not in your profile any more."))
    row.profile = profile
    return row


def _asked(made: SkillEvidence, by: Actor) -> SkillEvidence:
    _require_room(made.skill)
    waiting = SkillEvidence.objects.filter(skill__profile=made.skill.profile, state="asked")
    if waiting.count() >= MOST_WAITING:
        raise Conflict(
            "too-many-questions",
            _("%(most)s of your questions wait for an answer already."),
            hint=_("Wait for answers, or remove a question."),
            most=MOST_WAITING,
        )
    made.state = EVIDENCE.initial
    require_sound(made)
    made.save()
    audit.record("skill-evidence.ask", made, by=by)
    return made


def _require_not_asked(is_asked: bool) -> None:
    if is_asked:
        raise Conflict("asked-already", _("You asked them already."))


def _require_room(skill: ProfileSkill) -> None:
    if skill.evidence.count() >= MOST_OF_SKILL:
        raise Conflict(
            "too-much-evidence",
            _("There are %(most)s at most for one skill."),
            hint=_("Remove one first."),
            most=MOST_OF_SKILL,
        )


def _require_days(evidence: SkillEvidence) -> None:
    issued, until = evidence.issued_on, evidence.valid_until
    if issued and issued > timezone.localdate():
        raise InvalidInput("future", _("This day is still to come.")).at("issued_on")
    if until and issued and until < issued:
        raise InvalidInput("until", _("It is valid until a day before it was issued.")).at(
            "valid_until"
        )


def _take_file(made: SkillEvidence, file: EvidenceFile) -> None:
    """Write down what a file is. Raises InvalidInput at “file”."""
    try:
        _require_size(made, len(file.data))
        made.file_name = clean_name(file.name)
        made.file_kind = kind_of(file.data, made.file_name)
    except InvalidInput as error:
        raise error.at("file") from None
    made.file_key, made.file_size = uuid4(), len(file.data)


def _require_size(made: SkillEvidence, size: int) -> None:
    if size > LARGEST:
        raise InvalidInput(
            "file-large", _("The file is larger than %(most)s MB."), most=LARGEST // 1_000_000
        )
    every = SkillEvidence.objects.filter(skill__profile=made.skill.profile)
    if every.bytes_of_files() + size > MOST_OF_PROFILE:
        raise InvalidInput(
            "files-large",
            _("All files of a profile together may take %(most)s MB."),
            most=MOST_OF_PROFILE // 1_000_000,
        )
