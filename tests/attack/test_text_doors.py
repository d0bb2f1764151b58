"""Every field that takes a text keeps only what is seen of it, by whichever door it comes: found by a walk."""

from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, Final

import pytest
from django import forms
from django.utils import timezone
from django.utils.translation import override

import katalysator
from katalysator.activities import verbs as activity_verbs
from katalysator.activities.choices import verbs as choice_verbs
from katalysator.activities.choices.forms import ActivityChoiceForm, RankForm
from katalysator.activities.deed_forms import CancelForm, OutcomeForm, RepeatForm
from katalysator.activities.enrolments.forms import InvitePartnerForm
from katalysator.activities.forms import ActivityForm, ScopeForm
from katalysator.activities.importing.forms import ActivitiesForm
from katalysator.activities.models import Activity
from katalysator.admission import verbs as admission_verbs
from katalysator.admission.forms import AdmitForm, ApplicationForm, DeclineForm
from katalysator.admission.importing.forms import PeopleForm
from katalysator.admission.joining.forms import AskForm, HandOverForm, InviteForm, PresentForm
from katalysator.boards.embedding.forms import EmbeddingPlaceForm, SnippetForm
from katalysator.boards.forms import SearchForm
from katalysator.bureau.bulk.deeds import BULK_DEEDS
from katalysator.bureau.forms import BulkForm, MailingForm, NewMailingForm, NoteForm
from katalysator.bureau.mailing import verbs as mailing_verbs
from katalysator.bureau.models import Label
from katalysator.bureau.notes import verbs as note_verbs
from katalysator.cleaning import plain_line, without_markup
from katalysator.coalition import verbs as coalition_verbs
from katalysator.coalition.founding.facts import KnownCoalition
from katalysator.coalition.founding.forms import CoalitionForm
from katalysator.coalition.importing.forms import ParticipantsForm
from katalysator.coalition.importing.held.forms import HeldForm
from katalysator.coalition.merged.forms import ChooseForm
from katalysator.coalition.models import Membership, Organisation
from katalysator.coalition.organisations import verbs as organisation_verbs
from katalysator.coalition.organisations.facts import OrganisationFacts
from katalysator.coalition.organisations.forms import OrganisationForm
from katalysator.coalition.people import verbs as people_verbs
from katalysator.commitments import verbs as commitment_verbs
from katalysator.commitments.forms import ContributionForm, PromisesForm
from katalysator.commitments.models import Commitment
from katalysator.commitments.verbs import Promise
from katalysator.core.filters import ListFilterSet
from katalysator.core.models import Event
from katalysator.core.translated import Translated
from katalysator.dataspace.agreements import verbs as agreement_verbs
from katalysator.dataspace.agreements.forms import EndForm, RenewForm, SignForm
from katalysator.dataspace.canvas.forms import OfferForm, SharingModelForm
from katalysator.dataspace.canvas.steps import STEPS, CanvasForm
from katalysator.dataspace.catalogues.forms import DataAskForm
from katalysator.dataspace.catalogues.reading import CatalogueEntry
from katalysator.dataspace.catalogues.terms import TermsFields
from katalysator.dataspace.connectors import verbs as connector_verbs
from katalysator.dataspace.connectors.forms import PartnerForm
from katalysator.dataspace.connectors.partner_facts import PartnerFacts
from katalysator.dataspace.datasets import verbs as dataset_verbs
from katalysator.dataspace.datasets.forms import DatasetForm, VersionForm
from katalysator.dataspace.datasets.records import DatasetRecord
from katalysator.dataspace.delivery.forms import DataSourceForm
from katalysator.dataspace.harvest.forms import EverywhereForm, HarvestSourceForm
from katalysator.dataspace.models import Connector, Negotiation
from katalysator.dataspace.processes.forms import SayForm, SayTermsForm, SayWhyForm
from katalysator.dataspace.processes.verbs import decide
from katalysator.dataspace.protocol.sending import settle
from katalysator.faults import InvalidInput
from katalysator.grades import verbs as grade_verbs
from katalysator.grades.forms import MarkForm, ReasonForm, SheetForm
from katalysator.groups import verbs as group_verbs
from katalysator.groups.facts import GroupFacts
from katalysator.groups.forms import GroupDeclineForm, GroupForm, NewGroupForm
from katalysator.groups.members.forms import GroupInviteForm
from katalysator.groups.papers import verbs as paper_verbs
from katalysator.groups.papers.forms import DecisionForm, MeetingForm, MinutesForm, TaskForm
from katalysator.groups.stewards.forms import StewardForm
from katalysator.groups.todo import verbs as todo_verbs
from katalysator.importing.forms import UploadedSheetForm
from katalysator.introductions import together, verbs as introduction_verbs
from katalysator.introductions.eligibility import MeetingSide
from katalysator.introductions.forms import (
    AlongForm,
    BrokerForm,
    FoundForm,
    LessonForm,
    MessageForm,
    NoForm,
    ProposeForm,
    ResultForm,
    StepForm,
)
from katalysator.introductions.meeting_rules.forms import KeptApartForm, MeetingRuleForm
from katalysator.introductions.models import Introduction
from katalysator.introductions.thread import verbs as thread_verbs
from katalysator.introductions.together import ResultContent
from katalysator.introductions.wishes.forms import NeverForm, PauseForm
from katalysator.knowledge import verbs as knowledge_verbs
from katalysator.knowledge.forms import (
    FileForm,
    KnowledgeForm,
    PeerForm,
    ReviewersForm,
    ReviewForm,
    UseForm,
)
from katalysator.knowledge.importing.forms import KnowledgeSheetForm
from katalysator.knowledge.reviews import verbs as review_verbs
from katalysator.knowledge.uses import verbs as use_verbs
from katalysator.listings import verbs as listing_verbs
from katalysator.listings.forms import ListingForm
from katalysator.listings.importing.forms import GivenSheetForm
from katalysator.listings.market import markets
from katalysator.listings.models import Kind
from katalysator.notices.forms import LettersForm
from katalysator.questions import verbs as question_verbs
from katalysator.questions.forms import (
    AnswerForm,
    MoreForm,
    QuestionForm,
    RouteForm,
    WhyNotForm,
)
from katalysator.questions.handling import verbs as handling
from katalysator.readings import verbs as concept_verbs
from katalysator.readings.thesaurus import newest_thesaurus
from katalysator.rounds.matching import verbs as round_verbs
from katalysator.rounds.matching.forms import RoundForm
from katalysator.rounds.matching.verbs import RoundSettings
from katalysator.rounds.meeting.forms import DayForm, TimesForm
from katalysator.rounds.models import MeetingDay
from katalysator.rounds.orders.forms import OrderForm, OrdersUntilForm
from katalysator.site.accounts.forms import (
    AddKeyForm,
    AddressForm,
    ChangePasswordForm,
    CloseForm,
    CodeForm,
    ConfirmCodeForm,
    ConfirmPasswordForm,
    FirstCodeForm,
    LanguageForm,
    PasskeyForm,
    RenameKeyForm,
    ResetPasswordKeyForm,
    UserTokenForm,
)
from katalysator.site.concepts.forms import ConceptForm
from katalysator.talent.cohorts import verbs as cohort_verbs
from katalysator.talent.cohorts.forms import CohortForm
from katalysator.talent.cohorts.verbs import CohortContent
from katalysator.talent.courses import verbs as course_verbs
from katalysator.talent.courses.content import CourseContent
from katalysator.talent.courses.forms import CourseForm, CoursesSheetForm
from katalysator.talent.learning.forms import PilotForm, StagesForm
from katalysator.talent.models import FigureSet
from katalysator.talent.oversight import verbs as oversight_verbs
from katalysator.talent.oversight.forms import (
    ConsultationForm,
    ObjectionAnswerForm,
    ObjectionForm,
    PersonDecisionForm,
    ReplayForm,
    SwitchForm,
    VolunteerForm,
)
from katalysator.talent.profiles.consent.forms import ConsentForm
from katalysator.talent.profiles.evidence import verbs as evidence_verbs
from katalysator.talent.profiles.evidence.forms import (
    AskAssessorForm,
    AskPeerForm,
    CertificateForm,
    EvidenceAnswerForm,
)
from katalysator.talent.profiles.evidence.verbs import CertificateFacts
from katalysator.talent.profiles.forms import (
    ConceptSearchForm,
    ErasureForm,
    OccupationForm,
    ProfileFileForm,
    WantedForm,
)
from katalysator.talent.roads.answers import RoadAnswers
from katalysator.talent.roads.forms import (
    DoingForm,
    ExtraForm,
    MattersForm,
    MoreWordsForm,
    PlaceForm,
    RoadForm,
    WhichForm,
    WorkForm,
)
from katalysator.talent.taxonomies import upload_verbs as taxonomy_uploads, verbs as taxonomy_verbs
from katalysator.talent.taxonomies.forms import FiguresForm, LocalConceptForm, TaxonomyUploadForm
from katalysator.talent.taxonomies.local import LocalContent
from katalysator.talent.taxonomies.starter import read_starter
from katalysator.talent.work.figure_files import FigureFiles, GroupFigures
from katalysator.talent.work.verbs import take_in_figures
from katalysator.tokens.forms import TokenForm
from katalysator.webhooks.forms import WebhookForm
from tests import builders
from tests.attack.holding import dealing_of
from tests.attack.hostile_texts import HOUSE_WRITES, PEOPLE_WRITE, text_fields
from tests.coalition.founded import founded
from tests.dataspace.agreed import agreed
from tests.dataspace.world import connector, manager
from tests.talent.lists import consultation, first_of
from tests.talent.pilots import pilot
from tests.talent.profiles import evidence, skill

