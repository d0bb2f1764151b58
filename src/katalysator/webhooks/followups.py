"""What follows for webhooks: who kept one and manages no longer is told nothing more, and a letter to who does."""

from katalysator.coalition.models import Membership
from katalysator.core.actors import SUCCESSION
from katalysator.core.followups import follow
from katalysator.core.jobs import defer_once
from katalysator.core.models import Event
from katalysator.webhooks.models import Webhook
from katalysator.webhooks.queries import WebhookQuerySet
from katalysator.webhooks.tasks import tell_keepers
from katalysator.webhooks.verbs import lay_down
from katalysator.webhooks.workflow import WEBHOOK


def write_to_keepers(event: Event) -> None:
    """Who keeps it wants to know."""
    number = int(event.subject_id)
    defer_once(tell_keepers, f"webhook-off-{number}", webhook_id=number)


def stop_of_organisation(event: Event) -> None:
    """Somebody speaks for an organisation no longer, or manages it no longer: at once, so that nothing is told in between."""
    if event.after.get("role") != Membership.Role.MANAGER:
        kept = Webhook.objects.kept_by(int(event.subject_id))
        _stop(kept.filter(organisation__slug=event.before["organisation"]))


def stop_of_person(event: Event) -> None:
    """A person is erased."""
    _stop(Webhook.objects.kept_by(int(event.subject_id)))


def _stop(found: WebhookQuerySet) -> None:
    for each in found:
        lay_down(each, by=SUCCESSION)


follow(*map(WEBHOOK.audit_verb, ("switch-off", "lay-down")), by=write_to_keepers)
follow("person.part", "person.hand-over", "person.give-role", by=stop_of_organisation)
follow("person.erase", by=stop_of_person)
