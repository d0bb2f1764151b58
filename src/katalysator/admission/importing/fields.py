"""What the columns of a sheet of people may be, and by which names those go."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from katalysator.coalition.models import Membership
from katalysator.core.language import lazy as _
from katalysator.core.terms import LabelText
from katalysator.importing.fields import UNUSED_LABEL, as_names, spoken, with_our_own_column
from katalysator.tables import kinds
from katalysator.tables.fields import Field, SheetOf
from katalysator.tables.recognition import NOT_USED

LABELS: Final[Mapping[str, LabelText]] = {
    NOT_USED: UNUSED_LABEL,
    "email": _("E-mail address"),
    "organisation": _("Organisation"),
    "role": _("Role"),
    "language": _("Language of the letter"),
}
"""What a column may be taken for. Names are not among them: people say themselves how they are shown."""


@cache
def people_sheet() -> SheetOf:
    """What a sheet of people holds."""
    roles = {
        name: (role.value,)
        for role in Membership.Role
        for name in (role.value, *spoken(role.label))
    }
    others = {"beheer": ("manager",), "admin": ("manager",), "contactpersoon": ("manager",)}
    unused = (
        "naam, name, voornaam, achternaam, first name, last name, functie, function, titel, aanhef, telefoon, phone,"
        " mobiel, opmerking, opmerkingen, remarks, notes, status, datum, nr, nummer, id, adres, afdeling"
    )
    return with_our_own_column(
        SheetOf(
            (
                Field("email", kinds.Address(), as_names("e-mail, mail, emailadres, e-mailadres, email address, adres, uitnodigen, invite")),
                Field("organisation", kinds.Name(), as_names("organisatie, organization, organisatienaam, bedrijf, bedrijfsnaam, company, deelnemer, participant, instelling, werkgever, namens, spreekt voor, speaks for")),
                Field("role", kinds.LabelsIn({**roles, **others}, is_open=False), as_names("rol, rechten, rights, bevoegdheid")),
                Field("language", kinds.Languages(), as_names("taal, voertaal, taal van de brief")),
                Field(NOT_USED, kinds.Unused(), as_names(unused), several=True),
            ),
            says=("email",),
            names=as_names("mensen, people, personen, contacten, contacts, contactpersonen, leden, gebruikers, users"),
        )
    )  # fmt: skip