pytestmark = pytest.mark.django_db

PASTED: Final = "\u202e<b onclick='x()'>Een</b>\u200b\0 \u2066titel&amp;" + "e" + "\u0301" * 40
SEEN: Final = "Een titel&é" + "\u0301" * 7
NOTHING: Final = ("\u200b\u202e", "\u3164", " \n\t", "<b></b>", "&#8203;", "\u2800\ufe0f", "\0")


def forms_of_the_house() -> Iterator[forms.BaseForm]:
    """One of each form, of the listing's one of each market and kind; a form that is new fails the walk."""
    for package in walk_packages(katalysator.__path__, "katalysator."):
        if package.name.endswith((".forms", ".filters")):
            import_module(package.name)
    person = builders.person(is_coordinator=True)
    known: dict[type, list[forms.BaseForm]] = {
        ReasonForm: [ReasonForm()],
        MarkForm: [MarkForm()],
        SheetForm: [SheetForm()],
        TokenForm: [TokenForm()],
        WebhookForm: [WebhookForm(bureau=False)],
        DatasetForm: [DatasetForm(connectors=Connector.objects.none())],
        VersionForm: [VersionForm(needs_file=True)],
        PartnerForm: [PartnerForm()],
        DataSourceForm: [DataSourceForm()],
        SearchForm: [SearchForm()],
        EmbeddingPlaceForm: [EmbeddingPlaceForm()],
        SnippetForm: [SnippetForm()],
        UploadedSheetForm: [],  # a file, which those below ask for too
        HeldForm: [],  # whose they are, likewise
        GivenSheetForm: [GivenSheetForm(person=person)],
        ActivitiesForm: [ActivitiesForm(person=person)],
        KnowledgeSheetForm: [KnowledgeSheetForm(person=person)],
        ParticipantsForm: [ParticipantsForm(person=person)],
        PeopleForm: [PeopleForm(person=person)],
        CoalitionForm: [CoalitionForm(known=KnownCoalition.now())],
        ConceptForm: [ConceptForm(thesaurus=newest_thesaurus())],
        ChangePasswordForm: [ChangePasswordForm(user=person)],
        ResetPasswordKeyForm: [ResetPasswordKeyForm(user=person)],
        UserTokenForm: [],  # what a link holds, which is right or not
        AddressForm: [AddressForm(person=person)],
        ConfirmPasswordForm: [ConfirmPasswordForm(user=person)],
        CodeForm: [CodeForm(user=person)],
        ConfirmCodeForm: [ConfirmCodeForm(user=person)],
        **{
            each: [] for each in (FirstCodeForm, PasskeyForm, AddKeyForm, RenameKeyForm)
        },  # of a device
        LanguageForm: [LanguageForm()],
        CloseForm: [CloseForm()],
        NoteForm: [NoteForm()],
        BulkForm: [BulkForm(deed=each) for each in BULK_DEEDS if not each.choices],
        MailingForm: [],  # that below has all of it
        NewMailingForm: [NewMailingForm()],
        LettersForm: [LettersForm(person=person)],
        HandOverForm: [HandOverForm(membership=_membership())],
        ApplicationForm: [ApplicationForm()],
        AdmitForm: [AdmitForm(application=builders.application())],
        DeclineForm: [DeclineForm()],
        InviteForm: [InviteForm()],
        AskForm: [AskForm()],
        QuestionForm: [QuestionForm(with_address=True)],
        MoreForm: [MoreForm()],
        AnswerForm: [AnswerForm(may_be_public=True)],
        WhyNotForm: [WhyNotForm()],
        RouteForm: [RouteForm(question=builders.question())],
        PresentForm: [PresentForm()],
        PromisesForm: [PromisesForm()],
        ContributionForm: [ContributionForm(commitment=_commitment())],
        ScopeForm: [ScopeForm()],
        ActivityForm: [ActivityForm(person=person)],
        CancelForm: [CancelForm()],
        RepeatForm: [RepeatForm(activity=builders.activity())],
        OutcomeForm: [OutcomeForm()],
        InvitePartnerForm: [InvitePartnerForm()],
        ActivityChoiceForm: [ActivityChoiceForm(activities=Activity.objects.none())],
        RankForm: [RankForm(activities=[])],
        KnowledgeForm: [KnowledgeForm(person=person, item=None)],
        ReviewersForm: [ReviewersForm(item=builders.item(state="review"))],
        PeerForm: [],  # those below have all of it
        ReviewForm: [ReviewForm(item=builders.item(state="review"), person=person)],
        UseForm: [UseForm(item=builders.item(), person=person)],
        FileForm: [FileForm()],
        AlongForm: [AlongForm()],
        BrokerForm: [BrokerForm()],
        FoundForm: [FoundForm()],
        LessonForm: [LessonForm()],
        MessageForm: [MessageForm()],
        KeptApartForm: [KeptApartForm()],
        MeetingRuleForm: [MeetingRuleForm()],
        RoundForm: [RoundForm(person=person)],
        CohortForm: [CohortForm(person=person)],
        OrdersUntilForm: [OrdersUntilForm()],
        OrderForm: [OrderForm(shown=[])],
        DayForm: [DayForm()],
        ConceptSearchForm: [ConceptSearchForm()],
        OccupationForm: [],  # it has no text but a key
        WantedForm: [WantedForm()],
        ProfileFileForm: [ProfileFileForm()],
        ErasureForm: [ErasureForm()],
        AskPeerForm: [AskPeerForm()],
        AskAssessorForm: [AskAssessorForm()],
        CertificateForm: [CertificateForm()],
        EvidenceAnswerForm: [EvidenceAnswerForm()],
        ConsentForm: [ConsentForm()],
        ConsultationForm: [ConsultationForm(person=person)],
        PersonDecisionForm: [PersonDecisionForm()],
        ObjectionForm: [ObjectionForm()],
        CanvasForm: [],  # those of its steps follow
        **{each.form: [each.form()] for each in STEPS.values()},
        SharingModelForm: [],  # it has no text
        OfferForm: [OfferForm()],
        SignForm: [SignForm()],
        EndForm: [EndForm()],
        RenewForm: [],  # a day
        ObjectionAnswerForm: [ObjectionAnswerForm()],
        SwitchForm: [SwitchForm()],
        ReplayForm: [],  # it has no text
        VolunteerForm: [],
        PilotForm: [PilotForm(person=person)],
        HarvestSourceForm: [HarvestSourceForm(person=person)],
        EverywhereForm: [EverywhereForm(person=person)],
        StagesForm: [StagesForm()],
        TimesForm: [TimesForm(day=MeetingDay(starts_at=timezone.now(), slots=1, minutes=5))],
        NeverForm: [NeverForm()],
        NoForm: [NoForm()],
        PauseForm: [PauseForm()],
        ProposeForm: [ProposeForm(person=person, other=builders.listing(builders.organisation()))],
        ResultForm: [ResultForm()],
        StepForm: [StepForm(parties=[])],
        OrganisationForm: [OrganisationForm(organisation=builders.organisation())],
        ChooseForm: [ChooseForm()],
        GroupForm: [GroupForm()],
        NewGroupForm: [NewGroupForm(person=person)],
        GroupDeclineForm: [GroupDeclineForm()],
        GroupInviteForm: [GroupInviteForm()],
        MeetingForm: [MeetingForm()],
        MinutesForm: [MinutesForm()],
        DecisionForm: [DecisionForm(group=builders.group())],
        TaskForm: [TaskForm(group=builders.group())],
        StewardForm: [StewardForm(among=[])],
        TaxonomyUploadForm: [TaxonomyUploadForm()],
        FiguresForm: [FiguresForm()],
        LocalConceptForm: [LocalConceptForm()],
        TermsFields: [TermsFields()],
        **{
            each: [each(process=Negotiation(offer={}))]
            for each in (SayForm, SayWhyForm, SayTermsForm)
        },
        DataAskForm: [DataAskForm(found=CatalogueEntry("urn:x", "x", "", (), (), 0), asker="x")],
        CourseForm: [CourseForm()],
        CoursesSheetForm: [CoursesSheetForm()],
        RoadForm: [],  # those below are of its kind
        **{each: [each()] for each in (WorkForm, MoreWordsForm, PlaceForm, MattersForm)},
        **{
            each: [each(answers=_answers(), taxonomy=read_starter().taxonomy)]
            for each in (WhichForm, DoingForm, ExtraForm)
        },
        ListingForm: [
            ListingForm(market=each, kind=kind, person=person)
            for each in markets()
            for kind in Kind
        ],
    }
    for kind in _below(forms.BaseForm):
        if kind.__module__.startswith("katalysator."):
            yield from known[kind]
    for filters in _below(ListFilterSet):
        if filters.__module__.startswith("katalysator."):
            yield filters(queryset=Organisation.objects.none()).form


