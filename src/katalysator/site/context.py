"""What every page needs: its address in the other languages, and whether this is an example."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from katalysator.core.language import active_language, language_choices, languages
from katalysator.site.demo.logins import LOGINS, PASSWORD


def house(request: HttpRequest) -> dict[str, Any]:
    """The page's name (`here`), language links as (code, label, address, is current), and what the example adds."""
    match, address, active = request.resolver_match, request.get_full_path(), active_language()
    links = [(code, name, _in(address, code), code == active) for code, name in language_choices()]
    logins = [(role, login, PASSWORD) for role, login in LOGINS] if settings.DEMO else []
    return {
        "here": match.url_name if match else "",
        "language_links": links,
        "demo": settings.DEMO,
        "demo_logins": logins,
        "logins_elsewhere": [
            {"id": each["provider_id"], "name": each["name"]}
            for each in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        ],
    }


def _in(address: str, code: str) -> str:
    """The same page in another language, also where there is no page; else the front page."""
    _root, first, *rest = address.split("/", 2)
    return f"/{code}/{rest[0]}" if rest and first in languages() else f"/{code}/"
