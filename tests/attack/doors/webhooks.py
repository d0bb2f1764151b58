"""Where texts come into `webhooks`: forms, and verbs."""

from typing import Any

from django import forms

from katalysator.webhooks.forms import WebhookForm
from tests import builders
from tests.attack.doors import Door


def forms_of_the_room() -> dict[type, list[forms.BaseForm]]:
    return {
        WebhookForm: [WebhookForm(bureau=False)],
    }


def _add_webhook(text: str) -> Any:
    made, _secret = builders.webhook(builders.organisation(), name=text)
    return made


DOORS = [
    Door(_add_webhook, "name", needed=True, too_long=100),
]