def _answers() -> RoadAnswers:
    return RoadAnswers(work="kok", occupation="starter/work/cook", words="Excel")


def _membership() -> Membership:
    return builders.person(builders.organisation()).memberships.get()


def _commitment() -> Commitment:
    return Commitment.objects.create(organisation=builders.organisation(), kind="hours", amount=40)


def _below(kind: Any) -> set[Any]:
    return {each for sub in kind.__subclasses__() for each in (sub, *_below(sub))}


def free_fields() -> Iterator[tuple[str, forms.Field]]:
    for form in forms_of_the_house():
        for name, field in form.fields.items():
            if isinstance(field, forms.CharField) and not _is_typed_exactly(field):
                yield f"{type(form).__name__}.{name}", field


def _is_typed_exactly(field: forms.Field) -> bool:
    """A password, or an address, of which a sign that is too many is refused."""
    is_address = isinstance(field, forms.EmailField | forms.URLField)
    return is_address or isinstance(field.widget, forms.PasswordInput | forms.URLInput)


def test_the_walk_finds_the_fields() -> None:
    names = {name for name, _field in free_fields()}
    assert {
        *("ListingForm.title", "ListingForm.text", "ListingForm.skills"),
        *("ReasonForm.remark", "ConceptForm.nl"),
    } <= names
    assert len({name for name in names if name.endswith(".q")}) == 12


