"""Who may enter the pages of the workbench: whoever runs the coalition, logged in."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from katalysator.coalition.workflow import RUN
from katalysator.core.actors import permits

ViewT = TypeVar("ViewT", bound=Callable[..., HttpResponseBase])


def of_bureau(view: ViewT) -> ViewT:
    """Let only those in who run the coalition."""

    @login_required
    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        if not (request.user.is_authenticated and permits(request.user, RUN)):
            raise PermissionDenied
        return view(request, *args, **named)

    return cast("ViewT", entered)
