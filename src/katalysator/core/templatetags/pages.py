"""Template tags of all rooms: what is of the reader alone, and parts that repeat."""

from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString

from katalysator.core import kept as store
from katalysator.core.language import active_language
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


@register.tag
def kept(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """Keep what stands up to `endkept` for the page's address and language, in the state that is named.

    For what does not change as often as the page does, such as the form that a list is narrowed with.
    """
    _name, state = token.split_contents()
    nodes = parser.parse(["endkept"])
    parser.delete_first_token()
    return _KeptNode(parser.compile_filter(state), nodes)


class _KeptNode(template.Node):
    def __init__(self, state: template.base.FilterExpression, nodelist: template.NodeList) -> None:
        self.state, self.nodelist = state, nodelist

    def render(self, context: template.Context) -> SafeString:
        """What is kept, or rendered now."""
        address = context["request"].get_full_path()
        key = address, active_language(), self.state.resolve(context)
        return store.kept("part", key, lambda: self.nodelist.render(context), len)
