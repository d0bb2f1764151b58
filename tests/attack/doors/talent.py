"""Where texts come into `talent`: forms, and verbs."""

from typing import Any

from django import forms

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
from tests import builders
from tests.attack.doors import Door
from tests.talent.lists import consultation, first_of
from tests.talent.pilots import pilot
from tests.talent.profiles import evidence, skill


def forms_of_the_room() -> dict[type, list[forms.BaseForm]]:
    person = builders.person(is_coordinator=True)
    return {
        CohortForm: [CohortForm(person=person)],
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
        ObjectionAnswerForm: [ObjectionAnswerForm()],
        SwitchForm: [SwitchForm()],
        ReplayForm: [],  # it has no text
        VolunteerForm: [],
        PilotForm: [PilotForm(person=person)],
        StagesForm: [StagesForm()],
        TaxonomyUploadForm: [TaxonomyUploadForm()],
        FiguresForm: [FiguresForm()],
        LocalConceptForm: [LocalConceptForm()],
        CourseForm: [CourseForm()],
        CoursesSheetForm: [CoursesSheetForm()],
        RoadForm: [],  # those below are of its kind
        **{each: [each()] for each in (WorkForm, MoreWordsForm, PlaceForm, MattersForm)},
        **{
            each: [each(answers=_answers(), taxonomy=read_starter().taxonomy)]
            for each in (WhichForm, DoingForm, ExtraForm)
        },
    }


def _answers() -> RoadAnswers:
    return RoadAnswers(work="kok", occupation="starter/work/cook", words="Excel")


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


def _make_pilot(text: str) -> Any:
    return pilot(name=text, skill_group=text)


DOORS = [
    Door(_add_own_skill, "en nl"),
    Door(_add_course, "title_en title_nl school"),
    Door(_give_taxonomy, "name version"),
    Door(_take_in_figures, "source period"),
    Door(_confirm, "sentence", needed=True),
    Door(_certify, "issuer", needed=True),
    Door(_make_cohort, "name"),
    Door(_consult, "opening", needed=True, too_long=300),
    Door(_object, "text", needed=True, too_long=2_100),
    Door(_make_pilot, "name skill_group", needed=True, too_long=200),
]
