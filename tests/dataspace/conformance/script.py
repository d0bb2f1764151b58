"""What our connector does by itself in the scenarios: on entering a state, the next move of the table."""

from typing import Any

from katalysator.dataspace.models import Negotiation
from katalysator.dataspace.protocol.identity import Unrecognised
from katalysator.dataspace.protocol.sending import RULE, send
from tests.dataspace.conformance.scenarios import MOVES

PEER = "TCK_PARTICIPANT"
"""What the kit calls itself."""


def follow_script(process: Any) -> None:
    """Do what the scenario of this process says; nothing where it is of none, or says to wait."""
    about = process.dataset_key if isinstance(process, Negotiation) else process.agreement.key
    moves = MOVES.get(about, {}).get(process.state, ())
    been = process.exchanges.filter(after=process.state).exclude(before=process.state).count()
    if 0 < been <= len(moves) and process.outbox is None:
        send(process, moves[been - 1], by=RULE, terms=_other_terms(process, moves[been - 1]))


def _other_terms(process: Any, word: str) -> dict[str, object] | None:
    """What a counter-offer of a consumer says; all else is about what is on the table."""
    if process.kind == "negotiation" and word == "request":
        return {"permission": [{"action": "use"}]}
    return None


class AnybodyIsThePeer:
    """Believes every header: the kit sends a fixed one, and tests no identity."""

    def said_by(self, _connector: object, _to: str) -> str:
        return "kit"

    def speaker(self, authorization: str, _connector: object) -> str:
        if not authorization:
            raise Unrecognised
        return PEER
