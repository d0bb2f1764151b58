"""What is asked before taxonomies, figures and courses are taken in or used: one permission, of the bureau."""

from typing import Final

from katalysator.core.actors import Actor, permits
from katalysator.faults import NotAllowed, gettext_noop as _

KEEP_TAXONOMIES: Final = "talent.keep_taxonomies"


def allow(by: Actor) -> None:
    """Refuse who may not. Raises NotAllowed."""
    if not permits(by, KEEP_TAXONOMIES):
        raise NotAllowed("not-the-bureau", _("Only the bureau takes in taxonomies and figures."))
