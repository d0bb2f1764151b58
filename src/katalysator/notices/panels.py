"""What this room shows on pages of others: what is new for a person, and whose mail comes back."""

from datetime import timedelta
from typing import Any, Final

from django.http import HttpRequest
from django.utils import timezone

from katalysator.core.panels import panel
from katalysator.notices.models import ReturnedMail
from katalysator.notices.summaries import new_for

_SPAN: Final = timedelta(days=14)
_SHOWN: Final = 10


@panel("account", "notices/_returned.html", position=5)
def own_mail_returns(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """That one's letters come back, with what to do about it."""
    mine = ReturnedMail.objects.stopped().filter(person_id=request.user.pk or 0).first()
    return {"returned": mine} if mine else None


@panel("account", "notices/_new.html", position=40)
def what_is_new(request: HttpRequest, _subject: Any) -> dict[str, Any]:
    """What the summary would tell of the last two weeks."""
    return {"sections": new_for(request.user, timezone.now() - _SPAN), "days": _SPAN.days}


@panel("bureau", "notices/_all_returned.html", position=80)
def mail_returns(request: HttpRequest, _subject: Any) -> dict[str, Any] | None:
    """Whose mail comes back, for who can ask them another way."""
    found = ReturnedMail.objects.visible_to(request.user).stopped()
    count = found.count()
    people = found.select_related("person").order_by("-at")[:_SHOWN]
    return {"returned": people, "count": count} if count else None
