"""What states, messages and answers are called for people: what a button says, what happened, and what a number means."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from django.utils.text import capfirst

from katalysator.core.language import say, translate
from katalysator.dataspace.canvas.wording import condition_in_words
from katalysator.dataspace.deciding import DECLARED, SEEN_LATER
from katalysator.dataspace.models import ProtocolProcess
from katalysator.dataspace.policies.wording import ground
from katalysator.dataspace.protocol.machines import TERMINATION, ProtocolRole
from katalysator.faults import gettext_noop as _

STATES: Final[Mapping[str, Mapping[str, str]]] = {
    "negotiation": {
        "BEGUN": _("Not sent yet"),
        "REQUESTED": _("Asked for"),
        "OFFERED": _("Terms are offered"),
        "ACCEPTED": _("Terms are accepted"),
        "AGREED": _("Agreement to confirm"),
        "VERIFIED": _("Agreement is confirmed"),
        "FINALIZED": _("Agreed"),
        "TERMINATED": _("Ended without agreement"),
    },
    "transfer": {
        "BEGUN": _("Not sent yet"),
        "REQUESTED": _("Asked for"),
        "STARTED": _("Data can be fetched"),
        "SUSPENDED": _("Stands still"),
        "COMPLETED": _("Done"),
        "TERMINATED": _("Ended"),
    },
}
ARRIVED: Final = _("The data is here")
"""The state of a delivery that was fetched here."""
SENT_NOW: Final = _("Is being sent")
"""The state of a process whose first message goes out now."""
HELD: Final = _("Held by its terms")
"""The state of a delivery whose terms give nothing now, though it runs."""
_DEEDS: Final[Mapping[str, Mapping[str, str]]] = {
    "negotiation": {
        "request": _("Ask for other terms"),
        "offer": _("Offer other terms"),
        "agreement": _("Agree"),
        "accepted": _("Accept these terms"),
        "verification": _("Confirm the agreement"),
        "finalized": _("Make it final"),
        "termination": _("Refuse or stop"),
    },
    "transfer": {
        "request": _("Ask for the data"),
        "start": _("Start"),
        "completion": _("It is done"),
        "suspension": _("Let it stand still"),
        "termination": _("Stop the delivery"),
    },
}
_TAKEN_BACK: Final = _("Take the request back")
_REFUSED: Final = _("Refuse")
_SAID: Final[Mapping[str, Mapping[str, str]]] = {
    "negotiation": {
        "request": _("Request, with the terms that are asked"),
        "offer": _("Offer of terms"),
        "agreement": _("Agreement"),
        "accepted": _("Yes to the terms"),
        "verification": _("Confirmation of the agreement"),
        "finalized": _("Last word: both agree"),
        "termination": _("Stop"),
    },
    "transfer": {
        "request": _("Request for the data"),
        "start": _("Start: where the data can be fetched"),
        "completion": _("Done"),
        "suspension": _("Stand still"),
        "termination": _("Stop"),
    },
}
_ROLES: Final[Mapping[ProtocolRole, str]] = {
    ProtocolRole.PROVIDER: _("We have the data"),
    ProtocolRole.CONSUMER: _("We ask for the data"),
}
_ANSWERS: Final[Mapping[int, str]] = {
    400: _("the other side could not do anything with it"),
    401: _("the other side does not know us"),
    403: _("the other side does not allow it"),
    404: _("the other side does not know this, or not us"),
    408: _("the other side was too slow"),
    425: _("the other side is not ready"),
    429: _("the other side has too much to do"),
}


def ground_words(facts: Mapping[str, Any], *, is_asking: bool = False) -> str:
    """What came of one condition, with its words as forms call them. Cost: none, so areas keep their key.

    With `is_asking` it is told to who asks, on the page where more can be said.
    """
    said = condition_in_words(str(facts["left"]), str(facts["operator"]), facts["right"])
    why = facts["why"]
    if why == "fact" and facts["left"] in DECLARED:
        why = "asked" if is_asking else "unsaid"
    elif why == "fact" and facts["left"] in SEEN_LATER:
        why = "later"
    return ground({**facts, "why": why}, capfirst(said))


def state_words(kind: str, state: str) -> str:
    """What a state is called, in the active language."""
    return translate(STATES[kind].get(state, state))


def deed_words(process: ProtocolProcess, word: str) -> str:
    """What the button for a message says."""
    if (process.kind, process.state, word) == ("negotiation", "REQUESTED", TERMINATION):
        return translate(_TAKEN_BACK if process.side is ProtocolRole.CONSUMER else _REFUSED)
    return translate(_DEEDS[process.kind][word])


def said_words(kind: str, word: str) -> str:
    """What a message that went to or fro was."""
    return translate(_SAID[kind].get(word, word))


def role_words(role: ProtocolRole) -> str:
    """Which side we are on."""
    return translate(_ROLES[role])


def answer_words(status: int | None) -> str:
    """What an answer means, in plain words; None is no answer at all."""
    if status is None:
        return translate(_("no answer came"))
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return translate(_("taken"))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return translate(_("something went wrong at the other side"))
    known = _ANSWERS.get(status)
    return (
        translate(known)
        if known
        else say(_("refused with the number %(status)s"), status=str(status))
    )
