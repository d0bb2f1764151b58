"""Who may do what on the workbench. Denied unless allowed here; the rest is of who runs the coalition (`RUN`)."""

import rules

from katalysator.bureau.workflow import GO_OUT
from katalysator.coalition.rules import is_coordinator
from katalysator.coalition.workflow import RUN
from katalysator.core.actors import Actor, permits
from katalysator.faults import NotAllowed, gettext_noop as _

rules.add_perm(GO_OUT, is_coordinator)


def require_bureau(by: Actor, permission: str = RUN) -> None:
    """Refuse who does not run the coalition. Raises NotAllowed."""
    if not permits(by, permission):
        raise NotAllowed("not-the-bureau", _("Only the bureau may do this."))
