"""Who takes proposals now, and from whom. Why somebody does not is told to nobody but its own people."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.functional import lazy

from katalysator.coalition.models import Organisation, Person
from katalysator.core.actors import Actor, permits
from katalysator.faults import Conflict, gettext_noop as _
from katalysator.introductions.models import KeptApart, MeetingPause, NeverMeet, Party
from katalysator.introductions.workflow import OPEN, RULE

if TYPE_CHECKING:
    from katalysator.introductions.eligibility import MeetingSide

MOST_TO_ANSWER: Final = 20
"""So many proposals of others may wait for the answer of one party."""
_day_in_words: Final = lazy(date_format, str)  # in the language of who reads it


def require_willing(
    asked: Sequence["MeetingSide"], by: Actor, *, there: Sequence["MeetingSide"] = ()
) -> None:
    """Refuse who takes no proposals now, or none with one of the others, in one sentence for all reasons.

    Whoever set it hears that it did. What an organisation wishes is not of who comes in own name; who never meets an
    organisation meets nobody of it. Whom the bureau keeps apart the bureau alone hears of. `there` are those who are no
    longer asked. Raises Conflict. Cost: four queries.
    """
    kept = _kept_apart(asked, there)
    if kept and isinstance(by, Person) and permits(by, RULE):
        raise _kept(kept)
    pauses = list(_pauses(asked))
    apart = list(_apart(asked, there))
    for pause in pauses:
        if _speaks(by, pause.organisation):
            raise _own_pause(pause)
    for each in apart:
        if _speaks(by, each.organisation):
            raise _own_list(each)
    if kept or pauses or apart or _is_full([each for each in asked if not _is_own(each, by)]):
        raise Conflict(
            "takes-no-proposals",
            _("They take no proposals at this moment."),
            hint=_("Choose another match."),
        )


def kept_among(organisations: Collection[int]) -> KeptApart | None:
    """Two of these whom the bureau keeps apart, if there are. Cost: one query."""
    found = KeptApart.objects.now().among(organisations)
    return found.select_related("organisation", "other").first()


def require_not_kept(organisations: Collection[int], by: Actor) -> None:
    """Refuse the yes to a proposal between two whom the bureau keeps apart since; the proposal stays as it is.

    The bureau alone hears why. Raises Conflict. Cost: one query.
    """
    kept = kept_among(organisations)
    if kept is None:
        return
    if isinstance(by, Person) and permits(by, RULE):
        raise _kept(kept)
    raise Conflict(
        "no-answer-now",
        _("You cannot say yes to this at this moment."),
        hint=_("Nothing is lost: the proposal stays as it is. Try again later, or ask the bureau."),
    )


def _pauses(asked: Sequence["MeetingSide"]) -> Iterable[MeetingPause]:
    found = MeetingPause.objects.now().filter(organisation__in=_deciding(asked))
    return found.select_related("organisation")


def _apart(asked: Sequence["MeetingSide"], there: Sequence["MeetingSide"]) -> Iterable[NeverMeet]:
    """Who of them does not want to meet whom, as far as one of both is asked."""
    everybody = [*asked, *there]
    new, all_of_them = _organisations(asked), _organisations(everybody)
    found = NeverMeet.objects.between(_deciding(everybody), all_of_them)
    of_new = Q(organisation__in=new) | Q(other__in=new)
    return found.filter(of_new).select_related("organisation", "other")


def _kept_apart(asked: Sequence["MeetingSide"], there: Sequence["MeetingSide"]) -> KeptApart | None:
    """Two of them that the bureau keeps apart, as far as one of both is asked."""
    new, everybody = _organisations(asked), _organisations([*asked, *there])
    found = KeptApart.objects.now().among(everybody)
    of_new = found.filter(Q(organisation__in=new) | Q(other__in=new))
    return of_new.select_related("organisation", "other").first()


def _is_full(asked: Sequence["MeetingSide"]) -> bool:
    """Whether one of them has so much to answer that more is no use."""
    if not asked:
        return False
    waiting = Party.objects.filter(
        organisation__in=_organisations(asked), answer="", introduction__state__in=OPEN
    )
    counts = Counter[tuple[int | None, int | None]](waiting.values_list("organisation", "person"))
    return any(counts[each.owner] >= MOST_TO_ANSWER for each in asked)


def _deciding(sides: Iterable["MeetingSide"]) -> set[int]:
    """The organisations that come as such."""
    return {each.organisation.pk for each in sides if each.person is None}


def _organisations(sides: Iterable["MeetingSide"]) -> set[int]:
    return {each.organisation.pk for each in sides}


def _is_own(side: "MeetingSide", by: Actor) -> bool:
    return isinstance(by, Person) and side.is_of(by)


def _speaks(by: Actor, organisation: Organisation) -> bool:
    return isinstance(by, Person) and organisation.pk in by.own_organisations


def _kept(each: KeptApart) -> Conflict:
    return Conflict(
        "kept-apart",
        _("%(name)s and %(other)s are not to be introduced before %(day)s."),
        hint=_("The bureau changes that at “Who is kept apart”; nobody else knows."),
        name=each.organisation.name,
        other=each.other.name,
        day=_day_in_words(each.until, "DATE_FORMAT"),
    )


def _own_pause(pause: MeetingPause) -> Conflict:
    return Conflict(
        "own-pause",
        _("%(name)s takes no proposals before %(day)s: that is its own choice."),
        hint=_("Who manages it changes that at “Whom you meet”."),
        name=pause.organisation.name,
        day=_day_in_words(pause.until, "DATE_FORMAT"),
    )


def _own_list(each: NeverMeet) -> Conflict:
    return Conflict(
        "own-list",
        _("%(name)s does not want to meet %(other)s: that is its own choice."),
        hint=_("Who manages it changes that at “Whom you meet”."),
        name=each.organisation.name,
        other=each.other.name,
    )
