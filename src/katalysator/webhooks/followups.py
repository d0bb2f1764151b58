"""What follows from what is done with webhooks: a letter where one was switched off."""

from katalysator.core.followups import follow
from katalysator.core.jobs import defer_once
from katalysator.core.models import Event
from katalysator.webhooks.tasks import tell_keepers
from katalysator.webhooks.workflow import WEBHOOK


def write_to_keepers(event: Event) -> None:
    """Who keeps it wants to know."""
    number = int(event.subject_id)
    defer_once(tell_keepers, f"webhook-off-{number}", webhook_id=number)


follow(WEBHOOK.audit_verb("switch-off"), by=write_to_keepers)
