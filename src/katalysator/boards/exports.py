"""What of this room a coalition can take along."""

from katalysator.boards.models import EmbeddingPlace
from katalysator.core.exports import export
from katalysator.faults import gettext_noop as _

export(EmbeddingPlace, "embedding-places", _("On which sites of participants the board may stand."))
