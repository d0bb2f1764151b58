"""Every verb of every room is refused to nobody, to a visitor and to who is not active any more.

Verbs are found by the name of their module. One with a parameter that is not in `SAMPLES` fails
the test: nothing is open by accident.
"""

import inspect
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.utils import timezone

import katalysator
from katalysator.activities.models import ActivityChoice, Enrolment
from katalysator.boards.models import EmbeddingPlace, SavedSearch
from katalysator.bureau.models import Bulk, BureauNote, Mailing
from katalysator.coalition.blocks import Block
from katalysator.coalition.corners import Corner
from katalysator.coalition.founding.facts import CoalitionFacts, KnownCoalition
from katalysator.coalition.founding.questions import answers_of, read
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.coalition.organisations.facts import OrganisationFacts
from katalysator.commitments.models import Commitment, Contribution
from katalysator.commitments.verbs import Promise
from katalysator.core.actors import Actor, System
from katalysator.core.models import Event
from katalysator.core.translated import Translated
from katalysator.dataspace.canvas.verbs import begin_canvas
from katalysator.dataspace.connectors.partner_facts import PartnerFacts
from katalysator.dataspace.datasets.records import DatasetRecord
from katalysator.dataspace.harvest.verbs import SourceFacts
from katalysator.dataspace.models import (
    Agreement,
    Dataset,
    DatasetOffer,
    DataSource,
    HarvestSource,
    Negotiation,
    Partner,
    Transfer,
)
from katalysator.engine.skills import pack
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.grades.models import LearnedWeights
from katalysator.groups.facts import GroupFacts
from katalysator.groups.models import Decision, GroupMembership, GroupTask, Meeting, Steward
from katalysator.importing import keeping
from katalysator.importing.rows import SheetRows
from katalysator.introductions import verbs as introductions
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.models import Introduction, KeptApart, MeetingRule, NextStep, Party
from katalysator.introductions.together import ResultContent
from katalysator.knowledge.models import KnowledgeFile, KnowledgeReview, KnowledgeUse
from katalysator.listings.models import Kind
from katalysator.notices.kinds import SUMMARY
from katalysator.questions.handling.verbs import Receiver
from katalysator.readings.models import CoalitionConcept
from katalysator.readings.verbs import ConceptContent
from katalysator.rounds.matching.verbs import RoundSettings
from katalysator.rounds.models import MatchingRound
from katalysator.rounds.orders.verbs import SaidOrder
from katalysator.talent.cohorts.verbs import CohortContent
from katalysator.talent.courses.content import CourseContent
from katalysator.talent.learning.verbs import StageReport
from katalysator.talent.models import Cohort, LearningCourse, LocalConcept, TaxonomyVersion
from katalysator.talent.oversight.verbs import object_to
from katalysator.talent.profiles.consent.verbs import ConsentFacts
from katalysator.talent.profiles.evidence.verbs import CertificateFacts
from katalysator.talent.profiles.portable.facts import PortableProfile
from katalysator.talent.profiles.verbs import OccupationFacts, WantedWork
from katalysator.talent.taxonomies.files import TaxonomyFiles
from katalysator.talent.taxonomies.local import LocalContent
from katalysator.talent.taxonomies.starter import example_courses
from katalysator.talent.work.figure_files import FigureFiles
from katalysator.tokens.models import Token
from katalysator.tokens.verbs import make
from katalysator.webhooks.models import Delivery
from katalysator.webhooks.verbs import WebhookFacts, send_test
from tests import builders
from tests.attack.holding import dealing_of
from tests.dataspace.agreed import agreed as agreed_on
from tests.dataspace.world import connector, dataset
from tests.listings.sheets_given import kept_for
from tests.rounds.meetings import guest, planned, settings as meeting_settings, talk, wish
from tests.talent.lists import WHY, candidates, consultation, first_of
from tests.talent.pilots import DAY, facts as pilot_facts, pilot
from tests.talent.profiles import consent, evidence, occupation, profile, skill
from tests.talent.taxonomies import small_taxonomy

