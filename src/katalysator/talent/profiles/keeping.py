"""What every deed with one's own profile begins and ends with, and where files of evidence are kept."""

from typing import BinaryIO, Final

from django.utils import timezone

from katalysator.core import rows
from katalysator.core.actors import Actor, permits
from katalysator.core.attachments import store
from katalysator.faults import NotAllowed, gettext_noop as _
from katalysator.talent.models import SkillEvidence, SkillProfile
from katalysator.talent.profiles.queries import SkillEvidenceQuerySet
from katalysator.talent.profiles.workflow import KEEP

LARGEST: Final = 5_000_000
"""Bytes of one file."""
MOST_OF_PROFILE: Final = 30_000_000
"""Bytes of all files of a profile."""
ROOM: Final = "skill-evidence"
"""The part of the store where they are."""


def locked(profile: SkillProfile) -> SkillProfile:
    """The profile as it is now, kept from others. Raises Conflict where it is gone."""
    return rows.locked(profile, _("This profile is not here any more."))


def own(profile: SkillProfile, by: Actor) -> SkillProfile:
    """The profile as it is now, for who keeps it; counts as something that was done with it. Raises NotAllowed, Conflict."""
    require_own(profile, by)
    row = locked(profile)
    row.touched_at, row.asked_at = timezone.now(), None
    row.save(update_fields=["touched_at", "asked_at"])
    return row


def require_own(profile: SkillProfile, by: Actor) -> None:
    """Refuse who is another than whom the profile is about. Raises NotAllowed."""
    if not permits(by, KEEP, profile):
        raise NotAllowed("not-your-profile", _("This is not your profile."))


def remove_files(evidence: SkillEvidenceQuerySet) -> None:
    """Remove the files of evidence that goes with the transaction of now. Cost: one query."""
    store.remove(ROOM, *evidence.file_keys())


def opened(evidence: SkillEvidence) -> BinaryIO:
    """The file of evidence. Raises FileNotFoundError where there is none, or it is not there."""
    if evidence.file_key is None:
        raise FileNotFoundError
    return store.opened(ROOM, evidence.file_key)
