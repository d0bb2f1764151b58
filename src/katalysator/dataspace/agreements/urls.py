"""Addresses of agreements."""

from django.urls import path

from katalysator.dataspace.agreements import views

_ONE = "dataspace/agreements/<int:pk>/"

urlpatterns = [
    path("dataspace/agreements/", views.agreement_list, name="agreement-list"),
    path(_ONE, views.agreement, name="agreement"),
    path(f"{_ONE}sign/", views.agreement_sign, name="agreement-sign"),
    path(f"{_ONE}withdraw/", views.agreement_withdraw, name="agreement-withdraw"),
    path(f"{_ONE}end/", views.agreement_end, name="agreement-end"),
    path(f"{_ONE}renew/", views.agreement_renew, name="agreement-renew"),
    path(f"{_ONE}text.pdf", views.agreement_pdf, name="agreement-pdf"),
    path(f"{_ONE}text.json", views.agreement_json, name="agreement-json"),
]
