"""When tokens are used: a person sees which are used no more, and ends them."""

from django.utils import timezone

from katalysator.tokens.models import Token


def note_use(token: Token) -> None:
    """Keep on which day a token was used last. Cost: one query on the first use of a day, else none."""
    today = timezone.localdate()
    if token.used_on != today:
        Token.objects.filter(pk=token.pk).update(used_on=today)
