"""Pages for what went wrong, each with a way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """What was asked cannot be read."""
    return render(request, "400.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The form came from elsewhere, or the browser keeps no cookies."""
    return render(request, "403_csrf.html", status=403)
