"""What is said of a participant elsewhere: read as people paste it, and refused where it cannot be believed."""

from dataclasses import dataclass, field
from typing import Any, Final

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from katalysator.dataspace.protocol.messages import plain_json
from katalysator.faults import InvalidInput, gettext_noop as _

MOST_KEYS: Final = 20
LONGEST_KEYS: Final = 20_000
"""Characters of a JWK set."""
_KINDS: Final = ("EC", "OKP", "RSA")


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """Who it is, what we call it, where it speaks the protocol, and its keys (a JWK set) where it has no did:web."""

    participant_id: str
    name: str
    address: str
    keys: dict[str, Any] = field(default_factory=dict)


def key_set(text: str) -> dict[str, Any]:
    """A JWK set of public keys, as it was pasted. Raises InvalidInput at “keys”."""
    try:
        told = plain_json(text.encode())
    except (ValueError, RecursionError):
        raise _no_set() from None
    keys = told.get("keys") if isinstance(told, dict) else None
    if not isinstance(keys, list) or not 0 < len(keys) <= MOST_KEYS:
        raise _no_set()
    if any(not isinstance(each, dict) or each.get("kty") not in _KINDS for each in keys):
        raise _no_set()
    if any("d" in each for each in keys):
        raise InvalidInput(
            "key-private",
            _("There is a private key in this."),
            hint=_("Ask the other side for its public keys alone, and tell it to make new ones."),
        ).at("keys")
    try:
        KeySet.import_key_set({"keys": keys})
    except (JoseError, ValueError, TypeError, KeyError):
        raise _no_set() from None
    return {"keys": keys}


def _no_set() -> InvalidInput:
    return InvalidInput(
        "key-set",
        _("This is no set of keys that we can read."),
        hint=_('It is JSON and begins with {"keys": [. Ask the other side for its “JWK set”.'),
    ).at("keys")
