"""Parts that repeat on pages: templates that are compiled, and see nothing but the values they are given.

Each room has its own in `parts/`, in the language of Jinja; a page shows one with `{% part %}`, or a
part of parts with `import`. They know no request, so nothing in them can be of one reader.
"""

from functools import cache

from django.apps import apps
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from katalysator.core.language import plural, translate


def part(name: str, **values: object) -> SafeString:
    """Fill a part in, in the active language. Raises `UndefinedError` for a value that is not given."""
    return mark_safe(_template(name).render(values))  # noqa: S308 — it escapes


@cache
def _template(name: str) -> Template:
    found = _environment().get_template(name)
    # They are copied each time it is filled in, and a chain of maps takes longest.
    found.globals = dict(found.globals)
    return found


@cache
def _environment() -> Environment:
    folders = [f"{each.path}/parts" for each in apps.get_app_configs()]
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
    )
    made.install_gettext_callables(translate, plural, newstyle=False)  # type: ignore[attr-defined]
    return made