def test_every_field_of_every_form_keeps_what_is_seen() -> None:
    for name, field in free_fields():
        read: Any = field.to_python(PASTED)
        (kept,) = [read] if isinstance(read, str) else read
        assert kept.lower() == SEEN.lower(), name


def test_every_field_of_every_form_takes_signs_that_nobody_sees_for_nothing() -> None:
    for name, field in free_fields():
        for nothing in NOTHING:
            assert not field.to_python(nothing), (name, nothing)


def test_every_text_in_the_database_is_known_to_be_of_people_or_of_the_house() -> None:
    """A new field is put in one of both; what people write in it must get to it by a door below."""
    known = {
        (label, name)
        for table in (PEOPLE_WRITE, HOUSE_WRITES)
        for label, names in table.items()
        for name in names
    }
    unknown = set(text_fields()) - known
    assert unknown == set()


def _post(text: str) -> Any:
    return builders.draft(
        builders.organisation(), title=text, text=text, skills=(text,), reference=text
    )


def _register(text: str) -> Organisation:
    made = Organisation(
        slug="nieuw",
        name=text,
        other_names=[text],
        city=text,
        source=text,
        kind="company",
        region="NL31",
    )
    made.about = Translated(nl=text)
    return coalition_verbs.register(made, by=builders.HOUSE)


