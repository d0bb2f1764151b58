"""Activities and introductions of the owner, what the bureau keeps of it, and a round, as the walks of an attacker meet them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from katalysator.activities.choices.verbs import post
from katalysator.activities.enrolments.verbs import register
from katalysator.bureau.bulk.verbs import start
from katalysator.bureau.mailing.verbs import write as write_letter
from katalysator.bureau.models import BulkLine
from katalysator.bureau.notes.verbs import label, write as write_note
from katalysator.coalition.models import Organisation, Person
from katalysator.introductions import together, verbs as introductions
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.meeting_rules.verbs import keep_apart, rule_out
from katalysator.introductions.thread.verbs import say
from katalysator.introductions.together import ResultContent
from katalysator.introductions.wishes.verbs import avoid
from katalysator.listings.models import Listing
from katalysator.matches.models import Match
from katalysator.rounds.matching.computing import compute
from katalysator.rounds.matching.verbs import RoundSettings, compute as begin, make, rule
from katalysator.rounds.meeting.guest_verbs import join
from katalysator.rounds.meeting.verbs import DaySettings, make as plan_talks
from katalysator.talent.oversight.ranking import TalentCandidate
from katalysator.talent.oversight.verbs import consult, decide, object_to
from katalysator.webhooks.models import Delivery
from katalysator.webhooks.verbs import send_test
from tests import builders
from tests.talent.lists import WHY, used_taxonomy
from tests.talent.pilots import pilot


def activities_of(owner: Organisation, person: Person, secret: str = "") -> dict[str, Any]:
    """One that everybody sees, with somebody who asks for a place and has an own one; a draft, and a choice.

    Gives their numbers. What is hidden has the secret in its texts.
    """
    said = {"text": f"Over ijs. {secret}", "policy": "request"}
    open_ = builders.activity(owner, policy="request", title="Open middag")
    guest = builders.person()
    asked = register(open_, guest, by=guest)
    draft = builders.activity(owner, state="draft", **said)
    inside = builders.activity(owner, visibility="participants", **said)
    chosen = [builders.activity(owner, title="Ronde") for _ in range(2)]
    made = post("Rondes", by=builders.HOUSE, organisation=owner, activities=chosen)
    register(open_, person, by=person)
    return {
        "activity": open_.pk,
        "activity_draft": draft.pk,
        "activity_inside": inside.pk,
        "enrolment": asked.pk,
        "choice": made.pk,
    }


def bureau_of(owner: Organisation, coordinator: Person, secret: str = "") -> dict[str, Any]:
    """A note, a label, a deed for many and a letter of the bureau about the owner; gives their numbers."""
    note = write_note(owner, by=coordinator, text=f"Bellen. {secret}")
    label(owner, f"bestuur {secret}", by=coordinator)
    bulk = start("note", [owner], by=coordinator, value=f"Nog eens bellen. {secret}")
    BulkLine.objects.update(state="done", before={"note": 0})
    said = {"subject": {"nl": f"Brief {secret}"}, "text": {"nl": f"Dag {{naam}}. {secret}"}}
    mailing = write_letter([owner], by=coordinator, managers_only=False, **said)
    type(bulk).objects.update(state="done")
    return {"note": note.pk, "bulk": bulk.pk, "mailing": mailing.pk}


def webhooks_of(owner: Organisation, secret: str = "") -> dict[str, Any]:
    """A webhook of the owner and one of the bureau, each with something that was sent; gives their numbers."""
    numbers: dict[str, Any] = {}
    for name, of in (("hook", owner), ("bureauhook", None)):
        made, _secret = builders.webhook(of, name=f"{name}{secret}")
        sent = send_test(made, by=builders.HOUSE)
        Delivery.objects.filter(pk=sent.pk).update(state="arrived", answer=f"{name}{secret}")
        numbers |= {name: made.pk, f"{name}_sent": str(sent.pk)}
    return numbers


def introductions_of(
    listings: Mapping[str, Listing], member: Person, other: Person, secret: str = ""
) -> dict[str, int]:
    """What the owner of these listings was asked by somebody anonymous, talks of, was refused, and found elsewhere; whom it avoids, and a rule of the bureau.

    Gives their numbers. What people write has its name and the secret in it.
    """
    need, inside = MeetingSide.of(listings["public"]), MeetingSide.of(listings["inside"])
    hidden = MeetingSide.of(listings["partner"], described=f"described{secret}")
    peer = MeetingSide(organisation=other.memberships.get().organisation)
    asked = introductions.propose([hidden, need], by=builders.HOUSE, why=f"why{secret}")
    theirs, ours = asked.parties.all()
    introductions.accept(theirs, by=builders.HOUSE)
    talk = introductions.propose([inside, peer], by=member)
    mine, peers = talk.parties.all()
    introductions.accept(peers, by=other)
    say(talk, by=member, text=f"message{secret}")
    step = together.plan(talk, by=other, what=f"step{secret}")
    refused = introductions.propose([need, peer], by=member)
    no = {"reason": "other", "remark": f"refusal{secret}"}
    _ours, others = refused.parties.all()
    introductions.decline(others, by=other, **no)
    result = ResultContent(outcome="pilot", summary=f"summary{secret}")
    found = together.record(
        MeetingSide.of(listings["closed"]), f"outside{secret}", by=member, result=result
    )
    together.learn(found, by=member, lesson=f"lesson{secret}")
    avoided = avoid(need.organisation, peer.organisation, by=builders.HOUSE)
    rule = rule_out(by=builders.HOUSE, asking="investor", asked="investor")
    until = timezone.localdate() + timedelta(days=9)
    apart = builders.organisation(), builders.organisation()
    kept = keep_apart(*apart, by=builders.HOUSE, until=until)
    return {
        "met_asked": asked.pk,
        "met_talk": talk.pk,
        "met_refused": refused.pk,
        "met_found": found.pk,
        "party_asked": ours.pk,
        "party_talk": mine.pk,
        "step": step.pk,
        "avoided": avoided.pk,
        "rule": rule.pk,
        "kept": kept.pk,
    }


def talks_of(owner: Organisation, people: Sequence[Person], secret: str = "") -> dict[str, int]:
    """Talks at an activity of the owner, planned by the bureau, in which these people take part; gives its number."""
    activity = builders.activity(owner)
    rooms = ((f"Zaal {secret}", 1),)
    settings = DaySettings(starts_at=activity.starts_at, slots=2, minutes=10, rooms=rooms)
    day = plan_talks(activity, settings, by=builders.HOUSE)
    for person in people:
        register(activity, person, by=person)
        join(day, person, by=person)
    return {"talks": activity.pk}


def round_of(
    need: Listing, offer: Listing, coordinator: Person, secret: str = ""
) -> dict[str, int]:
    """A round of the bureau that chose from what there is, with a pair that was ruled on; gives its number."""
    settings = RoundSettings(name=f"Ronde {secret}", market=need.market, why=secret, least=0)
    fits = {"market": need.market, "score": 0.5, "parts": {}}
    Match.objects.get_or_create(need=need, offer=offer, defaults=fits)
    made = make(settings, by=coordinator)
    rule(made, need, offer, by=coordinator, is_fixed=False)
    begun = begin(made, by=coordinator)
    compute(begun, begun.run)
    return {"round": made.pk}


def lists_of(
    owner: Organisation, viewer: Person, shown: Person, secret: str = ""
) -> dict[str, Any]:
    """A list of people that somebody of the owner asked for, who decided on one who objects; and a pilot. Gives their numbers."""
    used_taxonomy()
    told = {"purpose": "job", "opening": f"list{secret}", "occupation": "occupation/analyst"}
    people = [TalentCandidate(each.pk, {"skill/sql": 100}) for each in (shown, builders.person())]
    made = consult(owner, by=viewer, candidates=people, **told)
    mine, other = (made.people.get(person=each.person) for each in people)
    decide(mine, "later", by=viewer, reason=f"{WHY} verdict{secret}")
    objection = object_to(mine, by=shown, text=f"objection{secret}")
    pilot_made = pilot(owner, name=f"pilot{secret}")
    return {
        "list": made.pk,
        "listed": other.key,
        "shown_in": mine.pk,
        "objection": objection.pk,
        "pilot": pilot_made.pk,
    }
