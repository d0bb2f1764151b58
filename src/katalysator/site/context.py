"""What every page needs: the other language's address, and whether this is an example."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language


def house(request: HttpRequest) -> dict[str, Any]:
    """Language links as (code, label, address, is current), and the demo flag."""
    here = request.get_full_path()
    labels = {"nl": "Nederlands", "en": "English"}
    links = [
        (code, label, translate_url(here, code), code == get_language())
        for code, label in labels.items()
    ]
    return {"language_links": links, "demo": settings.DEMO}
