"""Logging in at another organisation, by OpenID Connect.

Somebody is known by who says so and by the number that they have there, never by an address: an account that has
the address already is linked by its owner, who is logged in. Who is new gets an account without any rights;
where the organisation that vouches for them takes part, its managers hear that they are there.
"""

import hashlib
import hmac
import secrets
from typing import Any, Final

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from jwt import PyJWK, PyJWKSet, PyJWTError, decode, get_unverified_header

from katalysator.admission.joining.verbs import arrive
from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.verbs import admit
from katalysator.core.actors import PROVIDER
from katalysator.core.language import active_language
from katalysator.faults import Conflict, InvalidInput

_SIGNED: Final = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384"})
_LEEWAY: Final = 60  # seconds that two clocks may differ


class HomeExchange(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """What is asked of the other organisation, and believed: signed, by the one that was asked, for this log-in."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What it says of itself; refused where it is not who was asked. Raises OAuth2Error."""
        told: dict[str, Any] = super().openid_config
        asked = self.get_provider().app.settings["server_url"]
        if str(told.get("issuer", "")).rstrip("/") != asked:
            raise OAuth2Error("another issuer answers")
        return told

    def get_provider(self) -> "HomeProvider":
        """The provider, as we know it."""
        provider: HomeProvider = super().get_provider()
        return provider

    def complete_login(
        self, request: HttpRequest, app: Any, token: Any, **told: Any
    ) -> SocialLogin:
        """Who logged in. Raises OAuth2Error for whatever is not as it must be."""
        try:
            claims = self._claims(app, told["response"]["id_token"])
            if not hmac.compare_digest(str(claims.get("nonce", "")), self.nonce):
                raise OAuth2Error("of another log-in")
            more = self._fetch_user_info(token.token)
            if more.get("sub") != claims["sub"]:
                raise OAuth2Error("of somebody else")
        except (PyJWTError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise OAuth2Error("cannot be read") from error
        facts = {"id_token": claims, "userinfo": {**more, "iss": claims["iss"]}}
        return self.get_provider().sociallogin_from_response(request, facts)

    def _claims(self, app: Any, id_token: str) -> dict[str, Any]:
        """What is signed: by a key of the provider, for us, and not too old."""
        head = get_unverified_header(id_token)
        key = self._key(head.get("kid"))
        if head.get("alg") not in _SIGNED:
            raise OAuth2Error("not signed")
        claims: dict[str, Any] = decode(
            id_token,
            key.key,
            algorithms=[head["alg"]],
            audience=app.client_id,
            issuer=self.openid_config["issuer"],
            leeway=_LEEWAY,
            options={"require": ["exp", "iss", "aud", "sub"]},
        )
        return claims

    def _key(self, name: str | None) -> PyJWK:
        """The key of this name; where none is named, the only one that there is."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = PyJWKSet.from_dict(answer.json()).keys
        found = [each for each in keys if name is None or each.key_id == name]
        if len(found) != 1:
            raise OAuth2Error("signed by somebody else")
        return found[0]


class HomeProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """One organisation where people log in too."""

    oauth2_adapter_class = HomeExchange

    def get_default_scope(self) -> list[str]:
        """What we ask: who it is, and an address; no name."""
        return ["openid", "email"]

    def redirect(
        self, request: HttpRequest, process: str, next_url: Any = None, data: Any = None, **how: Any
    ) -> HttpResponse:
        """The way there, with a number that must come back; nothing else that a request wants to add."""
        nonce = secrets.token_urlsafe(24)
        how |= {"auth_params": {"nonce": nonce}, "scope": None, "nonce": nonce}
        answer: HttpResponse = super().redirect(request, process, next_url, data, **how)
        return answer

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Who it is: by the issuer and its number for them, sealed to one length."""
        told = data["userinfo"]
        return hashlib.sha256(f"{told['iss']}\0{told['sub']}".encode()).hexdigest()

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """The organisation that vouches for them, and nothing else."""
        told = data["userinfo"].get(self.app.settings["claim"], "")
        return {"organisation": told if isinstance(told, str) else ""}


class ElsewhereAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Who comes in this way, and as whom."""

    def get_provider(
        self, request: HttpRequest, provider: str, client_id: Any = None
    ) -> HomeProvider:
        """The organisation of this name."""
        return HomeProvider(request, app=self.get_app(request, provider, client_id))

    def list_providers(self, request: HttpRequest) -> list[HomeProvider]:
        """All of them."""
        return [HomeProvider(request, app=app) for app in self.list_apps(request)]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Give who is new an account without rights; say so where there is one with the address."""
        if sociallogin.state.get("process") == "login":
            email = sociallogin.user.email if sociallogin.user else ""
            if not sociallogin.is_existing:
                _let_in(request, sociallogin, email)
            _tell_home(sociallogin)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, **_more: Any
    ) -> None:
        """Say what to do; who pressed “cancel” there is back where they were."""
        if error == "cancelled":
            messages.info(request, _("You did not log in."))
            raise ImmediateHttpResponse(redirect("account_login"))
        raise ImmediateHttpResponse(
            refusal(request, getattr(provider, "name", ""), "failed", status=401)
        )

    def send_notification_mail(self, *arguments: Any, **named: Any) -> None:
        """By mail as all that changes how one logs in."""
        get_account_adapter().send_notification_mail(*arguments, **named)


def refusal(request: HttpRequest, name: str, why: str, status: int = 403) -> HttpResponse:
    """The page that says why somebody did not come in, and what to do."""
    context = {"name": name, "why": why}
    return render(request, "socialaccount/authentication_error.html", context, status=status)


def _let_in(request: HttpRequest, login: SocialLogin, email: str) -> None:
    name = login.provider.name
    if not email:
        raise ImmediateHttpResponse(refusal(request, name, "no-address"))
    try:
        with transaction.atomic():
            person = admit(email, by=PROVIDER, language=active_language())
            login.user = person
            login.account = SocialAccount.objects.create(
                user=person,
                provider=login.account.provider,
                uid=login.account.uid,
                extra_data=login.account.extra_data,
            )
    except Conflict:
        raise ImmediateHttpResponse(refusal(request, name, "known")) from None
    except InvalidInput:
        raise ImmediateHttpResponse(refusal(request, name, "no-address")) from None


def _tell_home(login: SocialLogin) -> None:
    """Let the managers of the organisation that vouches for somebody hear of it, while nobody speaks up for them."""
    home, person = login.account.extra_data.get("organisation", ""), login.user
    if not home or not isinstance(person, Person) or person.memberships.exists():
        return
    fits = Q(mail_domains__contains=[home.lower()]) | Q(kvk=home)
    for organisation in Organisation.objects.participants().filter(fits):
        arrive(organisation, by=PROVIDER, email=person.email, language=person.language)
