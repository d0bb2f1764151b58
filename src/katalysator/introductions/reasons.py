"""Why somebody says no, or stops."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WhyNot(models.TextChoices):
    """Why not; what of it teaches the matching is for the room of grades to say."""

    SUBJECT = "subject", _("Another subject")
    DIRECTION = "direction", _("Both ask, or both offer")
    PLACE = "place", _("Wrong place or period")
    SIZE = "size", _("Too big or too small")
    KNOWN = "known", _("We know each other already")
    TIME = "time", _("No time or room for it now")
    TERMS = "terms", _("No agreement on money or conditions")
    FOUND = "found", _("We found somebody else")
    OTHER = "other", _("Something else")
