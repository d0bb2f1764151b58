"""What of this room a coalition can take along."""

from katalysator.commitments.models import Commitment, Contribution
from katalysator.core.exports import export
from katalysator.faults import gettext_noop as _

export(Commitment, "commitments", _("What participants promise to bring."))
export(Contribution, "contributions", _("What they brought of it."))
