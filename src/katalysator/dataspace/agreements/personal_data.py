"""What is held of a person who signed agreements; what of it goes: `followups.py`."""

from typing import Any

from katalysator.coalition.models import Person
from katalysator.core.personal_data import holds, rows
from katalysator.dataspace.models import AgreementSignature


@holds("agreements-signed", AgreementSignature)
def signed_by(person: Person) -> list[dict[str, Any]]:
    """What the person signed: which text, as what, and when."""
    mine = AgreementSignature.objects.filter(person=person)
    return rows(mine, "text__sha256", "text__agreement__key", "role", "name", "function", "at")
