"""Texts that somebody might type to get at whoever reads them, and records in which they stand everywhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Case, When
from django.db.models.functions import Cast, Concat
from django.test import Client
from django.utils import timezone

from katalysator.boards.verbs import save_search
from katalysator.coalition.founding import current
from katalysator.coalition.models import Organisation, Person
from katalysator.commitments.models import Commitment
from katalysator.core.links import key_of
from katalysator.core.translated import Translated, TranslatedField
from katalysator.grades.models import Grade
from katalysator.groups.papers import verbs as papers
from katalysator.groups.todo import verbs as todo
from katalysator.importing.models import KeptSheet
from katalysator.introductions.models import Party
from katalysator.knowledge.files import verbs as files
from katalysator.knowledge.reviews import verbs as reviews
from katalysator.knowledge.uses import verbs as uses
from katalysator.listings.models import Kind, Listing
from katalysator.notices.kinds import SUMMARY
from katalysator.notices.links import stop_key
from katalysator.questions.models import Routing
from katalysator.readings.models import CoalitionConcept
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
from tests.attack.steps import BACKEND
from tests.attack.tables import READING
from tests.coalition.founded import founded
from tests.listings.sheets_given import written

MARK: Final = "zqx"
"""By which what came of a text is known."""

TEXTS: Final = (
    f"<script>{MARK}(1)</script>",
    f'"><img src=x onerror={MARK}(1)>',
    f"' onmouseover='{MARK}(1)' x='",
    f'" autofocus onfocus="{MARK}(1)" x="',
    f"</script><svg onload={MARK}(1)>",
    f"</textarea></title></style><a {MARK}=1>",
    f"{{{{ 7|add:7 }}}}{{% now 'Y' %}}{MARK}{{# x #}}",
    f"<c-panel title={MARK} />",
    f"[{MARK}](javascript:{MARK}(1)) javascript:{MARK}",
    f"<!--{MARK}--><![CDATA[{MARK}]]>&#60;b {MARK}&gt;",
    f"{MARK}\r\nSet-Cookie: {MARK}=1\r\n\r\n<b {MARK}>",
)

PEOPLE_WRITE: Final = {
    "listings.Listing": ("title", "text", "skills", "reference"),
    "importing.KeptSheet": ("name",),
    "coalition.Coalition": ("name", "logo_text", "responsible"),
    "coalition.OrganisationKey": ("key",),
    "activities.ActivityKey": ("key",),
    "knowledge.KnowledgeKey": ("key",),
    "coalition.Organisation": ("name", "other_names", "city", "source", "about"),
    "coalition.Area": ("name",),
    "coalition.Hub": ("name", "source"),
    "coalition.Membership": ("name", "function"),
    "commitments.Commitment": ("note",),
    "activities.Activity": ("title", "text", "place", "reason", "outcome", "lessons"),
    "activities.ActivityChoice": ("title",),
    "commitments.Contribution": ("what",),
    "knowledge.KnowledgeItem": ("title", "text"),
    "knowledge.KnowledgeReview": ("remark",),
    "knowledge.KnowledgeUse": ("what",),
    "knowledge.KnowledgeFile": ("name", "text"),
    "admission.Application": ("name", "city", "about", "motivation", "reason"),
    "groups.WorkingGroup": ("name", "about"),
    "groups.Meeting": ("place", "agenda", "minutes"),
    "groups.Decision": ("text",),
    "groups.GroupTask": ("what",),
    "grades.Grade": ("remark",),
    "readings.CoalitionConcept": ("nl", "en"),
    "matches.PairJudgement": ("why",),
    "questions.Question": ("title", "text", "reason"),
    "questions.Routing": ("reason",),
    "questions.Reply": ("text",),
    "dataspace.Agreement": ("end_reason",),
    "dataspace.AgreementSignature": ("name", "function"),
    "talent.Consultation": ("opening",),
    "talent.ConsultedPerson": ("reason",),
    "talent.ListStop": ("reason",),
    "talent.Objection": ("text", "answer"),
    "talent.LearningPilot": ("name", "skill_group"),
    "tokens.Token": ("name",),
    "dataspace.Dataset": ("title", "text", "creator", "contact_name", "keywords"),
    "dataspace.DatasetVersion": ("number", "notes"),
    "dataspace.DataSource": ("name",),
    "dataspace.Partner": ("name",),
    "webhooks.Webhook": ("name",),
    "webhooks.Delivery": ("answer",),
    "introductions.Introduction": ("why", "remark", "summary", "lesson"),
    "introductions.Party": ("name", "remark", "described"),
    "introductions.ThreadMessage": ("text",),
    "introductions.NextStep": ("what",),
    "rounds.MatchingRound": ("name", "why"),
    "talent.SkillEvidence": ("sentence", "issuer", "file_name"),
    "talent.Cohort": ("name",),
    "boards.SavedSearch": ("name", "query"),
    "dataspace.ArrivedData": ("name",),
    "dataspace.Negotiation": ("title", "reason"),
    "dataspace.Transfer": ("reason",),
    "bureau.Label": ("name",),
    "bureau.BureauNote": ("text",),
    "bureau.Bulk": ("value",),
    "bureau.Mailing": ("subject", "text"),
    "talent.TaxonomyVersion": ("version",),
    "talent.TaxonomyUpload": ("name", "version"),
    "talent.ConceptDescription": ("text",),
    "talent.LocalConcept": ("nl", "en"),
    "talent.LearningCourse": ("title_nl", "title_en", "school"),
    "talent.WorkGroup": ("name",),
    "talent.FigureSet": ("source", "period"),
    "core.Event": ("reason",),
}
"""The fields that hold what somebody typed, or a judge of pairs answered to it; `Event` is written once, so that its doors are tried instead."""

HOUSE_WRITES: Final = {
    # what programs say to each other by the protocol, which looks at it
    "dataspace.Agreement": ("key", "role", "partner_id", "dataset_key",),
    "dataspace.AgreementSignature": ("role",),
    "dataspace.AgreementText": ("template", "content", "sha256",),
    "dataspace.SharingCanvas": ("model",),
    "dataspace.ArrivedData": ("state", "media_type", "sha256", "problem",),
    "dataspace.Connector": ("key",),
    "dataspace.DataSource": ("kind", "media_type", "sha256", "address", "secret",),
    "dataspace.DataUse": ("asked", "ended",),
    "dataspace.Dataset": ("key", "language", "theme", "access", "contact_email", "licence", "model", "personal", "areas", "region", "frequency", "formats",),
    "dataspace.DatasetOffer": ("key", "template",),
    "dataspace.DatasetVersion": ("number", "notes",),
    "dataspace.FoundDataset": ("key", "title", "text", "language", "publisher", "theme", "keywords", "licence", "lives_at", "digest",),
    "dataspace.HarvestSource": ("name", "kind", "address", "every", "state",),
    "dataspace.HarvestedPage": ("place", "following",),
    "dataspace.HeardToken": ("issuer", "key",),
    "dataspace.Partner": ("participant_id", "address",),
    "dataspace.Negotiation": ("role", "provider_pid", "consumer_pid", "partner_id", "partner_address", "state", "problem",),
    "dataspace.PolicyDecision": ("step", "about", "participant_id", "action", "rule", "truth",),
    "dataspace.ProtocolExchange": ("message", "problem", "before", "after",),
    "dataspace.Transfer": ("role", "provider_pid", "consumer_pid", "partner_id", "partner_address", "state", "problem", "format",),
    "boards.SavedSearch": ("pace",),
    "boards.EmbeddingPlace": ("origin",),
    "talent.Consultation": (
        "purpose", "occupation", "taxonomy", "method", "engine", "input_digest", "shown_digest",
    ),
    "talent.ConsultedPerson": ("key", "has", "lacks", "decision"),
    "talent.Objection": ("state",),
    "talent.VolunteeredGroup": ("gender", "age"),
    "talent.LearningPilot": ("region",),
    "tokens.Token": ("scopes",),
    "webhooks.Webhook": ("address", "types", "state", "secret", "old_secret"),
    "webhooks.Delivery": ("key", "type", "kind", "path", "state", "problem"),
    "listings.Listing": ("kind", "market", "block", "language", "areas", "regions", "labels", "visibility", "state", "meant"),
    "importing.KeptSheet": ("imports",),
    "coalition.Area": ("slug",),
    "coalition.Coalition": ("languages", "contact", "accent", "accent_dark", "officer", "security", "accessibility", "audit_report"),
    "coalition.OrganisationKey": ("source",),
    "activities.ActivityKey": ("source",),
    "knowledge.KnowledgeKey": ("source",),
    "coalition.Hub": ("slug", "regions"),
    "coalition.Organisation": ("slug", "kind", "region", "kvk", "ror", "website", "blocks", "meant", "sort_name", "folded_names", "contact", "mail_domains", "state"),
    "bureau.Bulk": ("deed", "state"),
    "bureau.BulkLine": ("state", "why"),
    "bureau.Mailing": ("state",),
    "coalition.FormerSlug": ("slug",),
    "commitments.Commitment": ("kind",),
    "activities.Activity": ("kind", "language", "areas", "blocks", "mode", "region", "link", "policy", "visibility", "state", "meant"),
    "activities.ActivityChoice": ("state",),
    "activities.ActivitySeries": ("rhythm",),
    "activities.Enrolment": ("state",),
    "knowledge.KnowledgeItem": ("kind", "language", "areas", "blocks", "stage", "link", "licence", "identifier", "visibility", "state", "meant"),
    "knowledge.KnowledgeReview": ("state", "verdict"),
    "knowledge.KnowledgeFile": ("kind", "digest", "meant"),
    "admission.Application": ("email", "language", "kind", "kvk", "website", "region", "areas", "text_language", "state"),
    "admission.Joining": ("email", "language", "role", "state"),
    "questions.Question": ("email", "language", "text_language", "block", "visibility", "state", "meant"),
    "questions.Routing": ("shared", "outcome"),
    "questions.Reply": ("kind", "visibility"),
    "coalition.Person": ("password", "email", "asked_email", "language"),
    "coalition.Membership": ("role", "meant"),
    "notices.LetterChoice": ("kind", "pace"),
    "notices.WaitingLetter": ("kind", "subject", "link"),
    "notices.ReturnedMail": ("why",),
    "core.Change": ("subject",),
    "core.Event": ("chain", "system", "verb", "subject_type", "subject_id"),
    "groups.WorkingGroup": ("slug", "blocks", "enrolment", "readers", "state", "sort_name"),
    "groups.GroupMembership": ("role", "state"),
    "groups.Meeting": ("state", "meant"),
    "groups.Decision": ("state", "meant"),
    "groups.GroupTask": ("state",),
    "groups.Steward": ("duty", "block"),
    "grades.Grade": ("market", "side", "reason", "chosen"),
    "grades.LearnedWeights": ("state",),
    "grades.LearningRefusal": ("code", "message", "hint"),
    "introductions.Introduction": ("state", "reason", "outcome"),
    "introductions.MeetingRule": ("market", "asking", "asked"),
    "introductions.Party": ("answer", "reason"),
    "introductions.ThreadMessage": ("mail_id",),
    "introductions.NextStep": ("kind",),
    "rounds.MatchingRound": ("market", "state", "method", "area", "region", "kept_for"),
    "rounds.MeetingDay": ("state",),
    "talent.Cohort": ("state",),
    "rounds.MeetingWish": ("answer",),
    "rounds.RoundPair": ("refused",),
    "rounds.RoundShortfall": ("kind", "reason"),
    "talent.SkillProfile": ("region", "level"),
    "talent.ProfileOccupation": ("key", "label", "language"),
    "talent.ProfileSkill": ("key", "label", "language"),
    "talent.SkillEvidence": ("level", "state", "file_kind"),
    "talent.ProfileConsent": ("purpose", "parts"),
    "talent.ProfileLook": ("purposes",),
    "matches.GapCount": ("market", "area"),
    "matches.MarketAllocation": ("market",),
    "matches.MarketEntry": ("market", "kind"),
    "matches.Match": ("market",),
    "matches.PairJudgement": ("need", "offer", "judge"),
    "readings.PublicWord": ("word",),
    "readings.CarefulEncoder": ("name",),
    "readings.CoalitionConcept": ("key", "broader"),
    "readings.ModelTrouble": ("role", "model", "message", "hint"),
    "readings.Reading": ("digest", "model"),
    "talent.TaxonomyVersion": ("name", "languages", "digest"),
    "talent.TaxonomyUpload": ("state",),
    "talent.TitleMeasurement": ("digest", "engine"),
    "talent.ConceptDescription": ("key", "language"),
    "talent.KeyRedirect": ("key", "to"),
    "talent.LocalConcept": ("key", "kind", "isco", "group", "essential", "optional"),
    "talent.LearningCourse": ("key", "url", "teaches", "asks"),
    "talent.WorkGroup": ("code", "isco"),
    "talent.FigureSet": ("kind", "country", "digest"),
    "talent.Figure": ("group", "region"),
}  # fmt: skip
"""Codes, choices, addresses and sentences of our own: no text of a person comes there unchecked."""


def text_fields() -> Iterator[tuple[str, str]]:
    """Every field of the house that can hold a text, by model and name."""
    for model in apps.get_models():
        if not model.__module__.startswith("katalysator."):
            continue
        for field in model._meta.concrete_fields:
            inner: Any = field.base_field if isinstance(field, ArrayField) else field
            inner = inner.output_field if isinstance(inner, models.GeneratedField) else inner
            if isinstance(inner, models.CharField | models.TextField | TranslatedField):
                yield model._meta.label, field.name


@dataclass(frozen=True, slots=True)
class World:
    """Somebody of each kind, and where everything is."""

    clients: dict[str, Client]
    pages: tuple[str, ...]

    def fill(self, text: str) -> None:
        """Put a text in every field that holds what people write, past all that would clean it."""
        for label, names in PEOPLE_WRITE.items():
            model = apps.get_model(label)
            if label != "core.Event":
                values = {name: _value(model._meta.get_field(name), text) for name in names}
                model._default_manager.update(**values)
        current.forget()


def _value(field: Any, text: str) -> Any:
    if field.name in ("reference", "key"):
        return Concat(models.Value(text), Cast("pk", models.CharField()))  # no two are alike
    if field.model is Party and field.name == "name":  # only who is outside has one
        return Case(When(organisation=None, then=models.Value(text)), default=models.Value(""))
    match field:
        case ArrayField():
            return [text]
        case TranslatedField():
            return Translated(nl=text, en=text)
    return text


def world() -> World:
    """A small coalition with everything that people write about, filled in with harmless texts."""
    founded(problems="De kaart | Er staat een tabel bij | eind 2026")
    owner = builders.presented(slug="voorbeeld-eigenaar")
    owner.sheet_keys.create(source="leden", key="1")
    for each in (builders.activity(owner), builders.item(owner)):
        each.sheet_keys.create(source="lijst", key="1")
    CoalitionConcept.objects.create(key="heron", en=["heron"], nl=["reiger"])
    need = builders.listing(owner)
    inside = builders.listing(owner, visibility="participants")
    draft = builders.draft(owner, Kind.OFFER)
    offer = builders.listing(builders.found_as(), Kind.OFFER)
    member, bureau = builders.person(owner), builders.person(is_coordinator=True)
    for person in (member, bureau):
        _grade(need.pk, offer.pk, person)
    sheet = KeptSheet.objects.create(
        person=bureau,
        imports="listings",
        target={"organisation": owner.pk, "kind": "need", "market": "expertise"},
        name="x.csv",
        content=written(),
    )
    numbers: dict[str, Any] = {
        "public": need.pk, "inside": inside.pk, "draft": draft.pk, "closed": offer.pk, "sheet": sheet.pk,
        "stop": stop_key(member, SUMMARY), "renewal": key_of(need), "search": _saved(member),
        **_known(owner), **_coming_in(owner, member), **activities_of(owner, member), **talks_of(owner, [member]),
        **bureau_of(owner, bureau), **webhooks_of(owner), **_introduced(need, inside, offer, member), **round_of(need, offer, bureau),
        **talent_of(), **profiles_of(member, builders.person(owner), bureau), **cohort_of(owner), **lists_of(owner, member, bureau),
        **(shared := connector_of(owner)), **dealing_of(owner), **shared,
        **catalogue_elsewhere(),
    }  # fmt: skip
    with connection.cursor() as cursor:  # however slow the machine is, none of them is late
        cursor.execute("DELETE FROM procrastinate_jobs")
    clients = {"stranger": Client(), "member": Client(), "bureau": Client()}
    clients["member"].force_login(member, backend=BACKEND)
    clients["bureau"].force_login(bureau, backend=BACKEND)
    pages = [address.format(**numbers) for address in READING]
    api = [
        "areas",
        "blocks",
        "hubs",
        "markets",
        "regions",
        "organisations",
        "listings",
        "matrix",
        "gaps",
        "gaps/course",
        "activities",
    ]
    api += [
        f"organisations/{owner.slug}",
        f"listings/{need.pk}",
        f"listings/{need.pk}/matches",
        f"listings/{need.pk}/helpers",
    ]
    api += ["working-groups", "working-groups/voorbeeldgroep", "questions", "answer-times"]
    api += ["measures", f"search?q={MARK}", "openapi.json", ""]
    asked = [f"/en/gaps/{need.pk}/", "/en/gaps/?what=offers", "/en/gaps/export.csv", "/en/gaps/"]
    asked += [f"/en/search/?q={MARK}", f"/en/listings/?q={MARK}", f"/nl/listings/{need.pk}/"]
    return World(clients, (*pages, *asked, *(f"/api/v1/{each}" for each in api)))


def _coming_in(owner: Organisation, member: Person) -> dict[str, Any]:
    """Somebody who applies, somebody who is invited, and what was promised and brought; with their numbers."""
    application, joining = builders.application(), builders.joining(owner)
    promised = Commitment.objects.create(organisation=owner, kind="hours", amount=40)
    brought = promised.contributions.create(on=date(2026, 3, 2), amount=8, what="Een lezing")
    Organisation.objects.filter(pk=owner.pk).update(mail_domains=["eigenaar.example"])
    private, public = (builders.question("with", in_public=each) for each in (False, True))
    Routing.objects.filter(question=private).update(organisation=owner)
    reply = builders.reply(public)
    return {
        "question": private.pk, "answered": public.pk, "reply": reply.pk, "own": "x",
        "application": application.pk, "key": key_of(application), "joining": joining.pk, "invited": key_of(joining),
        "membership": member.memberships.get().pk, "brought": brought.pk, **_in_a_group(member),
    }  # fmt: skip


def _introduced(need: Listing, inside: Listing, offer: Listing, member: Person) -> dict[str, int]:
    """What the owner was asked, talks of and found, with all that people write in it."""
    listings = {"public": need, "inside": inside, "partner": offer, "closed": need}
    return introductions_of(listings, member, builders.person(builders.organisation()))


def _known(owner: Organisation) -> dict[str, Any]:
    """Knowledge of the owner with a review, a use and a file; with their numbers."""
    items = {
        "known": builders.item(owner, title="Een"),
        "knowninside": builders.item(owner, title="Twee", visibility="participants"),
        "knowndraft": builders.item(owner, "draft", title="Drie"),
        "knownreview": builders.item(owner, "review", title="Vier"),
    }
    other = builders.organisation()
    reviews.ask(items["knownreview"], [other], by=builders.HOUSE)
    uses.use(items["known"], other, by=builders.HOUSE, what="Goed.")
    file = files.attach(items["knowninside"], by=builders.HOUSE, name="x.txt", data=b"Een lijst.")
    return {name: item.pk for name, item in items.items()} | {"file": file.pk}


def _in_a_group(member: Person) -> dict[str, int]:
    """A working group with everything that people write in it; with the numbers."""
    group = builders.group(member, name="Voorbeeldgroep", readers="everybody")
    meeting = papers.plan(group, by=builders.HOUSE, starts_at=timezone.now())
    papers.write(meeting, by=builders.HOUSE, minutes="Gezegd.")
    decided = papers.decide(group, by=builders.HOUSE, text="Zo.", on=date(2026, 3, 2))
    task = todo.add(group, by=builders.HOUSE, what="Tellen", holder=group.memberships.get())
    return {
        "held": meeting.pk,
        "minuted": meeting.pk,
        "decision": decided.pk,
        "task": task.pk,
    }


def _saved(person: Person) -> int:
    return save_search(person, by=builders.HOUSE, name="Aanbod", query="q=drone", pace="never").pk


def _grade(need: int, offer: int, person: Person) -> None:
    Grade.objects.create(
        need_id=need,
        offer_id=offer,
        person=person,
        market="expertise",
        value=0,
        remark="Te ver",
        side=Grade.Side.BUREAU,
        chosen=Grade.Chosen.CARD,
        score=0.5,
        quick=0.5,
        parts={},
    )
