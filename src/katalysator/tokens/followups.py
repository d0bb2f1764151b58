"""What follows for tokens: who had to set a new password may have lost more than that."""

from katalysator.core.followups import follow
from katalysator.core.models import Event
from katalysator.tokens.models import Token


def end_all(event: Event) -> None:
    """All tokens of who reset the password end."""
    Token.objects.filter(person_id=event.subject_id).delete()


follow("person.reset-password", by=end_all)
