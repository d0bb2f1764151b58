"""Addresses of tokens, below that of the account."""

from django.urls import path

from katalysator.tokens import views

urlpatterns = [
    path("account/tokens/", views.token_list, name="token-list"),
    path("account/tokens/<int:pk>/end/", views.token_end, name="token-end"),
]
