"""What follows from deeds with profiles: letters, and files that go with an account."""

from katalysator.core.followups import follow
from katalysator.core.models import Event
from katalysator.talent.models import SkillEvidence
from katalysator.talent.profiles.keeping import remove_files
from katalysator.talent.profiles.tasks import tell_soon


def tell(event: Event) -> None:
    """Somebody is asked to confirm a skill, or answered."""
    tell_soon(int(event.subject_id))


def remove_with_account(event: Event) -> None:
    """An account goes, and its profile with it: the files are in no table."""
    remove_files(SkillEvidence.objects.filter(skill__profile__person=int(event.subject_id)))


follow(
    *("skill-evidence.ask", "skill-evidence.confirm"),
    *("skill-evidence.decline", "skill-evidence.take-back"),
    by=tell,
)
follow("person.erase", by=remove_with_account)
