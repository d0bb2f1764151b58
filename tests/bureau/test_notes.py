"""What the bureau writes down of an organisation, and by which words it finds organisations again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from katalysator.bureau.models import BureauNote, Label
from katalysator.bureau.notes import verbs
from katalysator.coalition.merged.verbs import merge
from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.verbs import erase
from katalysator.core.models import Event
from katalysator.faults import Conflict, InvalidInput, NotAllowed
from tests import builders
from tests.attack.steps import inside

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


class TestNotes:
    def test_a_note_stands_on_its_page_and_says_by_when(
        self, client: Client, three: list[Organisation]
    ) -> None:
        page = f"/en/bureau/notes/{three[0].slug}/"
        assert "Nothing was written down yet" in client.get(page).content.decode()
        late = TODAY - timedelta(days=1)
        answer = client.post(page, {"text": "Bellen over de uren", "due": late}, follow=True)
        shown = answer.content.decode()
        assert "Bellen over de uren" in shown
        assert "should have been done by" in shown
        assert "Bellen over de uren" in client.get(three[0].get_absolute_url()).content.decode()

    def test_what_is_done_waits_no_longer(self, client: Client, three: list[Organisation]) -> None:
        note = verbs.write(three[0], by=builders.HOUSE, text="Bellen", due=TODAY)
        assert "1 note says what to do today" in client.get("/en/account/").content.decode()
        assert "Bellen" in client.get("/en/bureau/week/").content.decode()
        client.post(f"/en/bureau/notes/{note.pk}/finish/")
        assert "what to do today" not in client.get("/en/account/").content.decode()
        client.post(f"/en/bureau/notes/{note.pk}/finish/")
        note.refresh_from_db()
        assert note.is_open

    def test_nobody_else_reads_or_writes_them(self, three: list[Organisation]) -> None:
        member = builders.person(three[0])
        verbs.write(three[0], by=builders.HOUSE, text="notitiegeheim")
        with pytest.raises(NotAllowed):
            verbs.write(three[0], by=member, text="x")
        assert not BureauNote.objects.visible_to(member).exists()
        page = inside(member).get(three[0].get_absolute_url()).content.decode()
        assert "notitiegeheim" not in page
        assert "For the bureau alone" not in page

    def test_an_empty_note_is_refused_and_nothing_is_kept(
        self, client: Client, three: list[Organisation]
    ) -> None:
        answer = client.post(f"/en/bureau/notes/{three[0].slug}/", {"text": "  "})
        assert answer.status_code == 422
        with pytest.raises(InvalidInput):
            verbs.write(three[0], by=builders.HOUSE, text="")
        assert not BureauNote.objects.exists()

    def test_what_is_thrown_away_is_gone_and_the_trail_never_said_it(
        self, client: Client, three: list[Organisation]
    ) -> None:
        note = verbs.write(three[0], by=builders.HOUSE, text="notitiegeheim")
        client.post(f"/en/bureau/notes/{note.pk}/delete/")
        assert not BureauNote.objects.exists()
        assert not Event.objects.filter(after__icontains="notitiegeheim").exists()
        with pytest.raises(Conflict):
            verbs.finish(note, by=builders.HOUSE)

    def test_a_note_stays_when_its_author_is_erased(
        self, coordinator: Person, three: list[Organisation]
    ) -> None:
        note = verbs.write(three[0], by=coordinator, text="Bellen")
        erase(coordinator, by=builders.HOUSE)
        note.refresh_from_db()
        assert note.author is None


class TestLabels:
    def test_a_label_is_there_while_something_has_it(self, three: list[Organisation]) -> None:
        assert verbs.label(three[0], " board ", by=builders.HOUSE)
        assert not verbs.label(three[0], "board", by=builders.HOUSE)
        verbs.label(three[1], "board", by=builders.HOUSE)
        assert verbs.unlabel(three[0], "board", by=builders.HOUSE)
        assert [each.name for each in Label.objects.all()] == ["board"]
        assert verbs.unlabel(three[1], "board", by=builders.HOUSE)
        assert not Label.objects.exists()
        assert not verbs.unlabel(three[1], "board", by=builders.HOUSE)

    @pytest.mark.parametrize("name", ["", " ", "x" * 41])
    def test_a_label_is_a_short_word(self, name: str, three: list[Organisation]) -> None:
        with pytest.raises(InvalidInput, match="1 to 40"):
            verbs.label(three[0], name, by=builders.HOUSE)

    def test_of_two_that_are_made_one_the_labels_and_notes_stay(
        self, three: list[Organisation]
    ) -> None:
        kept, gone = three[:2]
        for each, name in ((kept, "board"), (gone, "board"), (gone, "prospect")):
            verbs.label(each, name, by=builders.HOUSE)
        verbs.write(gone, by=builders.HOUSE, text="Bellen")
        merge(kept, gone, by=builders.HOUSE)
        assert sorted(kept.labellings.values_list("label__name", flat=True)) == [
            "board",
            "prospect",
        ]
        assert kept.bureau_notes.count() == 1