def _edit(text: str) -> Organisation:
    facts = OrganisationFacts(
        name=text, kind="company", region="NL31", city=text, other_names=(text,), about={"nl": text}
    )
    return organisation_verbs.edit(builders.organisation(), by=builders.HOUSE, facts=facts)


def _apply(text: str) -> Any:
    return builders.application(name=text, city=text, about=text, motivation=text)


def _decline(text: str) -> Any:
    return admission_verbs.decline(builders.application(), by=builders.HOUSE, reason=text)


def _present(text: str) -> Any:
    membership = builders.person(builders.organisation()).memberships.get()
    return people_verbs.present(membership, by=builders.HOUSE, name=text, function=text)


def _promise(text: str) -> Any:
    owner = builders.organisation()
    commitment_verbs.promise(owner, by=builders.HOUSE, promises={"hours": Promise(4, text)})
    return Commitment.objects.get(organisation=owner)


def _bring(text: str) -> Any:
    return commitment_verbs.bring(
        _commitment(), by=builders.HOUSE, what=text, on=date(2026, 1, 5), amount=1
    )


def _write(text: str) -> Any:
    said = builders.known(title=text, text=text)
    return knowledge_verbs.write(builders.organisation(), by=builders.HOUSE, content=said)


def _review(text: str) -> Any:
    given = {"verdict": "doubt", "remark": text}
    item, peer = builders.item(state="review"), builders.organisation()
    return review_verbs.give(item, peer, by=builders.HOUSE, **given)


def _use(text: str) -> Any:
    return use_verbs.use(builders.item(), builders.organisation(), by=builders.HOUSE, what=text)


