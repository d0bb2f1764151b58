"""What of this room a coalition can take along."""

from katalysator.admission.models import Application, Joining
from katalysator.core.exports import export
from katalysator.faults import gettext_noop as _

export(Application, "applications", _("Organisations that want to take part."), of_people=True)
export(Joining, "invitations", _("Who was invited, or asks to join."), of_people=True)
