"""Where texts come into `site/accounts`: forms."""

from django import forms

from katalysator.site.accounts.forms import (
    AddKeyForm,
    AddressForm,
    ChangePasswordForm,
    CloseForm,
    CodeForm,
    ConfirmCodeForm,
    ConfirmPasswordForm,
    FirstCodeForm,
    LanguageForm,
    PasskeyForm,
    RenameKeyForm,
    ResetPasswordKeyForm,
    UserTokenForm,
)
from tests import builders


def forms_of_the_room() -> dict[type, list[forms.BaseForm]]:
    person = builders.person(is_coordinator=True)
    return {
        ChangePasswordForm: [ChangePasswordForm(user=person)],
        ResetPasswordKeyForm: [ResetPasswordKeyForm(user=person)],
        UserTokenForm: [],  # what a link holds, which is right or not
        AddressForm: [AddressForm(person=person)],
        ConfirmPasswordForm: [ConfirmPasswordForm(user=person)],
        CodeForm: [CodeForm(user=person)],
        ConfirmCodeForm: [ConfirmCodeForm(user=person)],
        # of a device
        **{each: [] for each in (FirstCodeForm, PasskeyForm, AddKeyForm, RenameKeyForm)},
        LanguageForm: [LanguageForm()],
        CloseForm: [CloseForm()],
    }
