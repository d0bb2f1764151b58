"""The page of talent: its parts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from katalysator.talent.cards import cards_for


@require_safe
def talent(request: HttpRequest) -> HttpResponse:
    """The parts of talent that the reader may use."""
    return render(request, "talent/talent.html", {"cards": cards_for(request.user)})
