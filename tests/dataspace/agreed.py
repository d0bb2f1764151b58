"""Two organisations of one house that agreed on data, with a text that both read."""

from typing import Any, Final

from katalysator.dataspace.canvas.terms import SharingTerms, terms_of
from katalysator.dataspace.models import Agreement, DatasetOffer
from katalysator.dataspace.protocol.sending import RULE, send
from tests.dataspace.world import all_done, asking, connector, dataset

ANSWERS: Final[dict[str, dict[str, Any]]] = {
    "owner": {"owner": "Voorbeeld Lab", "personal": "pseudonymised", "basis": "consent", "people": "Bezoekers van ons lab"},
    "value": {"price": "paid", "price_text": "€ 100 per jaar", "licence": "agreed"},
    "liability": {"quality": "checked", "liability": "capped", "liability_text": "€ 10.000"},
    "technique": {"how": "Elke nacht nieuw.", "security": "Versleuteld."},
    "partners": {"contact_name": "Datadesk", "contact_email": "data@voorbeeld.example"},
}  # fmt: skip


def agreed(template: str = "contract", **offer: Any) -> tuple[Agreement, Agreement]:
    """What two organisations agreed on, as the holder and as the user keeps it."""
    holder, user = connector(name="Voorbeeld Lab"), connector(name="Voorbeeld Kliniek")
    row = dataset(holder)
    told = {"template": template, "must_be_signed": True, "answers": ANSWERS, "is_automatic": True}
    told["terms"] = terms_of(SharingTerms(days=90, duties=("delete",)))
    DatasetOffer.objects.update(**told | offer)
    send(asking(user, holder, row), "request", by=RULE)
    all_done()
    return Agreement.objects.get(role="provider"), Agreement.objects.get(role="consumer")
