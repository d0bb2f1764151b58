"""Who may do what with webhooks. Denied unless allowed here."""

import rules

from katalysator.coalition.models import Person
from katalysator.coalition.rules import is_coordinator, manages
from katalysator.webhooks.models import Webhook
from katalysator.webhooks.workflow import KEEP, WATCH


@rules.predicate
def keeps(person: Person, webhook: Webhook) -> bool:
    """Who manages its organisation; the bureau, of its own."""
    if webhook.organisation is None:
        return bool(is_coordinator(person))
    return bool(manages(person, webhook.organisation))


rules.add_perm(KEEP, keeps)
rules.add_perm(WATCH, rules.always_deny)  # the clock does it
