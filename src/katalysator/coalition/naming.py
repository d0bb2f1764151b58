"""What pages call the words of the coalition, at hand in the active language."""

from katalysator.coalition.models import Area
from katalysator.core.changes import EVERYTHING, state
from katalysator.core.kept import kept
from katalysator.core.language import active_language


def area_names() -> dict[str, str]:
    """The names of all areas in the active language. Cost: one small query; once in a while another."""
    key = active_language(), state(EVERYTHING)
    return kept("areas", key, lambda: {each.slug: str(each) for each in Area.objects.all()}, len)
