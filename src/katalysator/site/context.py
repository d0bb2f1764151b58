"""What every page needs: the other language's address, and whether this is an example."""

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from katalysator.site.demo.logins import LOGINS, PASSWORD

_LANGUAGE = re.compile(r"^/(nl|en)/")


def house(request: HttpRequest) -> dict[str, Any]:
    """Language links as (code, label, address, is current), and what the example adds."""
    here = request.get_full_path()
    labels = {"nl": "Nederlands", "en": "English"}
    links = [
        (code, label, _in(here, code), code == get_language()) for code, label in labels.items()
    ]
    return {"language_links": links, "demo": settings.DEMO, "demo_logins": _demo_logins()}


def _in(address: str, code: str) -> str:
    """The same page in another language, also where there is no page; else the front page."""
    return _LANGUAGE.sub(f"/{code}/", address) if _LANGUAGE.match(address) else f"/{code}/"


def _demo_logins() -> list[tuple[Any, str, str]]:
    return [(role, address, PASSWORD) for role, address in LOGINS] if settings.DEMO else []
