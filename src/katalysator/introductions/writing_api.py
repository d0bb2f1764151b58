"""The API of those who meet: propose, answer, talk, plan, and tell what came of it."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Annotated, Final, Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from pydantic import Field

from katalysator.coalition.models import Organisation, PersonRequest
from katalysator.coalition.writing_api import named_organisation
from katalysator.core.api import RecordNumber
from katalysator.core.api_writing import Given, Scope, require_patience, tag
from katalysator.core.language import active_language
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.introductions import together, verbs
from katalysator.introductions.api import (
    IntroductionResource,
    router,
    visible_introduction,
    whole_introduction,
)
from katalysator.introductions.eligibility import MOST_PARTIES, MeetingSide, require_proposer
from katalysator.introductions.models import Introduction, NextStep, Party
from katalysator.introductions.plain_deeds import PLAIN_DEEDS
from katalysator.introductions.seen import with_parties
from katalysator.introductions.thread import verbs as thread
from katalysator.introductions.together import ResultContent
from katalysator.introductions.workflow import INTRODUCTION
from katalysator.listings.models import Listing

__all__ = ("INTRODUCTIONS", "router")

INTRODUCTIONS = Scope(
    "introductions", _("Propose to meet, answer, write messages, and tell what came of it")
)

_ONE: Final = "/introductions/{number}"
_STEP: Final = f"{_ONE}/steps/{{step}}"
_CHANGES = {"response": IntroductionResource, **INTRODUCTIONS.required}


class NewIntroduction(Given):
    """Who is to meet: the numbers of needs and offers, and one's own `organisation` where one comes without.

    `why` is read by the others. With a `description` they see that in place of who one is, until all said yes.
    """

    listings: Annotated[list[RecordNumber], Field(min_length=1, max_length=MOST_PARTIES)]
    organisation: str = ""
    why: str = ""
    description: str = ""


class AnswerGiven(Given):
    """A yes or a no, with the reason of a no: one of subject, direction, place, size, known, time, terms, found, other."""

    answer: Literal["yes", "no"]
    reason: str = ""
    remark: str = ""


class IntroductionDeed(Given):
    """A deed of an introduction, one of its `deeds`.

    `end` takes a `reason` and a `remark`; `finish` an `outcome`, a `summary` and the day since when (`on`).
    """

    deed: Literal["withdraw", "talk", "agree", "resume", "finish", "end"]
    reason: str = ""
    remark: str = ""
    outcome: str = ""
    summary: str = ""
    on: date | None = None


class MessageGiven(Given):
    """What one says to the other parties."""

    text: str


class StepGiven(Given):
    """What is to be done, by which party (its number; null: by all), and by when."""

    what: str
    party: RecordNumber | None = None
    due: date | None = None


class TickGiven(Given):
    """Whether a step is done."""

    done: bool


class AlongGiven(Given):
    """Who is asked along: a participant by its name in addresses, or the owner of a need or an offer by its number."""

    organisation: str = ""
    listing: RecordNumber | None = None


class LessonGiven(Given):
    """What was learned."""

    lesson: str


class FoundGiven(Given):
    """With whom the owner of a need or an offer found each other: a participant by its name in addresses, or a `name` from outside.

    With an `outcome` and a `summary` the result is told at once.
    """

    organisation: str = ""
    name: str = ""
    outcome: str = ""
    summary: str = ""


@router.post("/introductions", response={201: IntroductionResource}, **INTRODUCTIONS.required)
def propose_introduction(
    request: PersonRequest, response: HttpResponse, given: NewIntroduction
) -> IntroductionResource:
    """Propose to meet; where the others proposed the same, this is one's yes to that."""
    require_proposer(request.user)
    require_patience(request, "propose_by_program")
    sides = [_side(request, number, given.description) for number in given.listings]
    if given.organisation:
        own = named_organisation(request, given.organisation)
        sides.append(
            MeetingSide(organisation=own, described=_described(request, own, given.description))
        )
    made = verbs.propose(sides, by=request.user, why=given.why)
    shown = _shown(request, response, made)
    response["Location"] = shown.links.this
    return shown


@router.post(f"{_ONE}/parties/{{party}}/answer", **_CHANGES)
def answer_introduction(
    request: PersonRequest,
    response: HttpResponse,
    number: RecordNumber,
    party: RecordNumber,
    given: AnswerGiven,
) -> IntroductionResource:
    """Say yes or no for a party for which one speaks."""
    row = visible_introduction(request, number)
    mine: Party = get_object_or_404(row.parties.select_related("introduction"), pk=party)
    if given.answer == "yes":
        verbs.accept(mine, by=request.user)
    else:
        verbs.decline(mine, by=request.user, reason=given.reason, remark=given.remark)
    return _shown(request, response, row)


@router.post(f"{_ONE}/deeds", **_CHANGES)
def move_introduction(
    request: PersonRequest, response: HttpResponse, number: RecordNumber, given: IntroductionDeed
) -> IntroductionResource:
    """Do one of the `deeds`; a result that was told is told anew by `finish`."""
    row = visible_introduction(request, number)
    _deed(row, given)(by=request.user)
    return _shown(request, response, row)


@router.post(f"{_ONE}/messages", **_CHANGES)
def write_message(
    request: PersonRequest, response: HttpResponse, number: RecordNumber, given: MessageGiven
) -> IntroductionResource:
    """Write to the other parties, who get it by mail too."""
    require_patience(request, "propose_by_program")
    row = visible_introduction(request, number)
    thread.say(row, by=request.user, text=given.text)
    return _shown(request, response, row)


