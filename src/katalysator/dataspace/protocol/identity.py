"""Who speaks: tokens that participants sign with their own keys, and that count once.

A token says who sends it (`iss` and `sub`, a participant's id), to whom (`aud`), and until when; it is signed with a key
of the sender's entry in the register, or of its did:web document. Anything else is nobody.
"""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from katalysator.dataspace.models import Connector, HeardToken
from katalysator.dataspace.protocol.counterparts import public_keys
from katalysator.dataspace.protocol.keys import ALGORITHM, private_key

LIFE: Final = timedelta(minutes=5)
"""So long a token counts that we sign; of others none is believed that counts for longer than an hour."""
_LONGEST: Final = timedelta(hours=1)
_LEEWAY: Final = timedelta(seconds=30)
_TAKEN: Final = ["ES256", "ES384", "EdDSA", "Ed25519", "RS256", "PS256"]


class Unrecognised(Exception):  # noqa: N818
    """Nobody that we know said this."""


class Identity(Protocol):
    """How participants are known to each other: one way for a site, named in its settings."""

    def said_by(self, connector: Connector, to: str) -> str:
        """What stands in the header Authorization of what a connector says to a participant."""

    def speaker(self, authorization: str, connector: Connector) -> str:
        """The id of who said that to a connector of ours. Raises Unrecognised."""


def identity() -> Identity:
    """The way of this site."""
    made: Identity = import_string(settings.DATASPACE_IDENTITY)()
    return made


class SignedTokens:
    """Tokens as JWT, signed by their senders."""

    def said_by(self, connector: Connector, to: str) -> str:
        """A token of a connector for one participant."""
        own, now = connector.participant_id, datetime.now(UTC)
        key = private_key(connector)
        claims = {
            "iss": own,
            "sub": own,
            "aud": to,
            "jti": uuid4().hex,
            "iat": int(now.timestamp()),
            "exp": int((now + LIFE).timestamp()),
        }
        header = {"alg": ALGORITHM, "kid": key.kid, "typ": "JWT"}
        return f"Bearer {jwt.encode(header, claims, key)}"

    def speaker(self, authorization: str, connector: Connector) -> str:
        """Who signed a token for this connector. Raises Unrecognised for any fault, without saying which."""
        kind, _space, token = authorization.partition(" ")
        if kind.lower() != "bearer" or len(token) > 10_000:
            raise Unrecognised
        issuer = _unproven_issuer(token)
        claims = _proven(token, public_keys(issuer, connector))
        _require(claims, issuer, connector.participant_id)
        _once(issuer, claims)
        return issuer


def _unproven_issuer(token: str) -> str:
    """Who a token says that it is from, to look for the keys that prove it."""
    try:
        middle = token.split(".")[1]
        told = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
        issuer = told["iss"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise Unrecognised from None
    if not isinstance(issuer, str):
        raise Unrecognised
    return issuer


def _proven(token: str, keys: dict[str, Any]) -> dict[str, Any]:
    if not keys.get("keys"):
        raise Unrecognised
    try:
        return dict(jwt.decode(token, KeySet.import_key_set(keys), algorithms=_TAKEN).claims)  # type: ignore[arg-type]
    except (JoseError, ValueError, TypeError, KeyError):
        raise Unrecognised from None


def _require(claims: dict[str, Any], issuer: str, own: str) -> None:
    now = timezone.now()
    heard = claims.get("aud")
    audience = heard if isinstance(heard, list) else [heard]
    until, since = _moment(claims.get("exp")), _moment(claims.get("iat"))
    before = claims.get("nbf")
    if claims.get("iss") != issuer or claims.get("sub") != issuer or own not in audience:
        raise Unrecognised
    if not since - _LEEWAY <= now <= until + _LEEWAY or until - since > _LONGEST:
        raise Unrecognised
    if before is not None and _moment(before) - _LEEWAY > now:
        raise Unrecognised


def _moment(told: Any) -> datetime:
    if not isinstance(told, int | float) or isinstance(told, bool):
        raise Unrecognised
    try:
        return datetime.fromtimestamp(told, UTC)
    except (ValueError, OverflowError, OSError):
        raise Unrecognised from None


def _once(issuer: str, claims: dict[str, Any]) -> None:
    key = claims.get("jti")
    if not isinstance(key, str) or not 0 < len(key) <= 300:
        raise Unrecognised
    try:
        with transaction.atomic():
            HeardToken.objects.create(
                issuer=issuer, key=key, until=_moment(claims["exp"]) + 2 * _LEEWAY
            )
    except IntegrityError:
        raise Unrecognised from None
