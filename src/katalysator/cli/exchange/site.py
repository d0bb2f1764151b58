"""The site that commands speak to: where it is and with which token, both from the environment.

The token is never on the command line, where others on the machine may see it, nor in what is said of an error.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from katalysator.cleaning import cleaned, one_line
from katalysator.core.language import active_language
from katalysator.faults import InvalidInput, KatalysatorError, gettext_noop as _

URL: Final = "KATALYSATOR_URL"
TOKEN: Final = "KATALYSATOR_TOKEN"  # noqa: S105 — a name
_ROOT: Final = "/api/v1"
_SECONDS: Final = 30
_LARGEST: Final = 20 << 20
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_OF_WHAT_WAS_GIVEN: Final = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY})


class _NowhereElse(HTTPRedirectHandler):
    """The token is for the one address that was named."""

    def redirect_request(self, *_arguments: Any, **_named: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class ExchangeSite:
    """A site, and the token of who asks."""

    address: str
    token: str = field(repr=False)

    @classmethod
    def of_environment(cls, environment: Mapping[str, str] = os.environ) -> "ExchangeSite":
        """The site that the environment names. Raises InvalidInput where it names none that can be spoken to."""
        address, token = environment.get(URL, "").strip(), environment.get(TOKEN, "").strip()
        if not address:
            raise InvalidInput(
                "no-site",
                _("It is not said which site to speak to."),
                hint=_("Set KATALYSATOR_URL to its address, such as https://coalitie.example."),
            )
        try:
            parts = urlsplit(address)
            host, _port = parts.hostname or "", parts.port
        except ValueError:
            parts, host = urlsplit(""), ""
        if not host or parts.scheme not in ("https", "http") or parts.username is not None:
            raise InvalidInput(
                "no-site",
                _("KATALYSATOR_URL is no address of a site."),
                hint=_("Set it to one such as https://coalitie.example, without a name in it."),
            )
        if parts.scheme == "http" and host not in _HERE:
            raise InvalidInput(
                "open-site",
                _("%(host)s would get your token without encryption."),
                hint=_("Set KATALYSATOR_URL to its address with https://."),
                host=host,
            )
        return cls(f"{parts.scheme}://{parts.netloc}", _sendable(token))

    def ask(self, path: str, **query: object) -> Any:
        """Read something; a query that is empty is not asked. Raises KatalysatorError."""
        known = {name: str(value) for name, value in query.items() if value not in ("", None)}
        return self.send("GET", f"{path}?{urlencode(known)}" if known else path)

    def send(self, method: str, path: str, said: Mapping[str, Any] | None = None) -> Any:
        """Read or write something, as JSON. Raises InvalidInput for what cannot be taken, KatalysatorError for the rest."""
        data = None if said is None else json.dumps(said).encode()
        request = Request(self.address + _ROOT + path, data, self._headers(), method=method)  # noqa: S310 — checked above
        try:
            with self._opener().open(request, timeout=_SECONDS) as answer:
                return _read(answer.read(_LARGEST), self.address)
        except HTTPError as error:
            with error:
                raise self._refusal(error) from None
        except (URLError, HTTPException, OSError) as error:
            raise KatalysatorError(
                "site-away",
                _("%(address)s cannot be reached (%(reason)s)."),
                hint=_("Look whether KATALYSATOR_URL is right, and whether the site runs."),
                address=self.address,
                reason=str(getattr(error, "reason", None) or error),
            ) from None

    def _headers(self) -> dict[str, str]:
        told = {
            "Accept": "application/json",
            "Accept-Language": active_language(),
            "Content-Type": "application/json",
            "If-Match": "*",  # who types a command means it, whatever happened since
        }
        return told | ({"Authorization": f"Bearer {self.token}"} if self.token else {})

    def _opener(self) -> OpenerDirector:
        """A proxy of the environment is used, except for this machine."""
        around = [ProxyHandler({})] if urlsplit(self.address).hostname in _HERE else []
        return build_opener(_NowhereElse(), *around)

    def _refusal(self, error: HTTPError) -> KatalysatorError:
        if HTTPStatus.MULTIPLE_CHOICES <= error.code < HTTPStatus.BAD_REQUEST:
            place = urlsplit(error.headers.get("Location") or "")
            return KatalysatorError(
                "site-elsewhere",
                _("%(address)s leads elsewhere, and the token is not sent along."),
                hint=_("If that is right, set KATALYSATOR_URL to %(place)s."),
                address=self.address,
                place=f"{place.scheme}://{place.netloc}",
            )
        if error.code == HTTPStatus.UNAUTHORIZED:
            return self._no_token()
        problem = _read(error.read(_LARGEST), self.address)
        detail = str(problem.get("detail", "")) if isinstance(problem, dict) else ""
        if not detail:
            return _other(self.address)
        kind = InvalidInput if error.code in _OF_WHAT_WAS_GIVEN else KatalysatorError
        return kind(f"site-{error.code}", one_line(cleaned(detail)).replace("%", "%%"))

    def _no_token(self) -> KatalysatorError:
        hint = _("Make one at %(page)s, and set KATALYSATOR_TOKEN to it.")
        sentence = (
            _("The site does not know this token, or it has ended.")
            if self.token
            else _("This needs a token.")
        )
        page = f"{self.address}/{active_language()}/account/tokens/"
        return KatalysatorError("token", sentence, hint=hint, page=page)


def _read(content: bytes, address: str) -> Any:
    if not content:
        return None
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise _other(address) from None


def _other(address: str) -> KatalysatorError:
    return KatalysatorError(
        "other-site",
        _("%(address)s does not answer as a Katalysator does."),
        hint=_("Look whether KATALYSATOR_URL is right."),
        address=address,
    )


def _sendable(token: str) -> str:
    if not (token.isascii() and token.isprintable()):
        raise InvalidInput(
            "token",
            _("What is in KATALYSATOR_TOKEN is no token."),
            hint=_("Copy it again: it begins with kat_."),
        )
    return token
