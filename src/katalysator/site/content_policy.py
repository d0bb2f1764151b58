"""What a page may load and be shown in, said with every answer: what is ours, and nothing from elsewhere."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from katalysator.site.health import Respond

_NOWHERE: Final = "'none'"
_OURS: Final = "; ".join(
    [
        "default-src 'none'",
        *("script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'"),
        *("connect-src 'self'", "form-action 'self'", "base-uri 'none'"),
    ]
)
POLICY: Final = f"{_OURS}; frame-ancestors {_NOWHERE}"
_DRAWN_BY_DJANGO: Final = (404, 500)
"""Pages for who develops, with a style in them."""


def tell_content_policy(respond: Respond) -> Respond:
    """Middleware that says the same with every answer; a view names the sites that may show its page as `frame_ancestors`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        if not (settings.DEBUG and response.status_code in _DRAWN_BY_DJANGO):
            shown_in = getattr(response, "frame_ancestors", ())
            policy = f"{_OURS}; frame-ancestors {' '.join(shown_in) or _NOWHERE}"
            response.headers.setdefault("Content-Security-Policy", policy)
            if shown_in:  # the older header knows no list of sites
                response.xframe_options_exempt = True
        return response

    return middleware