pytestmark = pytest.mark.django_db


def concept() -> CoalitionConcept:
    return CoalitionConcept.objects.create(key="swallow", en=["swallow"])


def course_content() -> CourseContent:
    """A course that teaches something of the small taxonomy."""
    return CourseContent(title_nl="Leren", school="Voorbeeldschool", hours=8, teaches=["x"])


def taxonomy_version() -> TaxonomyVersion:
    return TaxonomyVersion.objects.create(
        name="small",
        version="1",
        occupations=4,
        skills=8,
        content=pack(small_taxonomy()),
        digest="x" * 64,
    )


def mailing() -> Mailing:
    return Mailing.objects.create(subject=Translated(nl="x"), text=Translated(nl="x"))


def weights() -> LearnedWeights:
    return LearnedWeights.objects.create(version=1, counts={}, pairs=60, useful=20, worth={})


def read_sheet_rows() -> SheetRows:
    sheet = kept_for(builders.organisation())
    return sheet.kind.rows(keeping.read(sheet).records(), sheet.place)


def membership() -> Membership:
    return builders.person(builders.organisation()).memberships.get()


def commitment() -> Commitment:
    return Commitment.objects.create(organisation=builders.organisation(), kind="part")


def contribution() -> Contribution:
    on = date(2026, 3, 2)
    return Contribution.objects.create(commitment=commitment(), on=on, what="een lezing")


def token() -> Token:
    person, until = builders.person(), timezone.localdate()
    return make(person, by=person, name="x", scopes=[], ends_on=until)[0]


def group_membership() -> GroupMembership:
    return builders.group().memberships.get()


def meeting() -> Meeting:
    return Meeting.objects.create(group=builders.group(), starts_at=timezone.now())


def steward() -> Steward:
    return Steward.objects.create(duty="chair", block="data", organisation=builders.organisation())


def enrolment() -> Enrolment:
    return Enrolment.objects.create(
        activity=builders.activity(), person=builders.person(), state="placed", turn=1
    )


def coalition_facts() -> CoalitionFacts:
    known = KnownCoalition.now()
    given = {"name": "Voorbeeldcoalitie", "contact": "bureau@voorbeeld.example"}
    return read({**answers_of(known), **given}, known)


def used_by(organisation: Organisation) -> KnowledgeUse:
    return KnowledgeUse.objects.create(item=builders.item(), organisation=organisation, what="goed")


def knowledge_file() -> KnowledgeFile:
    item = builders.item()
    made: KnowledgeFile = item.files.create(name="x.txt", kind="txt", size=1)
    return made


def side() -> MeetingSide:
    return MeetingSide(organisation=builders.organisation())


def introduction() -> Introduction:
    """One party said yes."""
    made = introductions.propose([side(), side()], by=builders.HOUSE)
    one, _other = made.parties.all()
    introductions.accept(one, by=builders.HOUSE)
    return made


def party() -> Party:
    """The one that has still to answer."""
    _one, other = introduction().parties.select_related("introduction")
    return other


def met() -> Introduction:
    return introductions.accept(party(), by=builders.HOUSE)


def next_step() -> NextStep:
    return NextStep.objects.create(introduction=met(), what="bellen")


def sent() -> Delivery:
    return send_test(builders.webhook(builders.organisation())[0], by=builders.HOUSE)


def negotiated() -> Negotiation:
    """Somebody asks for a dataset, and waits for an answer."""
    return Negotiation.objects.get(pk=dealing_of(builders.organisation())["negotiation"])


def agreed() -> Agreement:
    """What was agreed with somebody elsewhere, who has the data."""
    number = dealing_of(builders.organisation())["got"]
    return Agreement.objects.select_related("negotiation").get(negotiation=number)


def transfer() -> Transfer:
    """Data that can be fetched."""
    return Transfer.objects.get(pk=dealing_of(builders.organisation())["transfer"])


