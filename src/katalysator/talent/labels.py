"""What things of a taxonomy are called on a page: in the reader's language, or in another one, which then is said."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from katalysator.core.language import active_language
from katalysator.engine.skills import Called, NamedRows


def called(rows: NamedRows, row: int) -> SafeString:
    """What a thing is called, for the reader."""
    return shown(rows.called(row, active_language()))


def shown(said: Called) -> SafeString:
    """A label; with a tag that names its language where that is not the reader's, and never translated."""
    if said.language in ("", active_language()):
        return format_html("{}", said.text)
    return format_html(
        '<span lang="{}">{}</span> <span class="chip">{}</span>',
        said.language,
        said.text,
        language_name(said.language),
    )


def language_name(language: str) -> str:
    """The name of a language in that of the reader."""
    names = {"en": _("English"), "nl": _("Dutch")}
    return names.get(language, language)
