"""Forms: invite somebody, ask to join, say how one is shown."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.models import Membership
from katalysator.core.forms import PlainLine
from katalysator.core.language import language_choices

_ADDRESS = forms.EmailInput(attrs={"autocomplete": "off"})


class InviteForm(forms.Form):
    """Whom to invite."""

    use_required_attribute = False

    email = forms.EmailField(label=_("E-mail address"), max_length=254, widget=_ADDRESS)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Membership.Role.choices,
        initial=Membership.Role.MEMBER,
        help_text=_("A member posts needs and offers; a manager also says who else does."),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=language_choices)


class AskForm(forms.Form):
    """Who wants to join."""

    use_required_attribute = False

    email = forms.EmailField(
        label=_("Your e-mail address there"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class PresentForm(forms.Form):
    """How somebody is shown on the organisation's page."""

    use_required_attribute = False

    name = PlainLine(label=_("Your name"), required=False, max_length=120)
    function = PlainLine(
        label=_("What you do there"),
        required=False,
        max_length=120,
        help_text=_("Such as: data scientist, head of the lab."),
    )


class _Colleague(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Membership) -> str:
        """The address, and the name where there is one."""
        return f"{obj.person.email} ({obj.name})" if obj.name else obj.person.email


class HandOverForm(forms.Form):
    """The colleague who takes over."""

    use_required_attribute = False

    heir = _Colleague(
        Membership.objects.none(), label=_("Who takes over?"), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, membership: Membership, **named: Any) -> None:
        super().__init__(*args, **named)
        colleagues = Membership.objects.filter(
            organisation=membership.organisation, person__is_active=True
        ).exclude(pk=membership.pk)
        field: Any = self.fields["heir"]
        field.queryset = colleagues.select_related("person").order_by("role", "person__email")
        field.empty_label = None