SAMPLES: Mapping[str, Callable[[], Any]] = {
    "asked": lambda: 1,
    "applicant": builders.applicant,
    "application": builders.application,
    "commitment": commitment,
    "contribution": contribution,
    "item": lambda: builders.item(state="draft"),
    "organisations": lambda: [builders.organisation()],
    "verdict": lambda: "good",
    "remark": lambda: "",
    "review": lambda: KnowledgeReview.objects.create(
        item=builders.item(state="review"), organisation=builders.organisation()
    ),
    "data": lambda: b"x",
    "file": knowledge_file,
    "facts": lambda: OrganisationFacts(name="Voorbeeldlab", kind="institute", region="NL31"),
    "promises": lambda: {"part": Promise()},
    "reason": lambda: "omdat",
    "chair": lambda: builders.person(builders.organisation()),
    "corner": lambda: Corner(block=Block.DATA),
    "decision": lambda: Decision.objects.create(
        group=builders.group(), number=1, on=date(2026, 3, 2), text="zo"
    ),
    "due": lambda: None,
    "duty": lambda: "contact",
    "group": builders.group,
    "group_facts": lambda: GroupFacts(name="Voorbeeldgroep", blocks=("data",)),
    "group_membership": group_membership,
    "holder": lambda: None,
    "meeting": meeting,
    "minutes": lambda: "gezegd",
    "shows": lambda: True,
    "starts_at": timezone.now,
    "steward": steward,
    "task": lambda: GroupTask.objects.create(group=builders.group(), what="tellen"),
    "text": lambda: "zo",
    "joining": builders.joining,
    "membership": membership,
    "kept": builders.organisation,
    "gone": builders.organisation,
    "role": lambda: Membership.Role.MEMBER,
    "language": lambda: "nl",
    "name": lambda: "",
    "function": lambda: "",
    "what": lambda: "een lezing",
    "on": lambda: date(2026, 3, 2),
    "password": lambda: builders.PASSWORD,
    "need": lambda: builders.listing(builders.organisation(), Kind.NEED),
    "offer": lambda: builders.listing(builders.organisation(), Kind.OFFER),
    "value": lambda: 2,
    "weights": weights,
    "content": builders.content,
    "concept": concept,
    "concept_content": lambda: ConceptContent(en=["heron"]),
    "concept_contents": lambda: {"heron": ConceptContent(en=["heron"])},
    "keys": lambda: [concept().key],
    "email": lambda: "nieuw@voorbeeld.example",
    "kind": lambda: Kind.NEED,
    "listing": lambda: builders.draft(builders.organisation()),
    "market_slug": lambda: "expertise",
    "organisation": builders.organisation,
    "owner": builders.organisation,
    "person": builders.person,
    "deed": lambda: "publish",
    "folder": lambda: Path(mkdtemp()),
    "stated": coalition_facts,
    "letters": lambda: SUMMARY,
    "pace": lambda: "daily",
    "status": lambda: "5.1.1",
    "heir": membership,
    "sheet": lambda: kept_for(builders.organisation()),
    "rows": read_sheet_rows,
    "seen": lambda: "",
    "scopes": list,
    "ends_on": timezone.localdate,
    "token": token,
    "search": lambda: SavedSearch.objects.create(
        person=builders.person(), name="x", told_until=timezone.now()
    ),
    "query": lambda: "kind=offer",
    "origin": lambda: "https://www.voorbeeld.example",
    "place": lambda: EmbeddingPlace.objects.create(
        organisation=builders.organisation(), origin="https://voorbeeld.example"
    ),
    "activity": builders.activity,
    "activities": list,
    "said": builders.activity_facts,
    "title": lambda: "Rondes",
    "outcome": lambda: "Drie brieven",
    "lessons": lambda: "Begin klein",
    "enrolment": enrolment,
    "present": set,
    "among": set,
    "choice": lambda: ActivityChoice.objects.create(title="Rondes"),
    "order": list,
    "question": builders.question,
    "question_content": builders.question_content,
    "reply": builders.reply,
    "note": lambda: BureauNote.objects.create(organisation=builders.organisation(), text="zo"),
    "bulk": lambda: Bulk.objects.create(deed="confirm", state="done"),
    "mailing": mailing,
    "before": lambda: None,
    "introduction": introduction,
    "sides": lambda: [side(), side()],
    "side": side,
    "own": side,
    "other": side,
    "party": party,
    "step": next_step,
    "result": lambda: ResultContent(outcome="pilot", summary="goed"),
    "lesson": lambda: "begin klein",
    "webhook": lambda: builders.webhook(builders.organisation())[0],
    "delivery": sent,
    "receiver": lambda: Receiver(organisation=builders.organisation()),
}
"""What to give for a parameter, by its name."""

