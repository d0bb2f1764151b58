"""What is typed about an account. Passwords are set by our verbs, so that the audit trail tells of them."""

from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from katalysator.coalition import verbs
from katalysator.coalition.models import Person
from katalysator.core.forms import PlainLine
from katalysator.core.language import language_choices


def code_field() -> forms.CharField:
    """The field for a code."""
    typed = {"autocomplete": "one-time-code", "inputmode": "numeric"}
    return PlainLine(label=_("Code"), max_length=20, widget=forms.TextInput(attrs=typed))


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


class LanguageForm(forms.Form):
    """In which language the house writes to somebody."""

    language = forms.ChoiceField(label=_("Language of your letters"), choices=language_choices)


class CloseForm(forms.Form):
    """That somebody is sure."""

    use_required_attribute = False

    sure = forms.BooleanField(
        label=_("Yes, delete my account"),
        error_messages={"required": _("Tick this box, if you are sure.")},
    )


class PasskeyForm(LoginWebAuthnForm):  # type: ignore[misc]
    """Logging in with a passkey. What comes without one comes from a browser without JavaScript."""

    credential = forms.JSONField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("A passkey needs JavaScript. Log in with your password instead.")
        },
    )


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey or security key, with the name that its owner gives it."""

    name = PlainLine(
        label=_("What do you call it?"), max_length=60, help_text=_("Such as: my phone.")
    )
    passwordless = forms.BooleanField(
        label=_("Log in with it alone, without a password"),
        required=False,
        initial=True,
        help_text=_("It asks for your fingerprint, your face or a PIN then."),
    )


class RenameKeyForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey or security key."""

    name = PlainLine(label=_("What do you call it?"), max_length=60)


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """A code of the app, or a recovery code, to log in."""

    code = code_field()


class ConfirmCodeForm(ReauthenticateCodeForm):  # type: ignore[misc]
    """The same, by who is logged in already."""

    code = code_field()


class FirstCodeForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app, which proves that it works."""

    code = code_field()


class ConfirmPasswordForm(allauth.ReauthenticateForm):  # type: ignore[misc]
    """The password, by who is logged in already."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
