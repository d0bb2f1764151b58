"""Pages to log in at another organisation, and to link it to one's account."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.views import ConnectionsView
from django.db.transaction import atomic
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from katalysator.site.accounts.elsewhere import HomeExchange, HomeProvider
from katalysator.site.accounts.own_views import confirmed_view


@require_POST
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go there: by a page of ours, as our policy lets no form lead to another site."""
    provider = _provider(request, provider_id)
    try:
        answer = provider.redirect_from_request(request)
    except (RequestException, OAuth2Error, KeyError, ValueError) as error:
        return render_authentication_error(request, provider, exception=error)  # type: ignore[no-any-return]
    if answer.status_code != 302:
        return answer  # type: ignore[no-any-return]
    there = {"address": answer["Location"], "name": provider.name}
    page = render(request, "socialaccount/go.html", there)
    page["Refresh"] = f"0; url={answer['Location']}"
    return page


class _Callback(OAuth2CallbackView):  # type: ignore[misc]
    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        """What was kept when somebody went there; the number that must come back with them."""
        state, refused = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce") or "\0"
        return state, refused


@require_safe
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from there."""
    provider = _provider(request, provider_id)
    view = _Callback.adapter_view(HomeExchange(request, provider_id))
    try:
        return view(request)  # type: ignore[no-any-return]
    except (RequestException, OAuth2Error, KeyError, ValueError, TypeError) as error:
        try:
            return render_authentication_error(request, provider, exception=error)  # type: ignore[no-any-return]
        except ImmediateHttpResponse as said:
            return said.response  # type: ignore[no-any-return]


@method_decorator(confirmed_view, name="dispatch")
class _Connections(ConnectionsView):  # type: ignore[misc]
    template_name = "socialaccount/connections.html"


connections = atomic(_Connections.as_view())


def _provider(request: HttpRequest, provider_id: str) -> HomeProvider:
    try:
        found: HomeProvider = get_adapter().get_provider(request, provider_id)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return found