def _add_concept(text: str) -> Any:
    content = concept_verbs.ConceptContent(nl=(text,), en=(text,))
    return concept_verbs.add_concept(content, by=builders.HOUSE)


def _add_own_skill(text: str) -> Any:
    content = LocalContent("skill", nl=[text], en=[text])
    return taxonomy_verbs.add_local_concept(content, by=builders.HOUSE)


def _add_course(text: str) -> Any:
    starter = taxonomy_verbs.take_in_starter(by=builders.HOUSE)
    assert starter is not None
    said = CourseContent(
        title_nl=text, title_en=text, school=text, hours=1, teaches=["starter/skill/python"]
    )
    return course_verbs.add_course(said, by=builders.HOUSE)


def _give_taxonomy(text: str) -> Any:
    return taxonomy_uploads.give_files(text, b"x", text, by=builders.HOUSE)


def _take_in_figures(text: str) -> FigureSet:
    files = FigureFiles(figures={"pay": [GroupFigures("0822", "", {"p50": 1.0})]})
    (made,) = take_in_figures(files, by=builders.HOUSE, source=text, period=text)
    return made


def _close(text: str) -> Event:
    open_one = builders.listing(builders.organisation())
    listing_verbs.move(open_one, "close", by=builders.HOUSE, reason=text)
    return Event.objects.latest("id")


def _found_group(text: str) -> Any:
    return builders.group(name=text, about={"nl": text})


def _decline_group(text: str) -> Event:
    chair = builders.person(builders.organisation())
    facts = GroupFacts(name="Voorbeeld", blocks=("data",))
    proposed = group_verbs.propose(facts, by=chair, chair=chair)
    group_verbs.move(proposed, "decline", by=builders.HOUSE, reason=text)
    return Event.objects.latest("id")


def _minute(text: str) -> Any:
    moment = timezone.now()
    planned = paper_verbs.plan(
        builders.group(), by=builders.HOUSE, starts_at=moment, place=text, agenda=text
    )
    return paper_verbs.write(planned, by=builders.HOUSE, minutes=text)


def _decide(text: str) -> Any:
    on = date(2026, 1, 5)
    return paper_verbs.decide(builders.group(), by=builders.HOUSE, text=text, on=on)


def _add_task(text: str) -> Any:
    return todo_verbs.add(builders.group(), by=builders.HOUSE, what=text)


def _hold(text: str) -> Any:
    return builders.activity(title=text, text=text, place=text)


def _cancel(text: str) -> Any:
    return activity_verbs.cancel(builders.activity(), by=builders.HOUSE, reason=text)


def _tell(text: str) -> Any:
    past = builders.activity(days=-1)
    return activity_verbs.tell(past, by=builders.HOUSE, outcome=text, lessons=text)


def _let_choose(text: str) -> Any:
    activities = [builders.activity() for _ in range(2)]
    return choice_verbs.post(text, by=builders.HOUSE, organisation=None, activities=activities)


def _found(text: str) -> Any:
    return founded(name=text, logo_text=text, responsible=text)


def _ask_coalition(text: str) -> Any:
    return builders.question(title=text, text=text)


def _answer(text: str) -> Any:
    return builders.reply(text=text)


def _note(text: str) -> Any:
    return note_verbs.write(builders.organisation(), by=builders.HOUSE, text=text)


def _label(text: str) -> Any:
    note_verbs.label(builders.organisation(), text, by=builders.HOUSE)
    return Label.objects.get()


def _mail_to_many(text: str) -> Any:
    owner = builders.organisation()
    builders.person(owner)
    said = {"subject": {"nl": text}, "text": {"nl": text}}
    bureau = builders.person(is_coordinator=True)
    return mailing_verbs.write([owner], by=bureau, managers_only=False, **said)


def _refuse(text: str) -> Any:
    asked = builders.question("with")
    handling.pass_on(asked, by=builders.HOUSE, reason=text)
    return asked.routings.get()


def _ask_more(text: str) -> Any:
    asked = builders.question("with")
    question_verbs.follow_up(asked, by=builders.HOUSE, text=text)
    return asked.replies.get()


def _describe_data(text: str) -> Any:
    said = DatasetRecord(title=text, text=text, creator=text, contact_name=text, keywords=(text,))
    return dataset_verbs.save_dataset(connector(), said, by=builders.HOUSE)


def _give_data(text: str) -> Any:
    row = _describe_data("Metingen")
    return dataset_verbs.note_version(row, by=builders.HOUSE, version=text, notes=text)


def _know_elsewhere(text: str) -> Any:
    facts = PartnerFacts("did:web:x.example", text, "https://x.example/")
    return connector_verbs.add_partner(connector(), by=builders.HOUSE, facts=facts)


