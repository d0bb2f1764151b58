"""Addresses of letters."""

from django.urls import path

from katalysator.notices import views

urlpatterns = [
    path("account/letters/", views.letters, name="letters"),
    path("account/address-works/", views.address_works, name="address-works"),
    path("letters/stop/<str:key>/", views.letters_stop, name="letters-stop"),
]
