"""The keys that our connectors sign with: made here, kept sealed, and told to others by their public halves."""

import json
from typing import Any, Final
from uuid import uuid4

from joserfc.jwk import ECKey

from katalysator.core.sealing import closed, opened
from katalysator.dataspace.models import Connector
from katalysator.faults import Conflict, gettext_noop as _

ALGORITHM: Final = "ES256"
_ABOUT: Final = "connector"


def new_key() -> str:
    """A private key for a connector, as it is kept."""
    key = ECKey.generate_key("P-256", {"kid": uuid4().hex, "use": "sig", "alg": ALGORITHM})
    return closed(json.dumps(key.as_dict(private=True)), about=_ABOUT)


def private_key(connector: Connector) -> ECKey:
    """Its key. Raises Conflict where the secret key of the site is another than when it was made."""
    told = opened(connector.key, about=_ABOUT)
    if told is None:
        raise Conflict(
            "connector-key",
            _("The key of this connector cannot be read any more."),
            hint=_("Make a new one on the page of the connector, and tell the others."),
        )
    return ECKey.import_key(json.loads(told))


def public_key(connector: Connector) -> dict[str, Any]:
    """What others need to know that a connector of ours speaks, as a JWK."""
    return dict(private_key(connector).as_dict(private=False))