OPEN_TO_ANYBODY = {"questions.verbs.ask"}
"""What somebody may who speaks for nobody."""
MORE_VERBS = ("introductions/together.py",)


def shared() -> Dataset:
    """A dataset that an organisation shares."""
    return dataset(connector())


def offered() -> DatasetOffer:
    """An offer of one."""
    return shared().offers.get()


OF_ROOMS: Mapping[str, Mapping[str, Callable[[], Any]]] = {
    "bureau.bulk.verbs": {
        "deed": lambda: "confirm",
        "records": lambda: [builders.organisation()],
    },
    "bureau.mailing.verbs": {"subject": lambda: {"nl": "x"}, "text": lambda: {"nl": "x"}},
    "introductions.thread.verbs": {"introduction": met},
    "introductions.together": {"introduction": met},
    "introductions.meeting_rules.verbs": {
        "asking": lambda: "company",
        "asked": lambda: "investor",
        "rule": lambda: MeetingRule.objects.create(asking="sme", asked="investor"),
        "other": builders.organisation,
        "until": lambda: timezone.localdate() + timedelta(days=9),
        "kept": lambda: KeptApart.objects.create(
            organisation=builders.organisation(),
            other=builders.organisation(),
            until=timezone.localdate(),
        ),
    },
    "rounds.matching.verbs": {
        "found": lambda: MatchingRound.objects.create(name="Ronde", market="expertise"),
        "settings": lambda: RoundSettings(name="Ronde", market="expertise"),
        "is_fixed": lambda: True,
        "until": lambda: timezone.localdate() + timedelta(days=9),
    },
    "talent.cohorts.verbs": {
        "content": lambda: CohortContent(name="Klerken", people=[{"key": "p1"}]),
        "found": lambda: Cohort.objects.create(name="Klerken"),
    },
    "rounds.orders.verbs": {
        "found": lambda: MatchingRound.objects.create(name="Ronde", market="expertise"),
        "listing": lambda: builders.listing(builders.organisation()),
        "said": SaidOrder,
    },
    "rounds.meeting.verbs": {
        "found": planned,
        "settings": lambda: meeting_settings(builders.activity()),
    },
    "rounds.meeting.guest_verbs": {
        "day": planned,
        "other": lambda: guest(planned()),
        "away": list,
        "wish": wish,
        "talk": talk,
        "said": lambda: "yes",
    },
    "dataspace.canvas.verbs": {
        "dataset": shared,
        "terms": lambda: {"permission": [{"action": "use", "constraint": []}]},
        "is_automatic": lambda: False,
        "old": lambda: None,
        "offer": offered,
        "model": lambda: "members",
        "canvas": lambda: begin_canvas(shared(), "members", by=builders.HOUSE),
        "step": lambda: "owner",
        "answers": dict,
        "may_share": lambda: True,
    },
    "dataspace.agreements.verbs": {
        "agreement": lambda: agreed_on()[0],
        "name": lambda: "Voorbeeld Directeur",
        "function": lambda: "directeur",
        "reason": lambda: "Het is klaar.",
        "until": lambda: timezone.localdate() + timedelta(days=99),
    },
    "talent.oversight.verbs": {
        "purpose": lambda: "job",
        "opening": lambda: "Analist gezocht",
        "occupation": lambda: "occupation/analyst",
        "candidates": lambda: candidates(["sql"]),
        "consultation": consultation,
        "consulted": lambda: first_of(consultation()),
        "decision": lambda: "later",
        "reason": lambda: WHY,
        "text": lambda: "Dit klopt niet.",
        "deed": lambda: "look",
        "objection": lambda: object_to(
            first_of(consultation()), by=builders.HOUSE, text="Dit klopt niet."
        ),
    },
    "dataspace.connectors.verbs": {
        "connector": connector,
        "partner": lambda: Partner.objects.create(
            participant_id="did:web:x.example", name="x", address="https://x.example/"
        ),
        "facts": lambda: PartnerFacts("did:web:x.example", "x", "https://x.example/"),
    },
    "dataspace.datasets.verbs": {
        "connector": connector,
        "record": lambda: DatasetRecord(title="Metingen"),
        "dataset": lambda: dataset(connector()),
        "name": lambda: "x.csv",
        "content": lambda: b"a",
        "version": lambda: "2.0",
        "notes": lambda: "x",
    },
    "talent.learning.verbs": {
        "facts": pilot_facts,
        "pilot": pilot,
        "rows": lambda: [StageReport("1", 1, DAY)],
    },
    "introductions.wishes.verbs": {"until": timezone.localdate, "other": builders.organisation},
    "talent.taxonomies.verbs": {
        "taxonomy_files": lambda: TaxonomyFiles(small_taxonomy(), {}),
        "taxonomy_version": taxonomy_version,
        "redirects": dict,
        "local_content": lambda: LocalContent("skill", nl=["prompten"]),
        "local_concept": lambda: LocalConcept.objects.create(
            key="local/skill/x", kind="skill", nl=["x"]
        ),
    },
    "talent.taxonomies.upload_verbs": {
        "name": lambda: "esco.zip",
        "packed": lambda: b"x",
        "version": lambda: "1",
    },
    "talent.courses.verbs": {
        "course_content": course_content,
        "courses": lambda: [course_content()],
        "learning_course": lambda: LearningCourse.objects.create(
            key="c", title_nl="Een cursus", school="Voorbeeldschool", hours=1, cost=1, teaches=["x"]
        ),
    },
    "talent.work.verbs": {
        "figure_files": FigureFiles,
        "courses": example_courses,
    },
    "knowledge.uses.verbs": {"said": lambda: used_by(builders.organisation())},
    "knowledge.verbs": {"content": builders.known},
    "talent.profiles.verbs": {
        "profile": profile,
        "key": lambda: "skill/sql",
        "facts": lambda: OccupationFacts("occupation/nurse"),
        "wanted": WantedWork,
        "skill": skill,
        "occupation": occupation,
    },
    "talent.profiles.evidence.verbs": {
        "skill": skill,
        "peer": builders.person,
        "organisation": lambda: builders.organisation(kind="hbo"),
        "facts": lambda: CertificateFacts("Voorbeeldschool"),
        "evidence": evidence,
        "deed": lambda: "decline",
    },
    "talent.profiles.consent.verbs": {
        "profile": profile,
        "facts": lambda: ConsentFacts("job", ("skills",), timezone.localdate()),
        "consent": consent,
    },
    "talent.profiles.portable.verbs": {"profile": profile, "portable": PortableProfile},
    "dataspace.processes.verbs": {"process": negotiated, "word": lambda: "agreement"},
    "dataspace.catalogues.verbs": {
        "connector": connector,
        "partner": connector,
        "dataset_key": lambda: "urn:x",
        "offer": lambda: {"@id": "urn:o", "permission": [{"action": "use"}]},
        "declared": dict,
        "agreement": agreed,
        "format": lambda: "HttpData-PULL",
    },
    "dataspace.arrivals.verbs": {"transfer": transfer},
    "dataspace.delivery.verbs": {
        "dataset": lambda: dataset(connector()),
        "kind": lambda: "http",
        "address": lambda: "https://10.0.0.1/",
        "secret": dict,
        "source": lambda: DataSource(kind="http", address="https://x.example/"),
        "agreement": agreed,
        "format_": lambda: "HttpData-PUSH",
        "where": lambda: {"endpoint": "https://x.example/", "endpointProperties": []},
    },
    "dataspace.harvest.verbs": {
        "facts": lambda: SourceFacts("Portaal", address="https://portaal.example/catalog.ttl"),
        "source": lambda: HarvestSource.objects.create(name="X", address="https://x.example/"),
    },
    "webhooks.verbs": {
        "deed": lambda: "pause",
        "facts": lambda: WebhookFacts("Onze lijst", "https://x.example/", ["listing.opened"]),
    },
}
"""What it is in a room where it is something else."""

