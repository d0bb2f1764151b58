"""The five building blocks. Apart from the models, so that markets can be declared without them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Block(TextChoices):
    """The five building blocks of the position paper."""

    TALENT = "talent", _("Talent")
    RESEARCH = "research", _("Research")
    DATA = "data", _("Data")
    TRUST = "trust", _("Trust")
    GROWTH = "growth", _("Growth")
