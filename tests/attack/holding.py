"""Activities and introductions of the owner, what the bureau keeps of it, and a round, as the walks of an attacker meet them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
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
from katalysator.dataspace.agreements.freezing import freeze
from katalysator.dataspace.canvas.terms import SharingTerms, terms_of
from katalysator.dataspace.canvas.verbs import begin_canvas, make_offer
from katalysator.dataspace.models import (
    Agreement,
    ArrivedData,
    Connector,
    Dataset,
    DatasetOffer,
    DatasetVersion,
    DataSource,
    FoundDataset,
    HarvestSource,
    Negotiation,
    Partner,
    Transfer,
)
from katalysator.dataspace.protocol.keys import new_key
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
from katalysator.rounds.models import (
    MatchingRound,
    MeetingTalk,
    MeetingWish,
    RoundCandidate,
    RoundOrder,
)
from katalysator.talent.cohorts.computing import compute as compute_cohort
from katalysator.talent.cohorts.verbs import (
    CohortContent,
    compute as begin_cohort,
    make as make_cohort,
)
from katalysator.talent.models import (
    FigureSet,
    LearningCourse,
    ProfileSkill,
    SkillEvidence,
    SkillProfile,
    TaxonomyUpload,
    WorkGroup,
)
from katalysator.talent.oversight.ranking import TalentCandidate
from katalysator.talent.oversight.verbs import consult, decide, object_to
from katalysator.talent.profiles import verbs as profiles
from katalysator.talent.profiles.consent.verbs import ConsentFacts, share
from katalysator.talent.profiles.evidence.verbs import (
    CertificateFacts,
    EvidenceFile,
    ask_peer,
    state_certificate,
)
from katalysator.talent.profiles.verbs import OccupationFacts
from katalysator.talent.taxonomies import verbs as taxonomies
from katalysator.talent.taxonomies.files import TaxonomyFiles
from katalysator.talent.taxonomies.local import LocalContent
from katalysator.talent.taxonomies.starter import read_starter
from katalysator.webhooks.models import Delivery
from katalysator.webhooks.verbs import send_test
from tests import builders
from tests.builders import HOUSE
from tests.talent.lists import WHY
from tests.talent.pilots import pilot
from tests.talent.profiles import used
from tests.talent.taxonomies import small_taxonomy


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


def connector_of(owner: Organisation, secret: str = "") -> dict[str, Any]:
    """A connector of the owner with a dataset that nobody else sees yet, one that everybody does, and an agreement with somebody elsewhere; with numbers.

    What people write has the secret in it.
    """
    own = Connector.objects.create(organisation=owner, key=new_key())
    hidden = Dataset.objects.create(connector=own, key="urn:1", title=f"dataset{secret}")
    shown = Dataset.objects.create(
        connector=own, key="urn:2", title=f"shared{secret}", is_published=True, shows_rows=True
    )
    DatasetOffer.objects.create(dataset=shown, key="urn:2:offer", terms={})
    DatasetVersion.objects.create(dataset=shown, number="1.0", notes="Begin.")
    DataSource.objects.create(dataset=shown, name="x.csv", size=4, first_rows=[["a"], ["1"]])
    known = Partner.objects.create(
        connector=own,
        participant_id="did:web:x.example",
        name=f"elsewhere{secret}",
        address="https://x.example/",
    )
    begin_canvas(hidden, "contract", by=builders.HOUSE)
    offer = make_offer(hidden, terms_of(SharingTerms(days=90)), False, by=builders.HOUSE)
    target = {"@id": offer.key, "@type": "Offer", "target": hidden.key}
    other = {"role": "provider", "partner_id": "did:web:elders.example"}
    negotiation = Negotiation.objects.create(
        connector=own, **other, provider_pid="urn:uuid:1", partner_address="https://elders.example",
        state="FINALIZED", offer=target | offer.terms,
    )  # fmt: skip
    agreement = Agreement.objects.create(
        connector=own, **other, negotiation=negotiation, key="urn:uuid:2", dataset_key=hidden.key,
        policy=offer.terms,
    )  # fmt: skip
    freeze(agreement)
    return {
        "dataset": hidden.pk, "shared": shown.pk, "elsewhere": known.pk,
        "offer": offer.pk, "agreement": agreement.pk,
    }  # fmt: skip


def dealing_of(owner: Organisation, secret: str = "") -> dict[str, Any]:
    """What the owner is asked for, what it agreed to give, and what it fetched from somebody elsewhere; with their numbers."""
    own, _made = Connector.objects.get_or_create(organisation=owner, defaults={"key": new_key()})
    asked = _negotiated(own, "provider", "REQUESTED", secret)
    given, got = (_negotiated(own, role, "FINALIZED", secret) for role in ("provider", "consumer"))
    agreed, had = (
        Agreement.objects.create(
            connector=own, negotiation=each, key=f"urn:agreed:{each.pk}", role=each.role,
            partner_id=each.partner_id, dataset_key="urn:x", policy=each.offer,
        )
        for each in (given, got)
    )  # fmt: skip
    transfer = Transfer.objects.create(
        connector=own, role="consumer", consumer_pid="urn:t", partner_id=got.partner_id,
        partner_address=got.partner_address, state="STARTED", agreement=had, format="HttpData-PULL",
    )  # fmt: skip
    ArrivedData.objects.create(transfer=transfer, state="stopped", name=secret)
    hidden = Dataset.objects.create(connector=own, key="urn:hidden", title=secret)
    return {
        "negotiation": asked.pk, "got": got.pk, "agreement": agreed.pk, "transfer": transfer.pk, "hidden": hidden.pk,
    }  # fmt: skip


def _negotiated(own: Connector, role: str, state: str, secret: str) -> Negotiation:
    pid = f"urn:{role}:{state}"
    terms = {"permission": [{"action": "use"}]}
    return Negotiation.objects.create(
        connector=own, role=role, provider_pid=pid, consumer_pid=pid, partner_id="did:web:y.example",
        partner_address="https://y.example/dsp", state=state, title=secret,
        offer={"@id": "urn:o", "@type": "Offer", "target": "urn:x", **terms},
    )  # fmt: skip


def catalogue_elsewhere() -> dict[str, Any]:
    """A catalogue elsewhere that is read, with a dataset that was found there; gives its number."""
    source = HarvestSource.objects.create(
        name="Voorbeeldportaal", address="https://portaal.example/catalog.ttl", state="rests"
    )
    FoundDataset.objects.create(source=source, key="urn:gevonden", title="Gevonden")
    return {"portal": source.pk}


def profiles_of(owner: Person, shows: Person, other: Person, secret: str = "") -> dict[str, Any]:
    """The profile of somebody that nobody else sees but for a question, and one that is shown to another; with numbers."""
    used()
    own, shown = (_profile(each, secret) for each in (owner, shows))
    skill, certified = own.skills.get(key="skill/sql"), own.skills.get(key="skill/python")
    until = timezone.localdate() + timedelta(days=30)
    parts = ("skills", "evidence", "occupations", "wanted")
    share(shown, ConsentFacts("job", parts, until, person=other), by=builders.HOUSE)
    to_bureau = ConsentFacts("research", ("wanted",), until)
    return {
        "own_skill": certified.pk,
        "own_work": own.occupations.get().pk,
        "own_evidence": certified.evidence.get().pk,
        "asked_skill": ask_peer(skill, other, by=builders.HOUSE).pk,
        "own_consent": share(own, to_bureau, by=builders.HOUSE).pk,
        "shown_profile": shown.pk,
        "shown_file": SkillEvidence.objects.get(skill__profile=shown).pk,
    }


def _profile(person: Person, secret: str) -> SkillProfile:
    """A profile with two skills, a certificate and work."""
    made = profiles.make(person, by=builders.HOUSE)
    profiles.add_skill(made, "skill/sql", by=builders.HOUSE)
    certified: ProfileSkill = profiles.add_skill(made, "skill/python", by=builders.HOUSE)
    who = "shown" if secret and SkillProfile.objects.count() > 1 else "own"
    facts = CertificateFacts(f"{who}{secret}" if secret else "Voorbeeldschool")
    file = EvidenceFile("diploma.txt", facts.issuer.encode())
    state_certificate(certified, facts, by=builders.HOUSE, file=file)
    profiles.add_occupation(made, OccupationFacts("occupation/nurse", 2015), by=builders.HOUSE)
    return made


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


def talent_of() -> dict[str, int]:
    """The taxonomy with which every site begins, another beside it, and a skill of our own; gives their numbers."""
    used = taxonomies.take_in_starter(by=HOUSE)
    assert used is not None
    beside = taxonomies.take_in(TaxonomyFiles(small_taxonomy(), {}), by=HOUSE)
    own = taxonomies.add_local_concept(LocalContent("skill", nl=["prompten"]), by=HOUSE)
    TaxonomyUpload.objects.create(name="esco.zip", content=b"", state="done")
    course = LearningCourse.objects.create(
        key="c", title_nl="Een cursus", school="Voorbeeldschool", hours=1, cost=1, teaches=[own.key]
    )
    WorkGroup.objects.create(code="0822", name="Verpleegkundigen", isco=["2221"])
    pay = FigureSet.objects.create(kind="pay", source="Voorbeeldbureau", period="2022", digest="x")
    pay.rows.create(group="0822", values={"p50": 25.5})
    return {
        "taxonomy": used.pk,
        "taxonomy_beside": beside.pk,
        "added_skill": own.pk,
        "course": course.pk,
    }


def talks_of(owner: Organisation, people: Sequence[Person], secret: str = "") -> dict[str, int]:
    """Talks at an activity of the owner, planned by the bureau, in which these people take part; gives its number.

    Of two people the last wants to meet the first, and both have a talk; their numbers too.
    """
    activity = builders.activity(owner)
    rooms = ((f"Zaal {secret}", 1),)
    settings = DaySettings(starts_at=activity.starts_at, slots=2, minutes=10, rooms=rooms)
    day = plan_talks(activity, settings, by=builders.HOUSE)
    for person in people:
        register(activity, person, by=person)
        join(day, person, by=person)
    numbers = {"talks": activity.pk, "guest": day.guests.latest("pk").pk}
    if len(people) == 1:
        return numbers
    one, other = people
    wish = MeetingWish.objects.create(day=day, person=other, other=one)
    talk = MeetingTalk.objects.create(day=day, one=one, other=other, slot=0, table=0, is_out=True)
    return numbers | {"wish": wish.pk, "talk": talk.pk}


def cohort_of(owner: Organisation, secret: str = "") -> dict[str, int]:
    """A cohort of the owner that is computed; gives its number."""
    alike = {"occupation": "", "skills": ["excel"], "regions": [], "levels": [], "hours": None}
    work = {"title": f"Werk {secret}", "kind": "job", "seats": 1, "listing": None, **alike}
    people = [{"key": f"p1 {secret}", "group": "", **alike}]
    content = CohortContent(
        name=f"Klerken {secret}", people=people, openings=[work], from_market=False
    )
    person = builders.person(owner)
    begun = begin_cohort(make_cohort(owner, content, by=person), by=person)
    compute_cohort(begun, begun.run)
    return {"cohort": begun.pk}


def round_of(
    need: Listing, offer: Listing, coordinator: Person, secret: str = ""
) -> dict[str, int]:
    """A round of the bureau that chose from what there is, with a pair that was ruled on, and one that asks both sides; gives their numbers."""
    settings = RoundSettings(name=f"Ronde {secret}", market=need.market, why=secret, least=0)
    fits = {"market": need.market, "score": 0.5, "parts": {}}
    Match.objects.get_or_create(need=need, offer=offer, defaults=fits)
    made = make(settings, by=coordinator)
    rule(made, need, offer, by=coordinator, is_fixed=False)
    begun = begin(made, by=coordinator)
    compute(begun, begun.run)
    asking = make(replace(settings, name="Ronde", why="", method="own"), by=coordinator)
    RoundCandidate.objects.create(round=asking, need=need, offer=offer)
    until = timezone.localdate() + timedelta(days=9)
    MatchingRound.objects.filter(pk=asking.pk).update(state="ordering", ordered_until=until)
    order = RoundOrder.objects.create(round=asking, listing=need, order=[offer.pk])
    return {"round": made.pk, "asking": order.round_id, "ordered": need.pk}


def lists_of(
    owner: Organisation, viewer: Person, shown: Person, secret: str = ""
) -> dict[str, Any]:
    """A list of people that somebody of the owner asked for, who decided on one who objects; and a pilot. Gives their numbers."""
    used(read_starter().taxonomy)
    told = {"purpose": "job", "opening": f"list{secret}", "occupation": "starter/work/nurse"}
    has = {"starter/skill/python": 100}
    people = [TalentCandidate(each.pk, has) for each in (shown, builders.person())]
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
