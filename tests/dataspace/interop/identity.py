"""Who speaks, as the mock identity of EDC has it: each says its own name in JSON, and is believed."""

import json

from katalysator.dataspace.models import Connector
from katalysator.dataspace.protocol.identity import Unrecognised


class SaidNames:
    """Believes whoever says a name."""

    def said_by(self, connector: Connector, to: str) -> str:
        """What the other side reads in the header Authorization."""
        told = {"region": "eu", "audience": to, "clientId": connector.participant_id}
        return json.dumps(told)

    def speaker(self, authorization: str, _connector: Connector) -> str:
        """The name that is said. Raises Unrecognised where there is none."""
        try:
            name = json.loads(authorization.removeprefix("Bearer "))["clientId"]
        except (ValueError, KeyError, TypeError):
            raise Unrecognised from None
        return str(name)
