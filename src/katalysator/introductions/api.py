"""The API's part on introductions: one's own, and all for the bureau. Who the parties are is told as on the pages."""

from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from katalysator.core.actors import permits
from katalysator.core.api import Links, PageOf, RecordNumber, Resource, page_facts, paged
from katalysator.core.api_writing import tag
from katalysator.core.filters import ListQuery
from katalysator.introductions.filters import IntroductionFilter
from katalysator.introductions.models import Introduction, NextStep, ThreadMessage
from katalysator.introductions.seen import SeenParty, seen_of, seen_parties, with_parties
from katalysator.introductions.workflow import INTRODUCTION, TAKE_BACK, TAKE_PART
from katalysator.knowledge.models import KnowledgeItem

router = Router(tags=["introductions"], by_alias=True)


class ContactResource(Resource):
    """Who speaks for a party, told to those who said yes: a name and a function where there are, and the address."""

    name: str
    function: str
    email: str


class PartyResource(Resource):
    """A party as the asker may know it: before all said yes a `name` may be a description, without `organisation` and `listing`."""

    id: int
    name: str
    organisation: str | None
    listing: int | None
    answer: str
    reason: str | None
    remark: str
    own: bool
    hidden: bool
    contact: ContactResource | None


class IntroductionSummary(Resource):
    """An introduction: where it is, since when, and its parties, one's own first."""

    id: int
    state: str
    proposed_at: datetime
    changed_at: datetime
    met_outside: bool
    outcome: str | None
    parties: list[PartyResource]
    links: Links


class MessageResource(Resource):
    """What somebody of a party said, on the page or by mail; `party` is the number of the party."""

    id: int
    party: int | None
    at: datetime
    text: str
    by_mail: bool


class NextStepResource(Resource):
    """What is to be done, by which party (null: by all), and by when; a milestone, where they agreed before."""

    id: int
    kind: str
    what: str
    party: int | None
    due: date | None
    done: bool


class IntroductionResource(IntroductionSummary):
    """An introduction with all that the asker may read of it.

    Messages, steps, summary and lesson are for the parties that said yes. `deeds` is what may be done now: `accept` and `decline` are
    answers, the others deeds. `knowledge` is the number of the item that was made of it.
    """

    why: str
    by_bureau: bool
    reason: str | None
    remark: str
    summary: str
    lesson: str
    result_on: date | None
    knowledge: int | None
    messages: list[MessageResource]
    steps: list[NextStepResource]
    deeds: list[str]


class IntroductionPage(PageOf):
    """One page of introductions, those in which something happened last first."""

    items: list[IntroductionSummary]


@router.get("/introductions", response=IntroductionPage)
def introductions(
    request: HttpRequest, query: Query[ListQuery[IntroductionFilter]]
) -> IntroductionPage:
    """The introductions of the asker's organisations and in own name; for the bureau all. None for a visitor."""
    found = query.narrow(Introduction.objects.visible_to(request.user), request)
    page = paged(with_parties(found), query)
    parties = seen_of(page.object_list, request.user)
    items = [_summary(request, each, parties[each.pk]) for each in page]
    return IntroductionPage(items=items, **page_facts(request, page))


@router.get("/introductions/{number}", response=IntroductionResource)
def introduction(
    request: HttpRequest, response: HttpResponse, number: RecordNumber
) -> IntroductionResource:
    """One introduction of the asker's, with what the asker may read of it and do with it."""
    found = visible_introduction(request, number)
    tag(response, found)
    return whole_introduction(request, found)


def visible_introduction(request: HttpRequest, number: int) -> Introduction:
    """One introduction that the asker may see, with its parties; raises a 404 for any other."""
    seen = with_parties(Introduction.objects.visible_to(request.user))
    found: Introduction = get_object_or_404(seen, pk=number)
    return found


def whole_introduction(request: HttpRequest, row: Introduction) -> IntroductionResource:
    """An introduction read `with_parties`, with what the asker may read and do. Cost: some queries."""
    parties = seen_parties(row, request.user)
    said = ThreadMessage.objects.visible_to(request.user).filter(introduction=row)
    planned = NextStep.objects.visible_to(request.user).filter(introduction=row)
    is_told = request.user.is_authenticated and permits(request.user, TAKE_PART, row)
    return IntroductionResource(
        **_summary(request, row, parties).model_dump(),
        why=row.why,
        by_bureau=row.by_bureau,
        reason=row.reason or None,
        remark=row.remark,
        summary=row.summary if is_told else "",
        lesson=row.lesson if is_told else "",
        result_on=row.result_at,
        knowledge=_knowledge(request, row),
        messages=[_message(each) for each in said if row.is_known],
        steps=[_step(each) for each in planned if row.is_known],
        deeds=_deeds(request, row, parties),
    )


def _summary(
    request: HttpRequest, row: Introduction, parties: list[SeenParty]
) -> IntroductionSummary:
    return IntroductionSummary(
        id=row.pk,
        state=row.state,
        proposed_at=row.proposed_at,
        changed_at=row.stirred_at,
        met_outside=row.met_outside,
        outcome=row.outcome or None,
        parties=[_party(each) for each in parties],
        links=Links.of(request, row, "introduction"),
    )


def _party(party: SeenParty) -> PartyResource:
    contact = party.contact
    return PartyResource(
        id=party.pk,
        name=party.name,
        organisation=party.slug or None,
        listing=party.listing.pk if party.listing else None,
        answer=party.answer or "asked",
        reason=party.reason or None,
        remark=party.remark,
        own=party.is_own,
        hidden=party.is_hidden,
        contact=ContactResource(name=contact.name, function=contact.function, email=contact.email)
        if contact
        else None,
    )


def _message(message: ThreadMessage) -> MessageResource:
    return MessageResource(
        id=message.pk,
        party=message.party_id,
        at=message.at,
        text=message.text,
        by_mail=bool(message.mail_id),
    )


def _step(step: NextStep) -> NextStepResource:
    return NextStepResource(
        id=step.pk,
        kind=step.kind,
        what=step.what,
        party=step.party_id,
        due=step.due,
        done=step.is_done,
    )


def _deeds(request: HttpRequest, row: Introduction, parties: list[SeenParty]) -> list[str]:
    """What the asker may do now: answer for a party, and the deeds of the table."""
    person = request.user
    if not person.is_authenticated:
        return []
    is_asked = row.is_open and any(each.is_own and each.is_asked for each in parties)
    may = {each for each in (TAKE_BACK, TAKE_PART) if permits(person, each, row)}
    steps = [
        each.deed for each in INTRODUCTION.transitions_from(row.state) if each.permission in may
    ]
    return [*(("accept", "decline") if is_asked else ()), *steps]


def _knowledge(request: HttpRequest, row: Introduction) -> int | None:
    """The item, where who asks may see it."""
    seen = KnowledgeItem.objects.visible_to(request.user).filter(pk=row.knowledge_id or 0)
    return row.knowledge_id if seen.exists() else None
