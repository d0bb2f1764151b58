"""Code lists of the European Union that the record of a dataset is written in: themes, access and how often it is renewed.

Each choice is the last part of an address below `AUTHORITY`; the lists are those that DCAT-AP names (MDR authority tables).
"""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

AUTHORITY: Final = "http://publications.europa.eu/resource/authority"


class DataTheme(models.TextChoices):
    """What a dataset is about (data-theme)."""

    AGRICULTURE = "AGRI", _("Farming, fishing, forests and food")
    ECONOMY = "ECON", _("Economy and money")
    EDUCATION = "EDUC", _("Education, culture and sport")
    ENERGY = "ENER", _("Energy")
    ENVIRONMENT = "ENVI", _("Environment")
    GOVERNMENT = "GOVE", _("Government and public services")
    HEALTH = "HEAL", _("Health")
    INTERNATIONAL = "INTR", _("International matters")
    JUSTICE = "JUST", _("Justice and safety")
    REGIONS = "REGI", _("Regions and cities")
    SOCIETY = "SOCI", _("Population and society")
    TECHNOLOGY = "TECH", _("Science and technology")
    TRANSPORT = "TRAN", _("Transport")


AREA_OF_THEME: Final[Mapping[str, str]] = {
    DataTheme.AGRICULTURE: "agro",
    DataTheme.ECONOMY: "finance",
    DataTheme.EDUCATION: "onderwijs",
    DataTheme.ENERGY: "energie",
    DataTheme.ENVIRONMENT: "klimaat",
    DataTheme.GOVERNMENT: "overheid",
    DataTheme.HEALTH: "zorg",
    DataTheme.JUSTICE: "veiligheid",
    DataTheme.TRANSPORT: "mobiliteit",
}
"""The application area (as in `coalition.areas`) that a theme is, where it is one."""


class AccessRights(models.TextChoices):
    """Who may have a dataset at all (access-right)."""

    PUBLIC = "PUBLIC", _("Everyone")
    RESTRICTED = "RESTRICTED", _("Some, on conditions")
    NON_PUBLIC = "NON_PUBLIC", _("Nobody outside: the data stays where it is")


class Frequency(models.TextChoices):
    """How often a dataset is renewed (frequency)."""

    ONCE = "NEVER", _("Never: it stays as it is")
    CONTINUOUS = "CONT", _("All the time")
    DAILY = "DAILY", _("Every day")
    WEEKLY = "WEEKLY", _("Every week")
    MONTHLY = "MONTHLY", _("Every month")
    QUARTERLY = "QUARTERLY", _("Every quarter")
    ANNUAL = "ANNUAL", _("Every year")
    IRREGULAR = "IRREG", _("Now and then")
