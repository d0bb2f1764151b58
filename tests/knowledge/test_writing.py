"""Knowledge is written down, published after others found it good, and grows old when nobody stands for it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.core import audit
from katalysator.core.models import Event
from katalysator.core.workflow import Workflow
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.knowledge import verbs
from katalysator.knowledge.models import KnowledgeItem
from katalysator.knowledge.pages import author_name
from katalysator.knowledge.reviews import verbs as reviewing
from katalysator.knowledge.rules import possible
from katalysator.knowledge.tasks import FRESH, PATIENCE, ask_to_confirm, grow_old
from katalysator.knowledge.workflow import KNOWLEDGE, REVIEWING
from tests import builders

pytestmark = pytest.mark.django_db


def deeds(item: KnowledgeItem, person: Person) -> set[str]:
    item.refresh_from_db()
    return {step.deed for step in possible(item, person)}


class TestWriting:
    def test_what_is_said_is_cleaned_and_told_to_the_trail(
        self, giver: Organisation, author: Person
    ) -> None:
        said = builders.known(
            title=" Zo\nkan het ",
            text="Zo <script>x</script>**doe** je dat.",
            blocks=("trust", "data"),
            identifier="https://doi.org/10.1000/XYZ",
        )
        item = verbs.write(giver, by=author, content=said)
        assert (item.title, item.text, item.state) == ("Zo kan het", "Zo **doe** je dat.", "draft")
        assert (item.identifier, item.blocks) == ("doi:10.1000/xyz", ["data", "trust"])
        assert (item.plain_text, item.author) == ("Zo doe je dat.", author)
        event = Event.objects.get(verb="knowledge.write")
        assert event.after["title"] == "Zo kan het"
        assert author.email not in str(list(Event.objects.values()))

    @pytest.mark.parametrize(
        ("part", "at"),
        [
            ({"title": "\u200b"}, "title"),
            ({"title": "x" * 161}, "title"),
            ({"text": "x" * 20_001}, "text"),
            ({"kind": "koekje"}, "kind"),
            ({"stage": "klaar"}, "stage"),
            ({"language": "tlh"}, "language"),
            ({"visibility": "niemand"}, "visibility"),
            ({"licence": "eigen"}, "licence"),
            ({"areas": ("zorg", "maan")}, "areas"),
            ({"blocks": ("beton",)}, "blocks"),
            ({"link": "javascript:alert(1)"}, "link"),
            ({"identifier": "10.1000"}, "identifier"),
            ({"identifier": "978-90-00-00000-1"}, "identifier"),
        ],
    )
    def test_what_cannot_be_kept_is_told_at_its_place(
        self, giver: Organisation, author: Person, part: dict[str, Any], at: str
    ) -> None:
        with pytest.raises(InvalidInput) as caught:
            verbs.write(giver, by=author, content=builders.known(**part))
        assert caught.value.where == (at,)
        assert not KnowledgeItem.objects.exists()

    def test_only_people_of_a_participant_write_for_it(
        self, giver: Organisation, author: Person, judge: Person
    ) -> None:
        with pytest.raises(NotAllowed, match="Only people of Voorbeeld Gever"):
            verbs.write(giver, by=judge, content=builders.known())
        Organisation.objects.filter(pk=giver.pk).update(state="left")
        giver.refresh_from_db()
        with pytest.raises(NotAllowed, match="does not take part"):
            verbs.write(giver, by=author, content=builders.known())

    def test_of_two_editors_the_second_hears_of_the_first(
        self, giver: Organisation, author: Person
    ) -> None:
        item = builders.item(giver, "draft")
        seen = audit.latest_of(item)
        verbs.edit(item, by=author, content=builders.known(title="Eerste"), seen=seen)
        with pytest.raises(Conflict, match="while you were writing"):
            verbs.edit(item, by=author, content=builders.known(title="Tweede"), seen=seen)
        item.refresh_from_db()
        assert item.title == "Eerste"
        event = Event.objects.get(verb="knowledge.edit")
        assert (event.before["title"], event.after) == (
            "Longscans veilig delen",
            {"title": "Eerste"},
        )

    def test_only_a_draft_is_thrown_away(self, giver: Organisation, author: Person) -> None:
        verbs.delete(builders.item(giver, "draft"), by=author)
        published = builders.item(giver)
        with pytest.raises(Conflict, match="Withdraw it"):
            verbs.delete(published, by=author)
        assert KnowledgeItem.objects.get() == published


class TestAuthor:
    def test_is_named_by_own_choice_as_long_as_they_are_to_be_found(
        self, giver: Organisation, author: Person
    ) -> None:
        item = verbs.write(giver, by=author, content=builders.known(names_author=True))
        assert author_name(item) == ""
        own = Membership.objects.filter(person=author, organisation=giver)
        own.update(name="A. Voorbeeld")
        assert author_name(item) == "A. Voorbeeld"
        verbs.edit(item, by=author, content=builders.known(names_author=False))
        item.refresh_from_db()
        assert author_name(item) == ""

    def test_is_not_named_by_others_and_goes_with_the_account(
        self, giver: Organisation, author: Person
    ) -> None:
        item = verbs.write(giver, by=author, content=builders.known())
        Membership.objects.filter(person=author).update(name="A. Voorbeeld")
        other = builders.person(giver)
        verbs.edit(item, by=other, content=builders.known(names_author=True))
        item.refresh_from_db()
        assert author_name(item) == ""
        KnowledgeItem.objects.update(is_author_named=True)
        author.delete()
        item.refresh_from_db()
        assert (item.author, author_name(item)) == (None, "")


class TestPublishing:
    def test_takes_a_good_review_of_another_organisation(
        self, giver: Organisation, author: Person, peer: Organisation, judge: Person
    ) -> None:
        item = builders.item(giver, "review")
        assert "publish" not in deeds(item, author)
        with pytest.raises(Conflict, match="Ask for a review first"):
            verbs.publish(item, by=author)
        reviewing.give(item, peer, by=judge, verdict="improve", remark="Wat kost het?")
        assert "publish" not in deeds(item, author)
        reviewing.give(item, peer, by=judge, verdict="good", remark="")
        assert "publish" in deeds(item, author)
        made = verbs.publish(item, by=author)
        assert (made.state, made.published_at) == ("published", made.confirmed_at)

    def test_or_the_bureau(self, giver: Organisation, bureau: Person) -> None:
        item = builders.item(giver, "draft")
        assert "publish" in deeds(item, bureau)
        assert verbs.publish(item, by=bureau).state == "published"

    @pytest.mark.parametrize("part", [{"text": ""}, {"areas": ()}])
    def test_takes_a_text_and_a_place(
        self, giver: Organisation, bureau: Person, part: dict[str, Any]
    ) -> None:
        item = builders.item(giver, "draft", **part)
        with pytest.raises(InvalidInput, match="Before others can see this"):
            verbs.publish(item, by=bureau)
        item.refresh_from_db()
        assert item.state == "draft"

    def test_what_was_published_cannot_lose_its_text(
        self, giver: Organisation, author: Person
    ) -> None:
        item = builders.item(giver)
        with pytest.raises(InvalidInput):
            verbs.edit(item, by=author, content=builders.known(text=""))

    def test_others_move_nothing_and_hear_nothing(self, giver: Organisation, judge: Person) -> None:
        for deed in KNOWLEDGE.deeds:
            with pytest.raises(NotAllowed):
                verbs.move(builders.item(giver, "draft"), deed, by=judge)

    def test_the_clock_alone_lets_it_grow_old(self, giver: Organisation, author: Person) -> None:
        with pytest.raises(NotAllowed):
            verbs.move(builders.item(giver), "age", by=author)

    def test_a_withdrawn_one_begins_again(self, giver: Organisation, author: Person) -> None:
        item = builders.item(giver, "withdrawn")
        assert deeds(item, author) == {"restore"}
        assert verbs.move(item, "restore", by=author).state == "draft"

    @pytest.mark.parametrize("workflow", [KNOWLEDGE, REVIEWING])
    def test_every_state_and_deed_has_its_words(self, workflow: Workflow) -> None:
        for step in workflow.transitions:
            assert step.label
            assert step.done
            assert workflow.history(workflow.audit_verb(step.deed)) != step.deed


class TestAgeing:
    def test_is_asked_after_two_years_and_outdated_three_months_later(
        self, giver: Organisation, author: Person
    ) -> None:
        Membership.objects.filter(person=author).update(role="manager")
        now = timezone.now()
        fresh, asked, old = (builders.item(giver, title=title) for title in ("A", "B", "C"))
        for item, age in ((fresh, timedelta(700)), (asked, FRESH), (old, FRESH + PATIENCE)):
            KnowledgeItem.objects.filter(pk=item.pk).update(confirmed_at=now - age - timedelta(1))
        KnowledgeItem.objects.filter(pk=fresh.pk).update(confirmed_at=now - timedelta(700))
        grow_old(int(now.timestamp()))
        states = dict(KnowledgeItem.objects.values_list("title", "state"))
        assert states == {"A": "published", "B": "published", "C": "outdated"}
        for item in (fresh, asked, old):
            ask_to_confirm(item.pk)
        assert [letter.subject for letter in mail.outbox] == ["Katalysator: is “B” nog juist?"]
        assert f"/nl/knowledge/{asked.pk}/" in mail.outbox[0].body

    def test_who_says_that_it_is_correct_is_not_asked(
        self, giver: Organisation, author: Person
    ) -> None:
        item = builders.item(giver)
        KnowledgeItem.objects.update(confirmed_at=timezone.now() - FRESH - timedelta(1))
        verbs.confirm(item, by=author)
        ask_to_confirm(item.pk)
        assert not mail.outbox
        assert Event.objects.filter(verb="knowledge.confirm").count() == 1
        with pytest.raises(Conflict):
            verbs.confirm(builders.item(giver, "draft"), by=author)

    def test_an_outdated_one_is_renewed(self, giver: Organisation, author: Person) -> None:
        item = builders.item(giver, "outdated")
        then = timezone.now() - timedelta(900)
        KnowledgeItem.objects.update(published_at=then, confirmed_at=then)
        made = verbs.move(item, "renew", by=author)
        assert made.published_at == then
        assert made.confirmed_at is not None
        assert made.confirmed_at > then


class TestInvariants:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"text": ""},
            {"published_at": None},
            {"confirmed_at": None},
            {"identifier": "10.1000/x"},
        ],
    )
    def test_the_database_keeps_what_must_hold(
        self, giver: Organisation, wrong: dict[str, Any]
    ) -> None:
        item = builders.item(giver)
        with pytest.raises(IntegrityError), transaction.atomic():
            KnowledgeItem.objects.filter(pk=item.pk).update(**wrong)
