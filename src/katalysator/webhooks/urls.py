"""Addresses of webhooks."""

from django.urls import path, re_path

from katalysator.webhooks import views
from katalysator.webhooks.workflow import KEEP, WEBHOOK

_ONE = "webhooks/<int:pk>/"

urlpatterns = [
    path("organisations/<slug:slug>/webhooks/", views.webhook_list, name="webhook-list"),
    path("bureau/webhooks/", views.webhook_list, name="webhook-list-bureau"),
    path(_ONE, views.webhook, name="webhook"),
    path(f"{_ONE}test/", views.webhook_test, name="webhook-test"),
    path(f"{_ONE}secret/", views.webhook_secret, name="webhook-secret"),
    path(f"{_ONE}remove/", views.webhook_remove, name="webhook-remove"),
    path(f"{_ONE}deliveries/<uuid:delivery>/again/", views.delivery_again, name="delivery-again"),
    re_path(
        rf"^webhooks/(?P<pk>\d+)/(?P<deed>{WEBHOOK.pattern_of(KEEP)})/$",
        views.webhook_move,
        name="webhook-move",
    ),
]
