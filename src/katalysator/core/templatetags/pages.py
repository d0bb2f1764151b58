"""Template tags of all rooms: what is of the reader alone, and parts that repeat."""

from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString

from katalysator.core.parts import part
from katalysator.core.personal import TEMPLATE, ImpersonalRequest

register = template.Library()
register.simple_tag(part, name="part")


@register.simple_tag(takes_context=True)
def personal(context: template.Context, name: str) -> SafeString:
    """Include a template that shows something of the reader; on a page that is kept, for each anew."""
    request: Any = context.get("request")
    if isinstance(request, ImpersonalRequest):
        return request.hole(TEMPLATE, name)
    found: Any = get_template(name)
    return found.template.render(context)  # type: ignore[no-any-return]
