"""Template filters for the look: form widgets in the classes of the NL Design System."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, Select, Textarea, Widget
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from katalysator.coalition.blocks import Block
from katalysator.core.addresses import address

register = template.Library()


@register.filter
def control(field: BoundField) -> SafeString:
    """Render the widget of a field with the classes of the component that draws it."""
    return field.as_widget(
        attrs={"class": _classes(field.field.widget, invalid=bool(field.errors))}
    )


@register.simple_tag(takes_context=True)
def passkeys_elsewhere(context: Context) -> str:
    """The address of the site, where this page was asked for at another: passkeys work at the first only."""
    here = context["request"].get_host().partition(":")[0]
    return "" if here == urlsplit(settings.ADDRESS).hostname else str(settings.ADDRESS)


@register.filter
def block_name(value: str) -> str:
    """Name a building block in the reader's language."""
    return str(Block(value).label)


@register.simple_tag(takes_context=True)
def nav_link(context: template.Context, to: str, words: str) -> SafeString:
    """Link to a page of the house, which is marked where it is this one: on each page, so no component."""
    current = mark_safe(' aria-current="page"') if context.get("here") == to else ""
    return format_html('<a class="nav__link" href="{}"{}>{}</a>', address(to), current, words)


@register.filter
def page_numbers(page: "Page[object]") -> Iterator[str | int]:
    """Give the page numbers to link to, with the far ones left out."""
    return page.paginator.get_elided_page_range(page.number)


def _classes(widget: Widget, *, invalid: bool) -> str:
    name, element = _component(widget)
    classes = [name, f"{name}--html-{element}"]
    if invalid:
        classes.append(f"{name}--invalid")
    return " ".join(classes)


def _component(widget: Widget) -> tuple[str, str]:
    match widget:
        case CheckboxInput():
            return "utrecht-checkbox", "input"
        case Select():
            return "utrecht-select", "select"
        case Textarea():
            return "utrecht-textarea", "textarea"
        case _:
            return "utrecht-textbox", "input"
