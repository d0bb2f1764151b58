"""Forms: among which activities people choose, and in which order somebody would like them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.activities.models import Activity
from katalysator.core.forms import PlainLine


class ActivityChoiceForm(forms.Form):
    """Among which activities people choose."""

    use_required_attribute = False

    title = PlainLine(
        label=_("Title"), max_length=120, help_text=_("Such as “Workshops of the spring day”.")
    )
    activities = forms.ModelMultipleChoiceField(
        Activity.objects.none(), label=_("Activities"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, activities: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["activities"].queryset = activities  # type: ignore[attr-defined]


class RankForm(forms.Form):
    """In which order somebody would like them: a number at each, or nothing."""

    use_required_attribute = False

    def __init__(self, *args: Any, activities: Sequence[Activity], **named: Any) -> None:
        super().__init__(*args, **named)
        places = [(str(place), str(place)) for place in range(1, len(activities) + 1)]
        for each in activities:
            self.fields[str(each.pk)] = forms.ChoiceField(
                label=each.title, required=False, choices=[("", _("Not this one")), *places]
            )

    def clean(self) -> dict[str, Any]:
        """No two at the same place."""
        data: dict[str, Any] = super().clean() or {}
        given = [place for place in data.values() if place]
        if len(set(given)) != len(given):
            self.add_error(None, _("Two of them have the same number. Give each its own."))
        return data

    def order(self) -> list[int]:
        """The activities in the order that was given."""
        given = {int(pk): int(place) for pk, place in self.cleaned_data.items() if place}
        return sorted(given, key=lambda pk: given[pk])
