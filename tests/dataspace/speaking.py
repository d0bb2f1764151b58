"""Messages of the other side, as they come to a door of a connector of ours."""

import json
from typing import Any
from uuid import uuid4

from katalysator.dataspace.models import Connector
from katalysator.dataspace.models.processes import new_pid
from katalysator.dataspace.protocol.doors import answer_to
from katalysator.dataspace.protocol.transport import DoorAnswer
from tests.dataspace.conformance.peer import USE, message, path


def said(own: Connector, row: Any, word: str, **changed: Any) -> tuple[str, dict[str, Any]]:
    """Where a message of the other side of a process goes, and what stands in it."""
    pids = {"providerPid": row.provider_pid, "consumerPid": row.consumer_pid}
    told: dict[str, Any] = {}
    if row.kind == "negotiation" and word in ("request", "offer"):
        told["offer"] = {"@id": new_pid(), "@type": "Offer", "target": row.dataset_key, **USE}
    if word == "agreement":
        told["agreement"] = {
            "@id": new_pid(), "@type": "Agreement", "target": row.dataset_key, **USE,
            "assigner": row.partner_id, "assignee": own.participant_id,
        }  # fmt: skip
    return path(row.kind, word, row.pid), message(row.kind, word, **pids | told | changed)


def answered(
    own: Connector, where: str, told: Any, speaker: str = "urn:peer", method: str = "POST"
) -> DoorAnswer:
    """What a connector answers to something that is said by somebody who has been proven."""
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    return answer_to(own, method, where, body, speaker=speaker)


def some_key() -> str:
    """A name that nothing else has."""
    return f"urn:uuid:{uuid4()}"
