"""How messages are signed: by the specification Standard Webhooks, so that ready-made libraries can check them."""

import base64
import hmac
import json
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.utils import timezone

from katalysator.core.sealing import closed, opened
from katalysator.webhooks.models import Delivery, Webhook

_PREFIX: Final = "whsec_"
_ABOUT: Final = "webhook"


def new_secret() -> str:
    """A secret as who receives messages gets it."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def kept_secret(secret: str) -> str:
    """The same as we keep it."""
    return closed(secret, about=_ABOUT)


def secrets_of(webhook: Webhook) -> list[str]:
    """The secrets that count now, the newest first; none where the key of the site is another than when they were made."""
    kept = [webhook.secret]
    if webhook.old_until and webhook.old_until > timezone.now():
        kept.append(webhook.old_secret)
    return [secret for each in kept if (secret := opened(each, about=_ABOUT))]


def message(delivery: Delivery) -> bytes:
    """What is sent: what happened, when, and to which record; nothing of what that says."""
    told = {
        "id": delivery.message_id,
        "type": delivery.type,
        "timestamp": delivery.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "data": {
            "kind": delivery.kind,
            "number": delivery.number,
            "address": f"{settings.ADDRESS}{delivery.path}",
        },
    }
    return json.dumps(told, separators=(",", ":")).encode()


def headers(
    delivery: Delivery, body: bytes, keys: Sequence[str], *, at: datetime
) -> dict[str, str]:
    """What is said with it: its number, the moment of sending, and a signature by each of the secrets."""
    moment = str(int(at.timestamp()))
    signed = (_signature(key, f"{delivery.message_id}.{moment}.".encode() + body) for key in keys)
    return {
        "Content-Type": "application/json",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(signed),
    }


def _signature(secret: str, told: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    return "v1," + base64.b64encode(hmac.digest(key, told, "sha256")).decode()
