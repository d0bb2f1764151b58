"""Every write to what pages are made of gives another name to the state of its subject, and only that."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client

from katalysator.coalition.models import Area, Hub, Organisation
from katalysator.core.changes import EVERYTHING, as_of, seldom, state, states
from katalysator.core.models import Change
from katalysator.groups.models import WorkingGroup
from katalysator.introductions.models import NeverMeet
from katalysator.listings.models import Listing
from katalysator.matches.models import MarketEntry
from tests import builders

pytestmark = pytest.mark.django_db

NOT_SHOWN = {
    "activities.activitychoice",  # its page is not kept
    "activities.activitykey",
    "activities.activityseries",  # shows by its activities
    "activities.calendarkey",  # of one reader alone
    "activities.enrolment",  # places are counted anew on every page that tells them
    "activities.preference",
    "admission.application",  # of the bureau, and of who has the link
    "admission.joining",  # of who manages, and of who has the link
    "boards.embeddingplace",  # stands on pages that are not kept
    "boards.savedsearch",  # of one reader alone
    "bureau.bulk",  # what the bureau keeps stands on pages that are not kept
    "bureau.bulkline",
    "bureau.bureaunote",
    "bureau.label",
    "bureau.labelling",
    "bureau.mailing",
    "bureau.mailingletter",
    "coalition.organisationkey",
    "coalition.person",
    "core.change",
    "core.event",  # comes with the record that it is about
    "core.purpose",  # said once, before anything is served
    "grades.grade",  # of one reader alone
    "grades.learningrefusal",
    "groups.grouptask",
    "importing.keptsheet",  # of one reader alone
    "introductions.introduction",  # of its parties and the bureau, on pages that are not kept
    "introductions.meetingpause",  # of who manages an organisation
    "introductions.nextstep",
    "introductions.party",
    "introductions.threadmessage",
    "knowledge.knowledgekey",
    "knowledge.knowledgereview",
    "knowledge.knowledgeuse",
    "matches.marketallocation",  # seats and pressure stand with matches and listings
    "rounds.matchinground",  # of the bureau and chairs, on pages that are not kept
    "rounds.meetingday",
    "rounds.meetingguest",
    "rounds.meetingtalk",
    "rounds.meetingwish",
    "talent.cohort",  # of one employer, on pages that are not kept
    "rounds.roundcandidate",
    "rounds.roundorder",
    "rounds.roundpair",
    "rounds.roundruling",
    "rounds.roundshortfall",
    "matches.toldmatch",  # what programs were told
    "matches.gapcount",  # its course stands on a page that is not kept
    "notices.letterchoice",  # of one reader alone
    "notices.returnedmail",
    "notices.summarysent",
    "notices.waitingletter",
    "questions.routing",  # comes with the question that it moves
    "talent.profileconsent",  # of their person, and of whom that lets look, on pages that are not kept
    "talent.profilelook",
    "talent.profileoccupation",
    "talent.profileskill",
    "talent.skillevidence",
    "talent.skillprofile",
    "talent.conceptdescription",  # stands on pages that are not kept
    "talent.figure",
    "talent.figureset",
    "talent.keyredirect",
    "talent.learningcourse",
    "talent.localconcept",
    "talent.taxonomyupload",
    "talent.taxonomyversion",
    "talent.workgroup",
    "talent.consultation",  # of who looks, whom it is about and the bureau, on pages that are not kept
    "talent.consultedperson",
    "talent.learningpilot",  # on pages that are not kept
    "talent.learningstage",
    "talent.liststop",
    "talent.titlemeasurement",
    "talent.objection",
    "talent.volunteeredgroup",
    "tokens.token",  # of one reader alone
    "readings.coalitionconcept",  # counts when a lexicon has it
    "readings.modeltrouble",
    "dataspace.dataset",  # comes with its offer in the market, which is noted
    # on pages that are not kept
    "dataspace.agreement",
    "dataspace.agreementsignature",
    "dataspace.agreementtext",
    "dataspace.arriveddata",
    "dataspace.connector",
    "dataspace.datasetoffer",
    "dataspace.datasetversion",
    "dataspace.datasource",
    "dataspace.datause",
    "dataspace.founddataset",  # on pages that are not kept
    "dataspace.harvestedpage",
    "dataspace.harvestsource",
    "dataspace.heardtoken",
    "dataspace.negotiation",
    "dataspace.partner",
    "dataspace.policydecision",
    "dataspace.protocolexchange",
    "dataspace.sharingcanvas",
    "dataspace.transfer",
    "webhooks.delivery",  # of who keeps it, on pages that are not kept
    "webhooks.webhook",
    "readings.publicword",  # what is proposed may be as old as its page
}
"""Tables of ours that no page is made of that is kept."""


def test_every_table_of_ours_is_watched_or_known_not_to_show() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT event_object_table FROM information_schema.triggers"
            " WHERE trigger_name LIKE '%_noted'"
        )
        watched = {table for (table,) in cursor.fetchall()}
    ours = [each for each in apps.get_models() if each.__module__.startswith("katalysator.")]
    tables = {each._meta.db_table for each in ours if each._meta.label_lower not in NOT_SHOWN}
    through = (each.areas.through._meta.db_table for each in (Organisation, WorkingGroup))
    assert watched == tables | set(through)


def raw(sql: str) -> Callable[[Listing], object]:
    return lambda listing: connection.cursor().execute(sql, [listing.pk])


@pytest.mark.parametrize(
    "write",
    [
        lambda listing: builders.listing(listing.organisation),
        lambda listing: listing.save(),
        lambda listing: Listing.objects.filter(pk=listing.pk).update(best=0.5),
        lambda listing: listing.delete(),
        raw("UPDATE listings_listing SET title = 'x' WHERE id = %s"),
    ],
)
def test_a_write_about_a_listing_is_noted_for_its_half_of_the_market(
    write: Callable[[Listing], object],
) -> None:
    listing = builders.listing(builders.organisation(), market_slug="expertise")
    before = states()
    write(listing)
    after = states()
    assert after.of("expertise need") != before.of("expertise need")
    for others in ("expertise offer", "pilot need"):
        assert after.of(others) == before.of(others)
    assert after.of() != before.of()


def test_a_listing_that_moves_to_another_market_is_noted_for_both() -> None:
    listing = builders.listing(builders.organisation(), market_slug="expertise")
    builders.listing(listing.organisation, market_slug="pilot")
    before = states()
    Listing.objects.filter(pk=listing.pk).update(market="pilot")
    after = states()
    halves = ("pilot need", "expertise need")
    assert {after.of(each) != before.of(each) for each in halves} == {True}
    for others in ("data need", "pilot offer"):
        assert after.of(others) == before.of(others)


@pytest.mark.parametrize("model", [Area, Hub, Organisation])
def test_what_any_page_may_show_is_noted_for_all(model: type[models.Model]) -> None:
    builders.organisation()
    Hub.objects.create(slug="south", name="South", regions=["NL42"])
    before = state("expertise")
    model._default_manager.all().update(
        name="x"
    ) if model is not Area else Area.objects.first().save()  # type: ignore[union-attr]
    assert state("expertise") != before
    assert state(EVERYTHING) != before


def test_what_stands_between_organisations_is_noted_by_itself() -> None:
    one, other = builders.organisation(), builders.organisation()
    before = states()
    NeverMeet.objects.create(organisation=one, other=other)
    assert states().of("apart") != before.of("apart")
    assert states().of("expertise need") == before.of("expertise need")


def test_a_write_that_touches_nothing_is_no_change() -> None:
    before = state()
    Listing.objects.filter(pk=-1).update(best=0.5)
    MarketEntry.objects.filter(pk=-1).delete()
    assert state() == before


def test_what_is_taken_back_was_no_change() -> None:
    listing, before = builders.listing(builders.organisation()), state()
    with transaction.atomic():
        listing.save()
        assert state() != before
        transaction.set_rollback(True)
    assert state() == before


def test_a_row_is_left_for_each_subject_however_many_writes_there_were() -> None:
    listing = builders.listing(builders.organisation())
    for _ in range(5):
        listing.save()
    assert Change.objects.filter(subject="expertise need").count() == 1


def test_within_a_moment_the_states_are_those_that_were_asked_for_first() -> None:
    listing, first = builders.listing(builders.organisation()), states()
    with as_of(first):
        listing.save()
        assert states() is first
    assert states() != first


def test_what_changes_seldom_is_asked_once_while_a_page_is_made() -> None:
    answers = iter(range(9))

    def asked() -> list[int]:
        return [seldom("test", lambda: next(answers)) for _ in range(2)]

    assert asked() == [0, 1]
    with as_of(states()):
        assert asked() == [2, 2]
    builders.organisation()
    with as_of(states()):
        assert asked() == [3, 3]


def test_reading_changes_nothing(client: Client) -> None:
    builders.listing(builders.organisation())
    before = state()
    for page in ("", "listings/", "organisations/"):
        assert client.get(f"/en/{page}").status_code == 200
    assert state() == before