@router.post(f"{_ONE}/steps", **_CHANGES)
def plan_step(
    request: PersonRequest, response: HttpResponse, number: RecordNumber, given: StepGiven
) -> IntroductionResource:
    """Write down what is to be done."""
    row = visible_introduction(request, number)
    party = _party_of(row, given.party)
    together.plan(row, by=request.user, what=given.what, party=party, due=given.due)
    return _shown(request, response, row)


@router.put(_STEP, **_CHANGES)
def tick_step(
    request: PersonRequest,
    response: HttpResponse,
    number: RecordNumber,
    step: RecordNumber,
    given: TickGiven,
) -> IntroductionResource:
    """Say that a step is done, or is not after all."""
    row = visible_introduction(request, number)
    together.tick(_step_of(request, row, step), by=request.user, done=given.done)
    return _shown(request, response, row)


@router.delete(_STEP, **_CHANGES)
def drop_step(
    request: PersonRequest, response: HttpResponse, number: RecordNumber, step: RecordNumber
) -> IntroductionResource:
    """Take a step off the list."""
    row = visible_introduction(request, number)
    together.drop(_step_of(request, row, step), by=request.user)
    return _shown(request, response, row)


@router.post(f"{_ONE}/parties", **_CHANGES)
def ask_party_along(
    request: PersonRequest, response: HttpResponse, number: RecordNumber, given: AlongGiven
) -> IntroductionResource:
    """Ask one more party along, which decides for itself."""
    row = visible_introduction(request, number)
    if given.listing is not None:
        side = _side(request, given.listing, "")
    else:
        side = MeetingSide(organisation=named_organisation(request, given.organisation))
    verbs.ask_along(row, side, by=request.user)
    return _shown(request, response, row)


@router.put(f"{_ONE}/lesson", **_CHANGES)
def tell_lesson(
    request: PersonRequest, response: HttpResponse, number: RecordNumber, given: LessonGiven
) -> IntroductionResource:
    """Write down what was learned."""
    row = visible_introduction(request, number)
    together.learn(row, by=request.user, lesson=given.lesson)
    return _shown(request, response, row)


@router.post(f"{_ONE}/knowledge", response={201: IntroductionResource}, **INTRODUCTIONS.required)
def share_lesson(
    request: PersonRequest, response: HttpResponse, number: RecordNumber
) -> IntroductionResource:
    """Make a draft of knowledge of the result and its lesson; `knowledge` is its number."""
    row = visible_introduction(request, number)
    together.share(row, by=request.user, language=active_language())
    return _shown(request, response, row)


@router.post(
    "/listings/{number}/found", response={201: IntroductionResource}, **INTRODUCTIONS.required
)
def tell_found(
    request: PersonRequest, response: HttpResponse, number: RecordNumber, given: FoundGiven
) -> IntroductionResource:
    """Tell with whom the owner of a need or an offer found each other, without a proposal."""
    own = MeetingSide.of(_listing(request, number))
    other: MeetingSide | str = given.name
    if given.organisation:
        other = MeetingSide(organisation=named_organisation(request, given.organisation))
    result = ResultContent(outcome=given.outcome, summary=given.summary) if given.outcome else None
    made = together.record(own, other, by=request.user, result=result)
    return _shown(request, response, made)


def _deed(row: Introduction, given: IntroductionDeed) -> Callable[..., object]:
    """The verb of what is asked, for whoever does it. Raises Conflict for what cannot be done with it now."""
    if not (given.deed == "finish" and row.state == "result"):
        INTRODUCTION.transition(row.state, given.deed)
    if given.deed == "finish":
        result = ResultContent(outcome=given.outcome, summary=given.summary, on=given.on)
        return partial(together.finish, row, result=result)
    if given.deed == "end":
        return partial(together.stop, row, reason=given.reason, remark=given.remark)
    return partial(PLAIN_DEEDS[given.deed], row)


def _side(request: PersonRequest, number: int, description: str) -> MeetingSide:
    """The owner of a need or an offer; who asks may be described in place of named."""
    listing = _listing(request, number)
    return MeetingSide.of(listing, described=description if listing.is_of(request.user) else "")


def _described(request: PersonRequest, own: Organisation, description: str) -> str:
    return description if own.pk in request.user.own_organisations else ""


def _listing(request: PersonRequest, number: int) -> Listing:
    found = Listing.objects.visible_to(request.user).with_owner().filter(pk=number).first()
    if found is None:
        raise InvalidInput(
            "listings", _("There is no need or offer with number %(number)s."), number=str(number)
        ).at("listings")
    return found


def _party_of(row: Introduction, number: int | None) -> Party | None:
    if number is None:
        return None
    found: Party | None = row.parties.filter(pk=number).first()
    if found is None:
        raise InvalidInput("party", _("Choose one of the parties.")).at("party")
    return found


def _step_of(request: PersonRequest, row: Introduction, number: int) -> NextStep:
    seen = NextStep.objects.visible_to(request.user).filter(introduction=row)
    found: NextStep = get_object_or_404(seen.select_related("introduction"), pk=number)
    return found


def _shown(
    request: PersonRequest, response: HttpResponse, row: Introduction
) -> IntroductionResource:
    """As it is now."""
    tag(response, row)
    return whole_introduction(request, with_parties(Introduction.objects.all()).get(pk=row.pk))
