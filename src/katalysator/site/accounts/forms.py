"""What is typed about an account. Passwords are set by our verbs, so that the audit trail tells of them."""

from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.core import context
from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.coalition import verbs
from katalysator.coalition.models import Person


class ChangePasswordForm(allauth.ChangePasswordForm):  # type: ignore[misc]
    """Another password, by who knows the one of today."""

    def save(self) -> None:
        """Set it."""
        verbs.change_password(self.user, self.cleaned_data["password1"], by=self.user)


class ResetPasswordKeyForm(allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, by who followed the link in the mail."""

    def save(self) -> None:
        """Set it; what was guessed wrongly before does not count any more."""
        verbs.reset_password(self.user, self.cleaned_data["password1"], by=self.user)
        get_adapter().forget_wrong_passwords(context.request, self.user.email)


class UserTokenForm(allauth.UserTokenForm):  # type: ignore[misc]
    """The link of the mail: it does nothing for who may not log in any more."""

    def _get_user(self, uidb36: str) -> Person | None:
        person: Person | None = super()._get_user(uidb36)
        return person if person and person.is_active else None


class AddressForm(forms.Form):
    """Another address for an account, asked for by who knows its password."""

    email = forms.EmailField(
        label=_("New e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, person: Person, **named: Any) -> None:
        super().__init__(*args, **named)
        self.person = person

    def clean_email(self) -> str:
        """The address in lower case; not the one of today."""
        email = str(self.cleaned_data["email"]).lower()
        if email == self.person.email:
            raise forms.ValidationError(_("This is the address of your account already."))
        return email

    def clean_password(self) -> str:
        """The password of the account."""
        password = str(self.cleaned_data["password"])
        if not self.person.check_password(password):
            raise forms.ValidationError(_("This is not the password of your account."))
        return password
