"""What is held of a person who keeps webhooks."""

from typing import Any

from katalysator.core.personal_data import holds, rows
from katalysator.webhooks.models import Webhook


@holds("webhooks", Webhook)
def kept_by(person: Any) -> dict[str, Any]:
    """The webhooks that the person added, or changed or let work again last."""
    return {"kept": rows(Webhook.objects.filter(keeper_id=person.pk), "id", "name", "made_at")}
