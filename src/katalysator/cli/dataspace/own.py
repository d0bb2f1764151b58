"""Whose connector a command is about, and who it is that acts: whoever has the command line of the house."""

from katalysator.dataspace.models import Agreement, Connector
from katalysator.faults import InvalidInput, gettext_noop as _


def own_connector(slug: str) -> Connector:
    """The connector of an organisation, or the only one there is. Raises InvalidInput."""
    found = Connector.objects.speaking()
    if slug:
        row = found.filter(organisation__slug=slug).first()
        if row is None:
            raise InvalidInput(
                "no-connector",
                _("There is no connector of “%(slug)s”."),
                hint=_("Open it with: katalysator dataspace open %(slug)s"),
                slug=slug,
            )
        return row
    rows = list(found[:2])
    if len(rows) != 1:
        raise InvalidInput(
            "which-connector",
            _("Say whose connector it is about."),
            hint=_("Name an organisation with --organisation."),
        )
    return rows[0]


def own_agreement(connector: Connector, key: str, role: str = "") -> Agreement:
    """An agreement of a connector by its key. Raises InvalidInput."""
    found = Agreement.objects.filter(connector=connector, key=key)
    row = (found.filter(role=role) if role else found).select_related("negotiation").first()
    if row is None:
        raise InvalidInput(
            "no-agreement",
            _("There is no agreement “%(key)s” of this organisation."),
            hint=_("List them with: katalysator dataspace agreements"),
            key=key,
        )
    return row
