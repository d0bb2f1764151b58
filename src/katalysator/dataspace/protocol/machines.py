"""The two state machines of the protocol: in which state who may say what, and what it leads to.

Each is one table, from the specification (contract negotiation and transfer process, 2025-1). A state is reached when
the other side has taken the message. The diagrams say who may end a process in which state, the text that both may end it
in any: we take it from both, and send it as the diagram says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class ProtocolRole(StrEnum):
    """Who has data, and who wants it."""

    PROVIDER = "provider"
    CONSUMER = "consumer"

    @property
    def other(self) -> "ProtocolRole":
        """Whom one speaks with."""
        return ProtocolRole.CONSUMER if self is ProtocolRole.PROVIDER else ProtocolRole.PROVIDER


BEGUN: Final = "BEGUN"
"""A process of which the other side does not know yet; no state of the protocol, and never told."""

TERMINATION: Final = "termination"
"""The message by which either side gives up."""

_P, _C = ProtocolRole.PROVIDER, ProtocolRole.CONSUMER
_BOTH: Final = (_P, _C)


@dataclass(frozen=True, slots=True)
class ProtocolStep:
    """A line of a table: in `source` each of `senders` may send a message, which leads to `target`.

    `taken_from` says from whom it is taken, where that is more than those who should send it.
    """

    source: str
    message: str
    target: str
    senders: tuple[ProtocolRole, ...]
    taken_from: tuple[ProtocolRole, ...] = ()


@dataclass(frozen=True)
class ProtocolMachine:
    """The table of one kind of process; `ended` are states from which nothing leads."""

    steps: tuple[ProtocolStep, ...]
    ended: frozenset[str]

    @property
    def states(self) -> tuple[str, ...]:
        """All states, in the order in which they are met."""
        told = (state for step in self.steps for state in (step.source, step.target))
        return tuple(dict.fromkeys(told))

    def sent(self, state: str, message: str, by: ProtocolRole) -> str | None:
        """The state that a message leads to which one of the roles sends; None where it should not."""
        return next((s.target for s in self._from(state, message) if by in s.senders), None)

    def taken(self, state: str, message: str, by: ProtocolRole) -> str | None:
        """The same of a message that comes in; None where it is refused."""
        found = self._from(state, message)
        return next((s.target for s in found if by in s.senders or by in s.taken_from), None)

    def messages(self, state: str, by: ProtocolRole) -> tuple[str, ...]:
        """What one of the roles may send in a state to bring it on."""
        moving = (s for s in self.steps if s.source == state != s.target)
        return tuple(s.message for s in moving if by in s.senders)

    def turns(self, role: ProtocolRole) -> frozenset[str]:
        """The states in which one of the roles alone can go on; what merely ends a process is no going on."""
        onward = [s for s in self.steps if s.source != BEGUN and s.message != TERMINATION]
        own = {s.source for s in onward if role in s.senders}
        return frozenset(own - {s.source for s in onward if role.other in s.senders})

    def _from(self, state: str, message: str) -> Iterator[ProtocolStep]:
        return (s for s in self.steps if s.source == state and s.message == message)


NEGOTIATION: Final = ProtocolMachine(
    (
        ProtocolStep(BEGUN, "request", "REQUESTED", (_C,)),
        ProtocolStep(BEGUN, "offer", "OFFERED", (_P,)),
        ProtocolStep("REQUESTED", "offer", "OFFERED", (_P,)),
        ProtocolStep("REQUESTED", "agreement", "AGREED", (_P,)),
        ProtocolStep("REQUESTED", "termination", "TERMINATED", _BOTH),
        ProtocolStep("OFFERED", "request", "REQUESTED", (_C,)),
        ProtocolStep("OFFERED", "accepted", "ACCEPTED", (_C,)),
        ProtocolStep("OFFERED", "termination", "TERMINATED", _BOTH),
        ProtocolStep("ACCEPTED", "agreement", "AGREED", (_P,)),
        ProtocolStep("ACCEPTED", "termination", "TERMINATED", (_P,), _BOTH),
        ProtocolStep("AGREED", "verification", "VERIFIED", (_C,)),
        ProtocolStep("AGREED", "termination", "TERMINATED", (_C,), _BOTH),
        ProtocolStep("VERIFIED", "finalized", "FINALIZED", (_P,)),
        ProtocolStep("VERIFIED", "termination", "TERMINATED", (_P,), _BOTH),
    ),
    frozenset({"FINALIZED", "TERMINATED"}),
)
TRANSFER: Final = ProtocolMachine(
    (
        ProtocolStep(BEGUN, "request", "REQUESTED", (_C,)),
        ProtocolStep("REQUESTED", "start", "STARTED", (_P,)),
        ProtocolStep("REQUESTED", "termination", "TERMINATED", _BOTH),
        ProtocolStep("STARTED", "completion", "COMPLETED", _BOTH),
        # What a consumer resumed Eclipse EDC does not use before its provider has started it too, with a new address.
        ProtocolStep("STARTED", "start", "STARTED", (_P,)),
        ProtocolStep("STARTED", "suspension", "SUSPENDED", _BOTH),
        ProtocolStep("STARTED", "termination", "TERMINATED", _BOTH),
        ProtocolStep("SUSPENDED", "start", "STARTED", _BOTH),
        ProtocolStep("SUSPENDED", "termination", "TERMINATED", _BOTH),
    ),
    frozenset({"COMPLETED", "TERMINATED"}),
)

TYPES: Final[Mapping[str, Mapping[str, str]]] = {
    "negotiation": {
        "request": "ContractRequestMessage",
        "offer": "ContractOfferMessage",
        "agreement": "ContractAgreementMessage",
        "verification": "ContractAgreementVerificationMessage",
        "accepted": "ContractNegotiationEventMessage",
        "finalized": "ContractNegotiationEventMessage",
        "termination": "ContractNegotiationTerminationMessage",
    },
    "transfer": {
        "request": "TransferRequestMessage",
        "start": "TransferStartMessage",
        "completion": "TransferCompletionMessage",
        "suspension": "TransferSuspensionMessage",
        "termination": "TransferTerminationMessage",
    },
}
"""What each message is called in the protocol."""

PATHS: Final[Mapping[str, Mapping[str, str]]] = {
    "negotiation": {
        "request": "request",
        "offer": "offers",
        "agreement": "agreement",
        "verification": "agreement/verification",
        "accepted": "events",
        "finalized": "events",
        "termination": "termination",
    },
    "transfer": {
        "request": "request",
        "start": "start",
        "completion": "completion",
        "suspension": "suspension",
        "termination": "termination",
    },
}
"""Where each message goes, below the address of its process."""
