"""The words that terms are made of here, as a form asks for them and as a page says them."""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Organisation
from katalysator.core import regions
from katalysator.core.language import active_language, translate
from katalysator.faults import gettext_noop


class UsePurpose(models.TextChoices):
    """What data may be used for."""

    RESEARCH = "research", _("Research that is published")
    EDUCATION = "education", _("Education")
    PUBLIC_TASK = "public-task", _("A public task")
    TRAINING = "training", _("Training or testing an AI model")
    DEVELOPMENT = "development", _("Developing a product or service")
    OPERATION = "operation", _("Running a service")


class ResultUse(models.TextChoices):
    """What may be done with what comes of data."""

    OWN = "own", _("Used within the own organisation")
    PUBLISHED = "published", _("Published")
    PRODUCT = "product", _("Part of a product or service")
    MODEL = "model", _("Kept in an AI model")


class Duty(models.TextChoices):
    """What who gets data must do: actions of ODRL."""

    ATTRIBUTE = "attribute", _("Name the source")
    INFORM = "inform", _("Tell the holder what came of it")
    DELETE = "delete", _("Delete the data when the agreement ends")
    ANONYMIZE = "anonymize", _("Leave out whatever can be traced to people")
    COMPENSATE = "compensate", _("Pay what was agreed")
    TRACKED = "acceptTracking", _("Let each use be written down")


class MembershipWord(models.TextChoices):
    """Whether a party takes part in this coalition."""

    PARTICIPANT = "participant", _("Participants of the coalition")
    OUTSIDE = "outside", _("Organisations outside the coalition")


ACTIONS: Final[Mapping[str, str]] = {
    "use": gettext_noop("Use the data"),
    "read": gettext_noop("See or copy the data itself"),
    "derive": gettext_noop("Make something new of the data"),
    "aggregate": gettext_noop("Reckon totals of the data"),
    "distribute": gettext_noop("Pass the data on to others"),
}
"""What each action of the profile is called."""
_LABELS: Final[Mapping[str, Mapping[str, object]]] = {
    "purpose": dict(UsePurpose.choices),
    "derivedData": dict(ResultUse.choices),
    "membership": dict(MembershipWord.choices),
    "partyKind": dict(Organisation.Kind.choices),
}


def word_label(left: str, word: str) -> str:
    """What a word of a left operand is called in the active language; the word itself where nobody here knows it."""
    if left == "spatial":
        return regions.name(word.upper(), active_language())
    return str(_LABELS.get(left, {}).get(word, word))


def action_label(action: str) -> str:
    """What an action or a duty is called in the active language; the word itself where nobody here knows it."""
    duties = dict(Duty.choices)
    if action in duties:
        return str(duties[Duty(action)])
    return translate(ACTIONS[action]) if action in ACTIONS else action
