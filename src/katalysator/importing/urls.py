"""Addresses of the pages that take a sheet in, for one kind of sheet."""

from django.urls import URLPattern, path

from katalysator.importing import views
from katalysator.importing.kinds import SheetImport


def pages_of(kind: SheetImport, where: str) -> list[URLPattern]:
    """The pages for sheets of one kind, below an address."""
    name, given = kind.url_name, {"kind": kind}
    return [
        path(where, views.give, given, name=name),
        path(f"{where}<uuid:pk>/", views.look, given, name=f"{name}-preview"),
        path(f"{where}<uuid:pk>/rest.xlsx", views.rest, given, name=f"{name}-rest"),
        path(f"{where}<uuid:pk>/undo/", views.undo, given, name=f"{name}-undo"),
    ]