def _add_webhook(text: str) -> Any:
    made, _secret = builders.webhook(builders.organisation(), name=text)
    return made


def _two_sides(described: str = "") -> list[MeetingSide]:
    own = MeetingSide(organisation=builders.organisation(), described=described)
    return [own, MeetingSide(organisation=builders.organisation())]


def _propose(text: str) -> Any:
    return introduction_verbs.propose(_two_sides(), by=builders.HOUSE, why=text)


def _make_round(text: str) -> Any:
    settings = RoundSettings(name=text, why=text, market="expertise")
    return round_verbs.make(settings, by=builders.HOUSE)


def _confirm(text: str) -> Any:
    return evidence_verbs.move(evidence(), "confirm", by=builders.HOUSE, sentence=text)


def _certify(text: str) -> Any:
    return evidence_verbs.state_certificate(skill(), CertificateFacts(text), by=builders.HOUSE)


def _make_cohort(text: str) -> Any:
    content = CohortContent(name=text, people=[{"key": "p1"}])
    return cohort_verbs.make(None, content, by=builders.person(is_coordinator=True))


def _consult(text: str) -> Any:
    return consultation(opening=text)


def _object(text: str) -> Any:
    return oversight_verbs.object_to(first_of(consultation()), by=builders.HOUSE, text=text)


def _end_agreement(text: str) -> Any:
    return agreement_verbs.end(agreed()[0], text, by=builders.HOUSE)


def _sign_agreement(text: str) -> Any:
    holder, _user = agreed()
    by = manager(holder.connector)
    return agreement_verbs.sign(holder, by=by, name=text, function=text)


def _make_pilot(text: str) -> Any:
    return pilot(name=text, skill_group=text)


def _describe(text: str) -> Any:
    return introduction_verbs.propose(_two_sides(text), by=builders.HOUSE).parties.first()


def _say_no(text: str) -> Any:
    asked, _other = introduction_verbs.propose(_two_sides(), by=builders.HOUSE).parties.all()
    return introduction_verbs.decline(asked, by=builders.HOUSE, reason="other", remark=text)


def _met() -> Introduction:
    made = introduction_verbs.propose(_two_sides(), by=builders.HOUSE)
    for each in made.parties.all():
        introduction_verbs.accept(each, by=builders.HOUSE)
    return made


def _say(text: str) -> Any:
    return thread_verbs.say(_met(), by=builders.HOUSE, text=text)


def _plan(text: str) -> Any:
    return together.plan(_met(), by=builders.HOUSE, what=text)


def _finish(text: str) -> Any:
    agreed = together.agree(_met(), by=builders.HOUSE)
    result = ResultContent(outcome="pilot", summary=text)
    return together.finish(agreed, by=builders.HOUSE, result=result)


def _learn(text: str) -> Any:
    return together.learn(_finish("Goed."), by=builders.HOUSE, lesson=text)


def _say_no_to_data(text: str) -> Any:
    row = Negotiation.objects.get(pk=dealing_of(builders.organisation())["negotiation"])
    decide(row, "termination", by=builders.HOUSE, reason=text)
    row.refresh_from_db()
    settle(row)
    return row


def _find(text: str) -> Any:
    own = MeetingSide(organisation=builders.organisation())
    return together.record(own, text, by=builders.HOUSE).parties.last()


DOORS: Final[dict[str, Callable[[str], Any]]] = {
    "en nl": _add_own_skill,
    "title_en title_nl school": _add_course,
    "name version": _give_taxonomy,
    "source period": _take_in_figures,
    "title text skills reference": _post,
    "name other_names city source": _register,
    "name other_names city": _edit,
    "nl en": _add_concept,
    "reason": _close,
    "name city about motivation": _apply,
    "reason ": _decline,
    "name function": _present,
    "text     ": _note,
    "name   ": _label,
    "subject text": _mail_to_many,
    "note": _promise,
    "name logo_text responsible": _found,
    "what": _bring,
    "title text ": _ask_coalition,
    "text ": _answer,
    "reason   ": _refuse,
    "text  ": _ask_more,
    "title text": _write,
    "remark": _review,
    "what   ": _use,
    "name": _found_group,
    "reason  ": _decline_group,
    "place agenda minutes": _minute,
    "text": _decide,
    "what ": _add_task,
    "title text place": _hold,
    "reason    ": _cancel,
    "outcome lessons": _tell,
    "title": _let_choose,
    "why": _propose,
    "name why": _make_round,
    "sentence": _confirm,
    "issuer": _certify,
    "name        ": _make_cohort,
    "opening": _consult,
    "end_reason": _end_agreement,
    "name function ": _sign_agreement,
    "text       ": _object,
    "name skill_group": _make_pilot,
    "described": _describe,
    "remark ": _say_no,
    "reason     ": _say_no_to_data,
    "text      ": _say,
    "what  ": _plan,
    "summary": _finish,
    "lesson": _learn,
    "name    ": _find,
    "name     ": _add_webhook,
    "title text creator contact_name keywords": _describe_data,
    "number notes": _give_data,
    "name          ": _know_elsewhere,
}


