"""Who may know is found by what they say of themselves; where that is sure enough, the house sends it on by itself."""

import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.core import mail

from katalysator.coalition.models import Area, Organisation
from katalysator.core.language import speaking
from katalysator.core.translated import Translated
from katalysator.groups.models import Steward, WorkingGroup
from katalysator.questions import tasks
from katalysator.questions.handling import verbs
from katalysator.questions.handling.proposals import Proposal, proposals, sure_receiver, why
from katalysator.readings.texts import renew_lexicon
from katalysator.search.indexing import make_findable
from katalysator.site.demo.loading import records
from tests import builders

pytestmark = pytest.mark.django_db

ROUTED = tomllib.loads((Path(__file__).parent / "routed.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def example(lasting: Callable[[], AbstractContextManager[object]]) -> None:
    """The participants of the example, read."""
    with lasting():
        for row in records("organisation", "organisations-*.toml"):
            about = Translated(nl=row["about_nl"], en=row["about_en"])
            given = {name: row[name] for name in ("name", "kind", "city", "region", "blocks")}
            Organisation.objects.create(slug=row["key"], about=about, state="active", **given)
        make_findable(Organisation.objects.all())
        renew_lexicon()


def asked(title: str, **fields: Any) -> Any:
    return builders.question(title=title, **fields)


def names(found: list[Proposal]) -> list[str]:
    return [each.who.slug.removeprefix("voorbeeld-") for each in found]


def test_the_best_comes_first_with_what_both_are_about(example: None) -> None:
    first = proposals(asked("Kunnen we met satellietbeelden zien of een dijk verzakt?"))[0]
    assert names([first]) == ["dijkwacht"]
    with speaking("nl"):
        assert why(first.receiver.shared) == "Beide gaan over “dijk” en “satellietdata”."


def test_who_said_no_or_has_it_is_not_proposed(example: None) -> None:
    question = asked("Kunnen we met satellietbeelden zien of een dijk verzakt?")
    first = proposals(question)[0]
    question = verbs.route(question, first.receiver, by=builders.HOUSE)
    assert first.value not in [each.value for each in proposals(question)]
    question = verbs.pass_on(question, by=builders.HOUSE, reason="Niet voor ons.")
    assert first.value not in [each.value for each in proposals(question)]


def test_a_working_group_is_proposed_by_what_it_says(example: None) -> None:
    about = Translated(nl="Wij onderzoeken hoe je met satellietbeelden ziet of een dijk verzakt.")
    group = WorkingGroup.objects.create(slug="dijken", name="Dijken", about=about, state="active")
    found = proposals(asked("Kunnen we met satellietbeelden zien of een dijk verzakt?"))
    assert found[0].who == group
    WorkingGroup.objects.update(state="ended")
    assert group not in [
        each.who for each in proposals(asked("Verzakt een dijk op satellietbeelden?"))
    ]


def test_the_contact_point_of_its_area_stands_last(example: None) -> None:
    zorg, who = Area.objects.get(slug="zorg"), builders.organisation(slug="voorbeeld-contact")
    Steward.objects.create(duty="contact", area=zorg, organisation=who)
    found = proposals(asked("Hoe gaat het?", area="zorg"))
    assert names(found) == ["contact"]
    assert why((), as_contact=True) == "Contact point of what this is about."
    assert sure_receiver(asked("Hoe gaat het?", area="zorg")) is None
    assert proposals(asked("Hoe gaat het?", area="energie")) == []


def test_the_house_sends_it_on_where_it_is_sure_and_they_get_a_letter(example: None) -> None:
    who = Organisation.objects.get(slug="voorbeeld-veiligheidsregio-veenrand")
    person = builders.person(who, language="en")
    question = asked("Hoe zie je een natuurbrand eerder aankomen?")
    tasks.begin(question.pk)
    question.refresh_from_db()
    assert (question.state, question.routing.organisation) == ("with", who)
    assert question.routing.sender is None
    tasks.tell_receiver(question.pk)
    (letter,) = mail.outbox
    assert letter.to == [person.email]
    assert "Both are about “wildfire”." in letter.body
    assert "working days" in letter.body


def test_where_it_is_not_the_bureau_gets_it(example: None) -> None:
    bureau = builders.person(is_coordinator=True)
    question = asked("Wie betaalt de coalitie, en hoeveel?")
    tasks.begin(question.pk)
    question.refresh_from_db()
    assert question.state == "waiting"
    assert [letter.to for letter in mail.outbox] == [[bureau.email]]


def test_a_question_that_says_nothing_finds_nobody(example: None) -> None:
    assert proposals(asked("???")) == []


@pytest.mark.parametrize(("kind", "least"), [("tried", 20), ("held_back", 6)])
def test_how_well_the_rule_does(kind: str, least: int, example: None) -> None:
    """Nothing is sent to who cannot know, and a good part goes without the bureau: see docs/questions.md."""
    sent, first, some = [], 0, [row for row in ROUTED[kind] if row["fits"]]
    for row in ROUTED[kind]:
        question = asked(row["text"][:160])
        slugs = [each.who.slug for each in proposals(question)]
        first += bool(slugs) and slugs[0] in row["fits"]
        if (sure := sure_receiver(question)) and sure.organisation:
            sent.append((sure.organisation.slug in row["fits"], row["text"]))
    assert [each for each in sent if not each[0]] == []
    print(f"{kind}: {len(sent)} of {len(some)} sent, the first fits {first} times")
    assert len(sent) >= least
    assert first >= 0.8 * len(some)
