"""Where texts come into `introductions`: forms, and verbs."""

from typing import Any

from django import forms

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
from tests import builders
from tests.attack.doors import Door


def forms_of_the_room() -> dict[type, list[forms.BaseForm]]:
    person = builders.person(is_coordinator=True)
    return {
        AlongForm: [AlongForm()],
        BrokerForm: [BrokerForm()],
        FoundForm: [FoundForm()],
        LessonForm: [LessonForm()],
        MessageForm: [MessageForm()],
        KeptApartForm: [KeptApartForm()],
        MeetingRuleForm: [MeetingRuleForm()],
        NeverForm: [NeverForm()],
        NoForm: [NoForm()],
        PauseForm: [PauseForm()],
        ProposeForm: [ProposeForm(person=person, other=builders.listing(builders.organisation()))],
        ResultForm: [ResultForm()],
        StepForm: [StepForm(parties=[])],
    }


def _two_sides(described: str = "") -> list[MeetingSide]:
    own = MeetingSide(organisation=builders.organisation(), described=described)
    return [own, MeetingSide(organisation=builders.organisation())]


def _propose(text: str) -> Any:
    return introduction_verbs.propose(_two_sides(), by=builders.HOUSE, why=text)


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


def _find(text: str) -> Any:
    own = MeetingSide(organisation=builders.organisation())
    return together.record(own, text, by=builders.HOUSE).parties.last()


DOORS = [
    Door(_propose, "why", too_long=1_100),
    Door(_describe, "described", too_long=300),
    Door(_say_no, "remark", too_long=400),
    Door(_say, "text", needed=True, too_long=5_100),
    Door(_plan, "what", needed=True, too_long=300),
    Door(_finish, "summary", too_long=2_100),
    Door(_learn, "lesson", needed=True, too_long=2_100),
    Door(_find, "name", needed=True, too_long=200),
]