@pytest.mark.parametrize("names", DOORS)
def test_every_verb_keeps_what_is_seen(names: str) -> None:
    kept = DOORS[names](PASTED)
    kept.refresh_from_db()
    for name in names.split():
        value = getattr(kept, name)
        assert value in (SEEN, [SEEN], Translated(nl=SEEN)), name
    if isinstance(kept, Organisation):
        assert kept.about["nl"] == without_markup(PASTED) == SEEN


@pytest.mark.parametrize("nothing", NOTHING)
@pytest.mark.parametrize(
    "door",
    [
        *(_post, _register, _edit, _apply, _decline, _bring, _add_concept),
        *(_found_group, _decline_group, _minute, _decide, _add_task),
        *(_hold, _tell, _let_choose, _write, _review, _use),
        *(_write, _review, _use, _ask_coalition, _answer, _refuse, _ask_more),
        *(_say, _plan, _learn, _find, _add_webhook, _confirm, _certify),
        *(_say, _plan, _learn, _find, _add_webhook, _consult, _object, _make_pilot),
        *(_describe_data, _know_elsewhere),
        *(_end_agreement, _sign_agreement),
    ],
)
def test_a_name_of_nothing_visible_is_refused_with_a_sentence(
    door: Callable[[str], Any], nothing: str
) -> None:
    with pytest.raises(InvalidInput) as refused, override("en"):
        door(nothing)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("door", "text"),
    [
        *((_post, "x" * 6_000), (_register, "x" * 200), (_add_concept, "x" * 200)),
        *((_edit, "x" * 200), (_apply, "x" * 200), (_present, "x" * 200), (_promise, "x" * 400)),
        *((_bring, "x" * 400), (_decline, "x" * 1_100)),
        *((_ask_coalition, "x" * 200), (_answer, "x" * 8_100), (_refuse, "x" * 1_100)),
        *((_ask_more, "x" * 8_100), (_consult, "x" * 300), (_object, "x" * 2_100)),
        *((_describe_data, "x" * 300), (_give_data, "x" * 100), (_know_elsewhere, "x" * 200)),
        (_make_pilot, "x" * 200),
        *((_make_pilot, "x" * 200), (_end_agreement, "x" * 600), (_sign_agreement, "x" * 200)),
        *((_write, "x" * 200), (_review, "x" * 2_100), (_use, "x" * 400)),
        *((_found_group, "x" * 200), (_minute, "x" * 5_100), (_decide, "x" * 5_100)),
        (_add_task, "x" * 400),
        *((_propose, "x" * 1_100), (_describe, "x" * 300), (_say_no, "x" * 400)),
        *((_say, "x" * 5_100), (_plan, "x" * 300), (_finish, "x" * 2_100)),
        *((_learn, "x" * 2_100), (_find, "x" * 200), (_add_webhook, "x" * 100)),
        *((_hold, "x" * 200), (_cancel, "x" * 600), (_tell, "x" * 5_100), (_let_choose, "x" * 200)),
    ],
)
def test_a_text_that_is_too_long_is_refused_with_a_sentence(
    door: Callable[[str], Any], text: str
) -> None:
    with pytest.raises(InvalidInput):
        door(text)


def test_a_remark_is_one_line_of_at_most_its_length() -> None:
    need, offer = (
        builders.listing(builders.organisation()),
        builders.listing(builders.organisation(), Kind.OFFER),
    )
    with pytest.raises(InvalidInput, match="201 characters"):
        grade_verbs.grade(need, offer, by=builders.HOUSE, value=0, remark="x" * 201)


def test_an_address_of_a_person_holds_no_sign_that_nobody_sees() -> None:
    made = coalition_verbs.admit("lid@voor\u200bbeeld.example\u202e", by=builders.HOUSE)
    assert made.email == "lid@voorbeeld.example"
    with pytest.raises(InvalidInput):
        coalition_verbs.admit("lid@voorbeeld.example\r\nBcc: x@y.example", by=builders.HOUSE)


def test_one_policy_for_a_line() -> None:
    assert plain_line(PASTED) == SEEN
