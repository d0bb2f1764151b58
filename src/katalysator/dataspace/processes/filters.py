"""How lists of negotiations and transfers narrow down."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from katalysator.core.filters import ChoiceFilter, ListFilterSet
from katalysator.dataspace.protocol.machines import ProtocolRole
from katalysator.dataspace.queries import ProcessQuerySet


class ProcessFilter(ListFilterSet[ProcessQuerySet[Any]]):
    """Narrow the list down; everything is optional."""

    role = ChoiceFilter(
        label=_("Our side"),
        choices=[
            (ProtocolRole.CONSUMER.value, _("We ask for the data")),
            (ProtocolRole.PROVIDER.value, _("We have the data")),
        ],
        field_name="role",
        description="Whether the organisation has the data, or asks for it.",
    )
    how = ChoiceFilter(
        label=_("State"),
        choices=[
            ("waiting", _("Waits for us")),
            ("open", _("Is going on")),
            ("ended", _("Is over")),
        ],
        method="in_such_a_state",
        description="Whether it waits for somebody of ours, is going on, or is over.",
    )

    def in_such_a_state(self, records: Any, _name: str, value: str) -> Any:
        """Those that are so."""
        return getattr(records, value)()
