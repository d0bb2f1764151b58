"""A coalition with something to hide, and everybody who may come by."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from katalysator.admission.models import Application, Joining
from katalysator.boards.embedding.verbs import allow_place
from katalysator.boards.models import EmbeddingPlace, SavedSearch
from katalysator.boards.verbs import save_search
from katalysator.coalition.blocks import Block
from katalysator.coalition.corners import Corner
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.commitments.models import Commitment, Contribution
from katalysator.core.actors import ASKER
from katalysator.core.api_writing import scopes
from katalysator.core.links import key_of
from katalysator.grades.models import Grade, LearnedWeights
from katalysator.groups.members import verbs as members
from katalysator.groups.models import Decision, GroupMembership, GroupTask, Meeting, Steward
from katalysator.groups.papers import verbs as papers
from katalysator.groups.stewards import verbs as stewards
from katalysator.groups.todo import verbs as todo
from katalysator.importing.models import KeptSheet
from katalysator.knowledge.files import verbs as files
from katalysator.knowledge.models import (
    KnowledgeFile,
    KnowledgeItem,
    KnowledgeReview,
    KnowledgeUse,
)
from katalysator.knowledge.reviews import verbs as reviewing
from katalysator.knowledge.uses import verbs as using
from katalysator.listings import verbs
from katalysator.listings.models import Kind, Listing
from katalysator.notices.kinds import SUMMARY
from katalysator.notices.links import stop_key
from katalysator.questions import verbs as questions
from katalysator.questions.handling import verbs as handling
from katalysator.questions.handling.verbs import Receiver
from katalysator.questions.models import Question
from katalysator.readings.models import CoalitionConcept
from katalysator.site import urls  # noqa: F401 — with the addresses come the scopes of all rooms
from katalysator.tokens import verbs as tokens
from tests import builders
from tests.attack.holding import (
    activities_of,
    bureau_of,
    catalogue_elsewhere,
    cohort_of,
    connector_of,
    dealing_of,
    introductions_of,
    lists_of,
    profiles_of,
    round_of,
    talent_of,
    talks_of,
    webhooks_of,
)
from tests.attack.steps import inside
from tests.matches.steps import NEED, OFFER, match_all

ROLES: Final = ("stranger", "other", "member", "coordinator")
"""Whom the tables of the walk speak of."""
ALIKE: Final = {"manager": "member", "shut out": "stranger"}
"""Who may what another may."""

_ACCOUNTS: Final = ("of nobody", "of the directory", "other", "member", "manager", "coordinator")
_EVERYBODY: Final = ("stranger", "shut out", *_ACCOUNTS)
_OF_OWNER: Final = ("member", "manager", "coordinator")
_PARTICIPANTS: Final = ("other", *_OF_OWNER)
TOLD: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(("public", "known", "shared"), _EVERYBODY),
    **dict.fromkeys(("dataset", "elsewhere"), ("manager",)),
    "token": _ACCOUNTS,  # each one's own
    **dict.fromkeys(("inside", "partner", "minutes", "decision", "activity"), _PARTICIPANTS),
    **dict.fromkeys(("knowninside", "knownreview", "file"), _PARTICIPANTS),
    **dict.fromkeys(("draft", "closed", "draftminutes", "task", "knowndraft"), _OF_OWNER),
    "theirs": ("other", "coordinator"),
    "owninside": _PARTICIPANTS,
    "owndraft": ("member", "coordinator"),  # in own name: not of who manages the organisation
    "remark": ("member", "coordinator"),
    "question": _OF_OWNER,
    "joining": ("manager", "coordinator"),
    "search": ("member",),  # nobody else sees what one looks for
    "sheet": ("coordinator",),
    "application": ("coordinator",),
    **dict.fromkeys(("bureau", "round"), ("coordinator",)),
    **dict.fromkeys(("why", "outside", "talk"), _OF_OWNER),
    "described": ("member", "manager"),  # in place of a name, which the bureau knows
    **dict.fromkeys(("message", "step"), ("other", "member", "manager")),  # between the parties
    **dict.fromkeys(("summary", "lesson"), ("member", "manager")),
    "refusal": _PARTICIPANTS,
    "cohort": ("member", "manager"),  # of the employer alone: the bureau does not see it
    **dict.fromkeys(("hook", "dealing"), ("manager",)),
    "ownprofile": ("member",),  # nobody else, nor the bureau
    "shownprofile": ("manager", "other"),
    **dict.fromkeys(
        ("list", "verdict"), _PARTICIPANTS
    ),  # its owner, who stood in it, and to whom that one objects
    "objection": ("coordinator",),
    "pilot": _EVERYBODY,
    "bureauhook": ("coordinator",),
}
"""Who may read each secret, of which the text is `…geheim`: of a listing, a remark on a match, a sheet that is to be
taken in, an application, a token, the papers of a group, an activity or its talks, or an introduction."""
SEEN: Final = {role: {secret for secret, to in TOLD.items() if role in to} for role in _EVERYBODY}


@dataclass(frozen=True)
class World:
    """Listings by their names, which are in their titles and texts as `…geheim`, and people by their roles."""

    listings: dict[str, Listing]
    people: dict[str, Person]
    sessions: dict[str, str]
    secrets: dict[str, str]
    more: dict[str, Any]

    @cached_property
    def numbers(self) -> dict[str, Any]:
        """The number of each listing and of what else there is one, to fill in an address."""
        numbers = {name: listing.pk for name, listing in self.listings.items()}
        application = Application.objects.get()
        keys = {"application": application.pk, "key": key_of(application)}
        joining, member = Joining.objects.get(), self.people["member"].memberships.get()
        keys |= {"joining": joining.pk, "invited": key_of(joining), "membership": member.pk}
        keys |= self.more | self._known
        keys |= {"stop": stop_key(self.people["member"], SUMMARY)}
        keys |= {"renewal": key_of(self.listings["public"])}
        keys |= {"place": EmbeddingPlace.objects.get().pk}
        keys |= {"search": SavedSearch.objects.get().pk}
        keys |= {"brought": Contribution.objects.get().pk}
        keys |= {"token": self.people["member"].tokens.get().pk}
        keys |= _in_group(member.person_id)
        asked = {each.title: each for each in Question.objects.all()}
        keys |= {"question": asked["questiongeheim"].pk, "answered": asked["publicgeheim"].pk}
        keys |= {"own": key_of(asked["strangergeheim"])}
        keys |= {"peer": KnowledgeUse.objects.get().organisation.slug}
        keys |= {"reply": asked["publicgeheim"].replies.get().pk}
        return numbers | keys | {"sheet": KeptSheet.objects.get().pk}

    def program(self, role: str) -> Client:
        """A program that has a token of somebody with this role for everything."""
        return Client(headers={"authorization": f"Bearer {self.secrets[role]}"})

    @property
    def _known(self) -> dict[str, Any]:
        """The number of each item of knowledge, and of what there is with them."""
        items = KnowledgeItem.objects.values_list("title", "pk")
        numbers = {title.removesuffix("geheim"): number for title, number in items}
        asked, use, file = (
            each.objects.get().pk for each in (KnowledgeReview, KnowledgeUse, KnowledgeFile)
        )
        return numbers | {"asked": asked, "use": use, "file": file}

    def client(self, role: str, **how: Any) -> Client:
        """A browser of somebody with this role, who was logged in when the world was made."""
        client = Client(**how)
        if role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client


def make() -> World:
    """Make it: two needs that anybody or participants see, a draft, one that is closed, and their matches."""
    owner = builders.presented(slug="voorbeeld-eigenaar")
    other, third = builders.organisation(), builders.organisation(name="Voorbeeldderde")
    people = {
        "other": builders.person(other),
        "member": builders.person(owner),
        "manager": builders.person(),
        "coordinator": builders.person(is_coordinator=True),
        "of nobody": builders.person(),
        "of the directory": builders.person(builders.organisation(state="listed")),
        "shut out": builders.person(owner, is_coordinator=True, is_active=False),
    }
    Membership.objects.create(
        person=people["manager"], organisation=owner, role=Membership.Role.MANAGER
    )
    Membership.objects.filter(person=people["member"]).update(name="Een lid")
    listings = {
        "public": builders.listing(owner, **_told("public", NEED)),
        "inside": builders.listing(owner, **_told("inside", NEED), visibility="participants"),
        "draft": builders.draft(owner, Kind.OFFER, **_told("draft", OFFER)),
        "closed": builders.listing(owner, **_told("closed", NEED)),
        "partner": builders.listing(
            third, Kind.OFFER, **_told("partner", OFFER), visibility="participants"
        ),
        "theirs": builders.draft(other, **_told("theirs", NEED)),
        "owninside": builders.listing(
            people["member"], Kind.OFFER, **_told("owninside", OFFER), visibility="participants"
        ),
        "owndraft": builders.draft(people["member"], Kind.OFFER, **_told("owndraft", OFFER)),
    }
    match_all()
    _know(owner, other)
    verbs.move(listings["closed"], "close", by=builders.HOUSE)
    _judge(listings, people["member"])
    CoalitionConcept.objects.create(key="heron", en=["heron"])
    _give(people["coordinator"], owner)
    builders.application(motivation="Wij willen meedoen: applicationgeheim.")
    Organisation.objects.filter(pk=owner.pk).update(mail_domains=["eigenaar.example"])
    builders.joining(owner, email="joininggeheim@voorbeeld.example")
    commitment = Commitment.objects.create(organisation=owner, kind="hours", amount=40)
    commitment.contributions.create(on=date(2026, 3, 2), amount=8, what="Een lezing")
    save_search(people["member"], by=builders.HOUSE, name="searchgeheim", query="", pace="daily")
    allow_place(owner, by=builders.HOUSE, origin="https://eigenaar.example")
    _ask(owner)
    _meet(people)
    more = activities_of(owner, people["member"], "activitygeheim")
    more |= bureau_of(owner, people["coordinator"], "bureaugeheim")
    more |= webhooks_of(owner, "geheim")
    shared = connector_of(owner, "geheim")
    more |= {**dealing_of(owner, "dealinggeheim"), **shared}
    more |= catalogue_elsewhere()
    more |= introductions_of(listings, people["member"], people["other"], "geheim")
    more |= talks_of(owner, [people["member"], people["manager"]], "talkgeheim")
    more |= talent_of()
    more |= round_of(listings["public"], listings["partner"], people["coordinator"], "roundgeheim")
    more |= profiles_of(people["member"], people["manager"], people["other"], "profilegeheim")
    more |= cohort_of(owner, "cohortgeheim")
    more |= lists_of(owner, people["member"], people["other"], "geheim")
    secrets = {role: _secret(each) for role, each in people.items()}
    return World(listings, people, _logged_in(people), secrets, more)


def _logged_in(people: dict[str, Person]) -> dict[str, str]:
    """The session of each of them."""
    return {role: str(inside(each).session.session_key) for role, each in people.items()}


def _meet(people: dict[str, Person]) -> None:
    """A working group whose papers participants read, with members, somebody who is invited, and a contact point."""
    group = builders.group(name="Voorbeeldgroep")
    for role in ("member", "manager"):
        members.enter(group, people[role], "join", by=builders.HOUSE)
    members.invite(group, by=builders.HOUSE, email=people["other"].email)
    for text in ("minutesgeheim", "draftminutesgeheim"):
        meeting = papers.plan(group, by=builders.HOUSE, starts_at=timezone.now())
        papers.write(meeting, by=builders.HOUSE, minutes=text)
    papers.move(Meeting.objects.get(minutes="minutesgeheim"), "adopt", by=builders.HOUSE)
    papers.decide(group, by=builders.HOUSE, text="decisiongeheim", on=date(2026, 3, 2))
    todo.add(group, by=builders.HOUSE, what="taskgeheim")
    membership = people["member"].memberships.get()
    where, duty = Corner(block=Block.DATA), "contact"
    owner = membership.organisation
    stewards.name(where, by=builders.HOUSE, duty=duty, organisation=owner, membership=membership)


def _in_group(person: int) -> dict[str, int]:
    """The numbers of what there is in the group, and of whose membership this is."""
    mine = GroupMembership.objects.get(person=person)
    return {
        "held": Meeting.objects.get(state="adopted").pk,
        "minuted": Meeting.objects.get(state="draft").pk,
        "decision": Decision.objects.get().pk,
        "task": GroupTask.objects.get().pk,
        "in_group": mine.pk,
        "asked_in": GroupMembership.objects.get(state="invited").pk,
        "steward": Steward.objects.get().pk,
    }


def everything() -> dict[str, str]:
    """A digest of all rows of each table of ours, by where they are, to see whether a deed wrote any."""
    models = [each for each in apps.get_models() if each.__module__.startswith("katalysator.")]
    digest = "SELECT '{0}', md5(string_agg(concat_ws(' ', ctid, xmin), ',' ORDER BY ctid)) FROM {0}"
    asked = " UNION ALL ".join(digest.format(each._meta.db_table) for each in models)
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:  # which plans it once
        return dict(cursor.execute(asked.encode(), prepare=True).fetchall())


def _secret(person: Person) -> str:
    until = timezone.localdate() + timedelta(days=9)
    _token, secret = tokens.make(
        person, by=builders.HOUSE, name="tokengeheim", scopes=scopes(), ends_on=until
    )
    return secret


def _know(owner: Organisation, other: Organisation) -> None:
    """What the owner knows: for everybody, for participants, in review and as a draft."""
    builders.item(owner, title="knowngeheim")
    inside_ = builders.item(owner, title="knowninsidegeheim", visibility="participants")
    waiting = builders.item(owner, "review", title="knownreviewgeheim")
    builders.item(owner, "draft", title="knowndraftgeheim")
    files.attach(inside_, by=builders.HOUSE, name="x.txt", data=b"filegeheim")
    reviewing.ask(waiting, [other], by=builders.HOUSE)
    using.use(
        KnowledgeItem.objects.get(title="knowngeheim"), other, by=builders.HOUSE, what="Goed."
    )


def _told(name: str, what: dict[str, Any]) -> dict[str, Any]:
    return {each: f"{text} {name}geheim" for each, text in what.items()}


def _ask(owner: Organisation) -> None:
    """A question that the owner has and nobody else sees, one of a stranger, and one that was answered in public."""
    for name in ("question", "public"):
        asked = builders.question(title=f"{name}geheim", in_public=name == "public")
        sent = handling.route(asked, Receiver(organisation=owner), by=builders.HOUSE)
        if name == "public":
            handling.answer(sent, by=builders.HOUSE, text="Ja.", in_public=True)
    content = builders.question_content(title="strangergeheim")
    questions.ask(content, by=ASKER, language="nl", email="vraag@elders.example")


def _give(person: Person, owner: Organisation) -> None:
    KeptSheet.objects.create(
        person=person, imports="listings", target={"organisation": owner.pk, "kind": "need", "market": "expertise"}, name="x.csv",
        content=b"nr;titel;tekst\n1;sheetgeheim;Een vraag om te zien wie haar ziet.\n",
    )  # fmt: skip


def _judge(listings: dict[str, Listing], person: Person) -> None:
    Grade.objects.create(
        need=listings["public"], offer=listings["partner"], market="expertise", value=0, side="need",
        person=person, reason="other", remark="remarkgeheim", chosen="card", score=0.5, parts={}, quick=0.5,
    )  # fmt: skip
    loss = {"before": 0.5, "after": 0.4, "gain": 0.1, "low": 0.05, "high": 0.2, "needs": 12}
    LearnedWeights.objects.create(
        version=1, counts={"meaning": 1.0}, pairs=60, useful=20, worth={"log-loss": loss}
    )
