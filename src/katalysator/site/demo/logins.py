"""Who can log in to the example. The addresses name a role, not a person."""

from django.utils.translation import gettext_lazy as _

PASSWORD = "katalysator-demo"  # noqa: S105 — the example's, printed when it starts
BUREAU = "bureau@voorbeeld.example"
SPEAKERS = (
    ("voorbeeld-ziekenhuis-de-linde", "member", _("member of a hospital")),
    ("voorbeeld-umc-waalkant", "manager", _("manager of a university hospital")),
    ("voorbeeld-beeldspoed", "manager", _("manager of a startup")),
)
LOGINS = (
    (_("coordinator, sees and edits everything"), BUREAU),
    *((role, f"lid@{slug}.example") for slug, _role, role in SPEAKERS),
)
