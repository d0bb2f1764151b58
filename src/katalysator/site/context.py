"""What every page needs: the other language's address, and whether this is an example."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from katalysator.site.demo.logins import LOGINS, PASSWORD


def house(request: HttpRequest) -> dict[str, Any]:
    """Language links as (code, label, address, is current), and what the example adds."""
    here = request.get_full_path()
    labels = {"nl": "Nederlands", "en": "English"}
    links = [
        (code, label, translate_url(here, code), code == get_language())
        for code, label in labels.items()
    ]
    return {"language_links": links, "demo": settings.DEMO, "demo_logins": _demo_logins()}


def _demo_logins() -> list[tuple[Any, str, str]]:
    return [(role, address, PASSWORD) for role, address in LOGINS] if settings.DEMO else []
