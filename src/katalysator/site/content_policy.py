"""What a page may load and be shown in, said with every answer: what is ours, and nothing from elsewhere."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from katalysator.site.health import Respond

POLICY: Final = "; ".join(
    [
        "default-src 'none'",
        *("script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'"),
        *("connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"),
    ]
)
_DRAWN_BY_DJANGO: Final = (404, 500)
"""Pages for who develops, with a style in them."""


def tell_content_policy(respond: Respond) -> Respond:
    """Middleware that says the same with every answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        if not (settings.DEBUG and response.status_code in _DRAWN_BY_DJANGO):
            response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return middleware