NOBODY: Mapping[str, Callable[[], Any]] = {
    "None": lambda: None,
    "a visitor": AnonymousUser,
    "a name": lambda: "operator",
    "an inactive coordinator": lambda: builders.person(is_coordinator=True, is_active=False),
    "a person of elsewhere": builders.person,
    "a part of the house that may nothing": lambda: System("wall", frozenset()),
}


def verbs() -> list[Callable[..., Any]]:
    """The public functions of every module of which the name ends in `verbs`, or does the same by another name."""
    root = Path(katalysator.__file__).parent
    found: list[Callable[..., Any]] = []
    for file in sorted((*root.rglob("*verbs.py"), *(root / each for each in MORE_VERBS))):
        parts = file.relative_to(root).with_suffix("").parts
        module = import_module(".".join((katalysator.__name__, *parts)))
        functions = vars(module).values()
        found += [
            each
            for each in functions
            if inspect.isfunction(each)
            and each.__module__ == module.__name__
            and not each.__name__.startswith("_")
        ]
    return found


def name_of(verb: Callable[..., Any]) -> str:
    return f"{verb.__module__.removeprefix('katalysator.')}.{verb.__name__}"


def asked(verb: Callable[..., Any]) -> dict[str, Any]:
    """What the verb must be given, but who does it."""
    parameters = inspect.signature(verb).parameters.values()
    names = [
        each.name
        for each in parameters
        if each.name != "by"
        and each.default is each.empty
        and each.kind in (each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY)
    ]
    samples = {**SAMPLES, **OF_ROOMS.get(name_of(verb).rpartition(".")[0], {})}
    unknown = [name for name in names if name not in samples]
    assert not unknown, f"{name_of(verb)}: say in SAMPLES what to give for {unknown}"
    return {name: samples[name]() for name in names}


