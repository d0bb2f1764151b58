"""What of this room a coalition can take along."""

from katalysator.bureau.models import BureauNote, Label, Labelling, Mailing
from katalysator.core.exports import export
from katalysator.faults import gettext_noop as _

export(Label, "labels", _("The words by which the bureau finds organisations again."))
export(Labelling, "labellings", _("Which organisation has which label."))
export(
    BureauNote, "bureau-notes", _("What the bureau wrote down of organisations."), of_people=True
)
export(Mailing, "mailings", _("Letters of the bureau to many."))
