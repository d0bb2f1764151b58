"""The template filter for longer texts of people."""

from django import template
from django.utils.safestring import SafeString

from katalysator.core.markdown import FIRST_HEADING, as_html

register = template.Library()


@register.filter
def markdown(text: str, first_heading: int = FIRST_HEADING) -> SafeString:
    """Show a text of people as HTML; its headings begin at a level, 3 where none is named."""
    return as_html(text, first_heading)
