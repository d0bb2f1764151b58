"""Addresses of the second step. What changes something does so in one transaction with its event in the trail."""

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from django.db.transaction import atomic
from django.urls import path

_AT = "two-step/"

urlpatterns = [
    path(_AT, base.index, name="mfa_index"),
    path(f"{_AT}code/", atomic(base.authenticate), name="mfa_authenticate"),
    path(f"{_AT}confirm/", atomic(base.reauthenticate), name="mfa_reauthenticate"),
    path(f"{_AT}app/", atomic(app.activate_totp), name="mfa_activate_totp"),
    path(f"{_AT}app/remove/", atomic(app.deactivate_totp), name="mfa_deactivate_totp"),
    path(f"{_AT}recovery/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        f"{_AT}recovery/new/",
        atomic(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        f"{_AT}recovery/codes.txt",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path(f"{_AT}passkeys/", keys.list_webauthn, name="mfa_list_webauthn"),
    path(f"{_AT}passkeys/add/", atomic(keys.add_webauthn), name="mfa_add_webauthn"),
    path(f"{_AT}passkeys/<int:pk>/", atomic(keys.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        f"{_AT}passkeys/<int:pk>/remove/", atomic(keys.remove_webauthn), name="mfa_remove_webauthn"
    ),
    path(
        f"{_AT}passkeys/confirm/",
        atomic(keys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("login/passkey/", atomic(keys.login_webauthn), name="mfa_login_webauthn"),
]
