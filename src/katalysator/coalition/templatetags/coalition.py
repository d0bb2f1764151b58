"""Template tag for texts that see no request, such as letters: what the coalition is called."""

from django import template

from katalysator.coalition.founding.current import current

register = template.Library()


@register.simple_tag
def coalition_name() -> str:
    """Its name."""
    return str(current())
