"""What every page needs: its address in the other languages, and whether this is an example."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from katalysator.coalition.founding.current import current, last_known
from katalysator.core.language import active_language, language_choices, languages
from katalysator.site.demo.logins import LOGINS, PASSWORD


def house(request: HttpRequest) -> dict[str, Any]:
    """The page's name (`here`), language links as (code, label, address, is current), and what the example adds."""
    match, address, active = request.resolver_match, request.get_full_path(), active_language()
    offered = SimpleLazyObject(lambda: _links(address, active))
    logins = [(role, login, PASSWORD) for role, login in LOGINS] if settings.DEMO else []
    return {
        "here": match.url_name if match else "",
        "language_links": offered,
        "coalition": SimpleLazyObject(current),
        "last_name": str(last_known()),
        "demo": settings.DEMO,
        "demo_logins": logins,
        "logins_elsewhere": [
            {"id": each["provider_id"], "name": each["name"]}
            for each in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        ],
    }


def _links(address: str, active: str) -> list[tuple[str, str, str, bool]]:
    """The languages of the coalition, its first one first; all where it has said none."""
    names = dict(language_choices())
    codes = [each for each in current().languages if each in names] or list(names)
    return [(code, names[code], _in(address, code), code == active) for code in codes]


def _in(address: str, code: str) -> str:
    """The same page in another language, also where there is no page; else the front page."""
    _root, first, *rest = address.split("/", 2)
    return f"/{code}/{rest[0]}" if rest and first in languages() else f"/{code}/"
