"""Addresses of accounts: of allauth only what we use. Each stands in `tests/attack/walked/accounts.py`."""

from allauth.account import views as allauth
from django.urls import path, re_path

from katalysator.site.accounts import elsewhere_views, own_views, second_step_urls, views

urlpatterns = [
    path("", own_views.mine, name="account"),
    path("settings/", own_views.settings, name="account-settings"),
    path("settings/language/", own_views.language, name="account-language"),
    path("data/", own_views.data, name="account-data"),
    path("close/", own_views.close, name="account-close"),
    path("email/", views.address, name="account_email"),
    path("email/<str:key>/", views.confirm_address, name="account_confirm_email"),
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("signup/", allauth.signup, name="account_signup"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/set/", views.first_password, name="account_set_password"),
    path("password/reset/", allauth.password_reset, name="account_reset_password"),
    path("password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("confirm/", allauth.reauthenticate, name="account_reauthenticate"),
    *second_step_urls.urlpatterns,
    path("elsewhere/", elsewhere_views.connections, name="socialaccount_connections"),
    path("elsewhere/<slug:provider_id>/", elsewhere_views.login, name="openid_connect_login"),
    path(
        "elsewhere/<slug:provider_id>/back/",
        elsewhere_views.callback,
        name="openid_connect_callback",
    ),
]
