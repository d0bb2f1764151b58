"""What follows from what is done with applications: letters."""

from katalysator.admission.tasks import tell_applicant, tell_bureau, tell_joining, tell_managers
from katalysator.core.followups import follow
from katalysator.core.jobs import defer_once
from katalysator.core.models import Event


def write_to_applicant(event: Event) -> None:
    """Who applied hears how it stands."""
    number = int(event.subject_id)
    defer_once(tell_applicant, f"tell-applicant-{number}-{event.verb}", application_id=number)


def write_to_bureau(event: Event) -> None:
    """The bureau hears that an application waits."""
    number = int(event.subject_id)
    defer_once(tell_bureau, f"tell-bureau-{number}", application_id=number)


def write_to_who_joins(event: Event) -> None:
    """Who was invited, asked or was let in gets a letter."""
    number = int(event.subject_id)
    defer_once(tell_joining, f"tell-joining-{number}-{event.verb}", joining_id=number)


def write_to_managers(event: Event) -> None:
    """Who manages the organisation hears that somebody asks."""
    number = int(event.subject_id)
    defer_once(tell_managers, f"tell-managers-{number}", joining_id=number)


follow("joining.invite", "joining.ask", "joining.let-in", by=write_to_who_joins)
follow("joining.confirm", "joining.arrive", by=write_to_managers)
follow("application.apply", "application.admit", "application.decline", by=write_to_applicant)
follow("application.confirm", by=write_to_bureau)