def test_there_are_verbs_in_more_rooms_than_one() -> None:
    names = {name_of(verb) for verb in verbs()}
    assert {"coalition.verbs.register", "coalition.verbs.admit", "coalition.verbs.erase"} <= names
    assert len({verb.__module__ for verb in verbs()}) > 1


@pytest.mark.parametrize("verb", verbs(), ids=name_of)
def test_a_verb_asks_who_does_it(verb: Callable[..., Any]) -> None:
    by = inspect.signature(verb, eval_str=True).parameters["by"]
    assert by.kind is by.KEYWORD_ONLY
    assert by.default is by.empty
    assert by.annotation == Actor


def events_and_people() -> tuple[list[Any], list[Any]]:
    """All that is kept of them, in the order in which it came."""
    events, people = Event.objects.order_by("pk"), Person.objects.order_by("pk")
    return list(events.values()), list(people.values())


@pytest.mark.parametrize("verb", verbs(), ids=name_of)
def test_a_verb_is_refused(verb: Callable[..., Any]) -> None:
    given, acting = asked(verb), {who: make() for who, make in NOBODY.items()}
    if name_of(verb) in OPEN_TO_ANYBODY:
        del acting["a person of elsewhere"]
    before = events_and_people()
    for who, by in acting.items():
        refusal = NotAllowed if isinstance(by, Person | System) else TypeError
        with pytest.raises(refusal):
            verb(**given, by=by)
        assert events_and_people() == before, who


@pytest.mark.parametrize("verb", verbs(), ids=name_of)
def test_the_same_is_not_refused_to_who_may(verb: Callable[..., Any]) -> None:
    with suppress(InvalidInput, Conflict, IntegrityError):
        verb(**asked(verb), by=builders.HOUSE)
