"""Other organisations judge knowledge and say what it brought them; nobody does so for their own."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from katalysator.coalition.merged.verbs import merge
from katalysator.coalition.models import Area, Membership, Organisation, Person
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from katalysator.knowledge.models import KnowledgeItem, KnowledgeReview, KnowledgeUse
from katalysator.knowledge.reviews import verbs as reviewing
from katalysator.knowledge.reviews.choosing import fitting
from katalysator.knowledge.tasks import tell_of_review
from katalysator.knowledge.uses import verbs as using
from tests import builders
from tests.attack.steps import inside

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(giver: Organisation) -> KnowledgeItem:
    return builders.item(giver, "review")


@pytest.fixture
def published(giver: Organisation) -> KnowledgeItem:
    return builders.item(giver)


def good(item: KnowledgeItem, peer: Organisation, by: Any = builders.HOUSE) -> KnowledgeReview:
    return reviewing.give(item, peer, by=by, verdict="good", remark="Klopt.")


def used(item: KnowledgeItem, peer: Organisation, by: Any = builders.HOUSE) -> KnowledgeUse:
    return using.use(item, peer, by=by, what="Een dag gewonnen.")


class TestAsking:
    def test_each_is_asked_once_by_mail(
        self, waiting: KnowledgeItem, author: Person, peer: Organisation, judge: Person
    ) -> None:
        Membership.objects.filter(person=judge).update(role="manager")
        (asked,) = reviewing.ask(waiting, [peer], by=author)
        assert reviewing.ask(waiting, [peer], by=author) == []
        tell_of_review(asked.pk)
        (letter,) = mail.outbox
        assert letter.to == [judge.email]
        assert f"/nl/knowledge/{waiting.pk}/" in letter.body
        assert Event.objects.filter(verb="knowledge-review.ask").count() == 1

    def test_not_who_gave_it_nor_who_takes_no_part_nor_everybody(
        self, waiting: KnowledgeItem, author: Person, giver: Organisation
    ) -> None:
        many = [builders.organisation() for _ in range(reviewing.MOST_ASKED + 1)]
        for wrong in ([giver], [builders.organisation(state="listed")], many):
            with pytest.raises(InvalidInput) as caught:
                reviewing.ask(waiting, wrong, by=author)
            assert caught.value.where == ("organisations",)
        assert not waiting.reviews.exists()

    def test_not_of_a_draft(self, giver: Organisation, author: Person, peer: Organisation) -> None:
        with pytest.raises(Conflict, match="not in review"):
            reviewing.ask(builders.item(giver, "draft"), [peer], by=author)

    def test_not_by_others(self, waiting: KnowledgeItem, judge: Person, peer: Organisation) -> None:
        with pytest.raises(NotAllowed):
            reviewing.ask(waiting, [peer], by=judge)

    def test_those_who_work_on_the_same_come_first(
        self, giver: Organisation, author: Person
    ) -> None:
        item = builders.item(giver, "review", areas=("zorg", "agro"), blocks=("data",))
        other = builders.organisation(name="Anders")
        near = builders.organisation(name="Zelfde", blocks=["data"])
        near.areas.set(Area.objects.filter(slug="zorg"))
        half = builders.organisation(name="Half")
        half.areas.set(Area.objects.filter(slug="agro"))
        for each in (other, near, half):
            builders.person(each)
        builders.organisation(name="Zonder mensen", blocks=["data"])
        assert fitting(item, 5) == [near, half, other]
        reviewing.ask(item, [near], by=author)
        assert fitting(item, 5) == [half, other]

    def test_one_can_say_no_and_review_after_all(
        self, waiting: KnowledgeItem, author: Person, peer: Organisation, judge: Person
    ) -> None:
        Membership.objects.filter(person=author).update(role="manager")
        (asked,) = reviewing.ask(waiting, [peer], by=author)
        reviewing.decline(asked, by=judge)
        with pytest.raises(Conflict):
            reviewing.decline(asked, by=judge)
        tell_of_review(asked.pk)
        assert [letter.to for letter in mail.outbox] == [[author.email]]
        assert good(waiting, peer, judge).pk == asked.pk


class TestReviewing:
    def test_a_review_is_given_anew_until_it_is_published(
        self, waiting: KnowledgeItem, peer: Organisation, judge: Person
    ) -> None:
        first = reviewing.give(waiting, peer, by=judge, verdict="doubt", remark="<b>Waarom</b>?")
        assert first.remark == "Waarom?"
        again = good(waiting, peer, judge)
        assert (again.pk, again.verdict) == (first.pk, "good")
        KnowledgeItem.objects.update(
            state="published", published_at=timezone.now(), confirmed_at=timezone.now()
        )
        with pytest.raises(Conflict, match="review is over"):
            good(waiting, peer, judge)

    @pytest.mark.parametrize(
        ("verdict", "remark", "at"),
        [
            ("", "x", "verdict"),
            ("mooi", "x", "verdict"),
            ("improve", "", "remark"),
            ("good", "x" * 2_001, "remark"),
        ],
    )
    def test_it_says_what_is_to_be_improved(
        self,
        waiting: KnowledgeItem,
        peer: Organisation,
        judge: Person,
        verdict: str,
        remark: str,
        at: str,
    ) -> None:
        with pytest.raises(InvalidInput) as caught:
            reviewing.give(waiting, peer, by=judge, verdict=verdict, remark=remark)
        assert caught.value.where == (at,)

    def test_who_has_an_interest_is_refused(
        self, waiting: KnowledgeItem, giver: Organisation, author: Person, peer: Organisation
    ) -> None:
        both = builders.person(giver, peer)
        for person, organisation in ((author, giver), (both, peer), (both, giver)):
            with pytest.raises(NotAllowed, match="others say"):
                good(waiting, organisation, person)
        with pytest.raises(NotAllowed):
            good(waiting, peer, author)
        with pytest.raises(NotAllowed):
            good(waiting, giver)

    def test_the_bureau_and_strangers_do_not_speak_for_others(
        self, waiting: KnowledgeItem, peer: Organisation, bureau: Person
    ) -> None:
        for person in (bureau, builders.person()):
            with pytest.raises(NotAllowed):
                good(waiting, peer, person)
        left = builders.organisation(state="left")
        with pytest.raises(NotAllowed):
            good(waiting, left, builders.person(left))

    def test_the_button_is_there_for_peers_alone(
        self,
        waiting: KnowledgeItem,
        giver: Organisation,
        author: Person,
        judge: Person,
        bureau: Person,
    ) -> None:
        button = f'href="/en/knowledge/{waiting.pk}/reviews/new/"'
        both = builders.person(giver, builders.organisation())
        for person, is_there in ((judge, True), (author, False), (both, False), (bureau, False)):
            page = inside(person).get(f"/en/knowledge/{waiting.pk}/").text
            assert (button in page) == is_there
            form = inside(person).get(f"/en/knowledge/{waiting.pk}/reviews/new/")
            assert form.status_code == (200 if is_there else 403)

    def test_it_stands_on_the_page_with_the_name_of_the_organisation(
        self, waiting: KnowledgeItem, judge: Person, bureau: Person
    ) -> None:
        page = f"/en/knowledge/{waiting.pk}/"
        typed = {
            "organisation": judge.organisations.get().pk,
            "verdict": "good",
            "remark": "Werkt.",
        }
        assert inside(judge).post(f"{page}reviews/new/", typed).status_code == 302
        assert "Voorbeeld Vakgenoot" in inside(judge).get(page).text
        assert Client().get(page).status_code == 404
        inside(bureau).post(f"{page}publish/")
        shown = Client().get(page).text
        assert "Werkt." in shown
        assert judge.email not in shown

    def test_a_wrong_one_says_so_at_its_place(self, waiting: KnowledgeItem, judge: Person) -> None:
        typed = {"organisation": judge.organisations.get().pk, "verdict": "doubt", "remark": ""}
        answer = inside(judge).post(f"/en/knowledge/{waiting.pk}/reviews/new/", typed)
        assert answer.status_code == 422
        assert "remark" in answer.context["form"].errors

    def test_a_change_after_it_shows(
        self, waiting: KnowledgeItem, peer: Organisation, judge: Person
    ) -> None:
        good(waiting, peer)
        page = f"/en/knowledge/{waiting.pk}/"
        assert "changed after this" not in inside(judge).get(page).text
        KnowledgeItem.objects.update(changed_at=timezone.now() + timedelta(hours=1))
        assert "changed after this" in inside(judge).get(page).text


class TestUsing:
    def test_is_counted_listed_and_taken_back_by_its_maker(
        self, published: KnowledgeItem, peer: Organisation, judge: Person
    ) -> None:
        said = used(published, peer, judge)
        using.use(published, peer, by=judge, what="Een week gewonnen.")
        (item,) = KnowledgeItem.objects.with_counts()
        assert (vars(item)["use_count"], published.uses.get().what) == (1, "Een week gewonnen.")
        with pytest.raises(NotAllowed):
            using.take_back(said, by=builders.person(builders.organisation()))
        using.take_back(said, by=judge)
        with pytest.raises(Conflict, match="already"):
            using.take_back(said, by=judge)
        assert not published.uses.exists()
        told = Event.objects.filter(verb__contains="use").order_by("pk")
        assert [each.verb for each in told] == ["knowledge.use", "knowledge.use", "knowledge.unuse"]

    def test_never_ones_own(
        self, published: KnowledgeItem, giver: Organisation, author: Person, peer: Organisation
    ) -> None:
        for organisation, by in (
            (giver, author),
            (giver, builders.HOUSE),
            (peer, builders.person(giver, peer)),
        ):
            with pytest.raises(NotAllowed, match="others say"):
                used(published, organisation, by)

    def test_only_of_what_is_published(
        self, waiting: KnowledgeItem, peer: Organisation, judge: Person
    ) -> None:
        with pytest.raises(Conflict, match="not published"):
            used(waiting, peer, judge)

    @pytest.mark.parametrize("what", ["", "\u200b", "x" * 301])
    def test_in_a_sentence(
        self, published: KnowledgeItem, peer: Organisation, judge: Person, what: str
    ) -> None:
        with pytest.raises(InvalidInput) as caught:
            using.use(published, peer, by=judge, what=what)
        assert caught.value.where == ("what",)

    def test_the_page_takes_it_and_gives_it_back(
        self, published: KnowledgeItem, judge: Person
    ) -> None:
        page, client = f"/en/knowledge/{published.pk}/", inside(judge)
        typed = {"organisation": judge.organisations.get().pk, "what": "Scheelde een dag."}
        assert client.post(f"{page}uses/new/", typed).status_code == 302
        assert "Scheelde een dag." in client.get(page).text
        number = published.uses.get().pk
        other = inside(builders.person(builders.organisation()))
        assert other.post(f"{page}uses/{number}/take-back/").status_code == 404
        assert client.post(f"{page}uses/{number}/take-back/").status_code == 302
        assert not published.uses.exists()


class TestInvariants:
    def test_the_database_refuses_ones_own(
        self, published: KnowledgeItem, giver: Organisation, peer: Organisation
    ) -> None:
        for model, said in ((KnowledgeReview, {}), (KnowledgeUse, {"what": "x"})):
            with pytest.raises(IntegrityError), transaction.atomic():
                model.objects.create(item=published, organisation=giver, **said)
        used(published, peer)
        with pytest.raises(IntegrityError), transaction.atomic():
            KnowledgeItem.objects.filter(pk=published.pk).update(organisation=peer)

    @pytest.mark.parametrize(("state", "verdict"), [("given", ""), ("asked", "good")])
    def test_a_review_says_what_and_only_then(
        self, waiting: KnowledgeItem, peer: Organisation, state: str, verdict: str
    ) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            KnowledgeReview.objects.create(
                item=waiting, organisation=peer, state=state, verdict=verdict
            )

    def test_once_each(self, waiting: KnowledgeItem, peer: Organisation) -> None:
        good(waiting, peer)
        with pytest.raises(IntegrityError), transaction.atomic():
            KnowledgeReview.objects.create(item=waiting, organisation=peer)


class TestMerging:
    def test_what_both_judged_stays_once_and_nothing_of_ones_own(
        self, waiting: KnowledgeItem, giver: Organisation, peer: Organisation
    ) -> None:
        gone, third = builders.organisation(), builders.organisation()
        mine = builders.item(gone, "review")
        good(mine, peer)
        reviewing.ask(waiting, [peer], by=builders.HOUSE)
        good(waiting, gone)
        good(waiting, third)
        merge(peer, gone, by=builders.HOUSE)
        assert KnowledgeItem.objects.get(pk=mine.pk).organisation == peer
        assert not mine.reviews.exists()
        found = dict(waiting.reviews.values_list("organisation", "verdict"))
        assert found == {peer.pk: "good", third.pk: "good"}

    def test_uses_too(
        self, published: KnowledgeItem, giver: Organisation, peer: Organisation
    ) -> None:
        gone = builders.organisation()
        used(published, peer)
        used(published, gone)
        merge(peer, gone, by=builders.HOUSE)
        assert published.uses.get().organisation == peer
        merge(giver, peer, by=builders.HOUSE)
        assert not published.uses.exists()
