"""Loads the example, through the same verbs that people use, and lets the background work be done."""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from katalysator.admission import verbs as admission
from katalysator.admission.models import Application
from katalysator.admission.verbs import Applicant
from katalysator.coalition import verbs as coalition
from katalysator.coalition.founding.answers_file import answers_in
from katalysator.coalition.founding.facts import KnownCoalition
from katalysator.coalition.founding.questions import answers_of, read
from katalysator.coalition.founding.verbs import settle
from katalysator.coalition.models import Hub, Membership, Organisation, Person
from katalysator.coalition.workflow import ACTIVE
from katalysator.commitments import verbs as commitments
from katalysator.commitments.models import Commitment
from katalysator.commitments.verbs import Promise
from katalysator.core import purpose
from katalysator.core.actors import APPLICANT, EXAMPLE
from katalysator.core.columns import write_columns
from katalysator.core.jobs import SHORT
from katalysator.core.language import say
from katalysator.core.translated import Translated
from katalysator.grades import verbs as grades
from katalysator.grades.models import Grade
from katalysator.listings import verbs
from katalysator.listings.contents import Content
from katalysator.listings.market import markets
from katalysator.listings.models import Kind, Listing
from katalysator.matches.allocation import allocate
from katalysator.matches.counting import count_gaps
from katalysator.matches.entries import enter, renew_standing
from katalysator.matches.models import Match
from katalysator.readings.texts import renew_lexicon
from katalysator.search.indexing import make_findable
from katalysator.search.models import findables
from katalysator.site.demo.bureau import load_bureau
from katalysator.site.demo.cohorts import load_cohort
from katalysator.site.demo.datasets import load_datasets
from katalysator.site.demo.dealings import load_dealings
from katalysator.site.demo.groups import load_groups
from katalysator.site.demo.holding import load_activities
from katalysator.site.demo.introductions import load_introductions
from katalysator.site.demo.knowledge import load_knowledge
from katalysator.site.demo.logins import BUREAU, LOGINS, PASSWORD, SPEAKERS
from katalysator.site.demo.profiles import load_profiles
from katalysator.site.demo.questions import load_questions
from katalysator.site.demo.rounds import load_rounds
from katalysator.site.demo.talks import load_talks
from katalysator.site.search.spelling import renew_words
from katalysator.talent.taxonomies.starter import example_courses
from katalysator.talent.work.verbs import add_example_courses

HERE = Path(__file__).parent
_SOURCE = "Landscape facts compiled from public pages, 2019–2026; see landscape.toml"
_AS_STATED = ("language", "title", "areas_required", "region_required", "visibility")

_WEEKS = 10
"""So far back it is counted what lacked, of what was posted by then."""

DemoRecord = dict[str, Any]


def load() -> Iterator[str]:
    """Load what is not there yet; yields a line of report for each step.

    Deterministic: the same files give the same coalition, with periods counted from today. Raises
    Conflict for the database of a coalition of its own. Cost: 40 to 50 seconds the first time, nothing later.
    """
    if Organisation.objects.exists() or Person.objects.exists():
        purpose.settle(is_example=False)  # whoever is here came before the example
    purpose.claim(is_example=True)
    if Organisation.objects.filter(is_example=True).exists():
        yield say("Listings that are there already: %(count)s.", count=Listing.objects.count())
        return
    with transaction.atomic():
        yield _load_landscape()
        yield _load_coalition()
        yield _load_participants()
        yield _load_people()
        yield _load_commitments(timezone.localdate())
        yield _load_applications()
        yield load_knowledge(records("item", "knowledge.toml"))
        yield load_questions(records("question", "questions.toml"))
        yield _load_groups()
        yield _load_listings(timezone.localdate())
        yield load_activities(records("activity", "activities.toml"), timezone.localdate())
        yield _load_courses()
        yield load_bureau(*(records(name, "bureau.toml") for name in ("label", "note", "mailing")))
    yield _read_everything()
    yield _match_everything()
    with transaction.atomic():
        yield _grade_pairs()
        yield load_introductions(
            records("introduction", "introductions.toml"), _by_key(), timezone.localdate()
        )
    yield load_rounds(records("round", "rounds.toml"))
    with transaction.atomic():
        yield load_talks(records("talks", "rounds.toml"))
        yield load_profiles(records("profile", "profiles.toml"), timezone.localdate())
        yield load_datasets(*(records(name, "datasets.toml") for name in ("connector", "dataset")))
        yield load_cohort()
    yield load_dealings(records("dealing", "dealings.toml"))


def records(name: str, pattern: str) -> list[DemoRecord]:
    """The records of one kind in the files that match a pattern, in the order of their names."""
    files = sorted(HERE.glob(pattern))
    return [
        record for file in files for record in tomllib.loads(file.read_text("utf-8")).get(name, [])
    ]


def _load_landscape() -> str:
    hubs = [
        Hub(slug=row["key"], name=row["name"], regions=row["regions"], source=row["basis"])
        for row in records("hub", "landscape.toml")
    ]
    Hub.objects.bulk_create(hubs)
    rows = records("organisation", "landscape.toml")
    for row in rows:
        _register(
            row,
            other_names=row.get("other_names", []),
            ror=row.get("ror", ""),
            source=_SOURCE,
        )
    return say(
        "Real landscape, as a directory: %(organisations)s organisations, %(hubs)s hubs.",
        organisations=len(rows),
        hubs=len(hubs),
    )


def _load_coalition() -> str:
    """What the example says of itself, on top of the areas and hubs that are there."""
    known = KnownCoalition.now()
    said = answers_in((HERE / "coalition.toml").read_text("utf-8"))
    made = settle(read({**answers_of(known), **said}, known), by=EXAMPLE)
    return say("The coalition itself: %(name)s.", name=str(made))


def _load_participants() -> str:
    rows, now = records("organisation", "organisations-*.toml"), timezone.now()
    for number, row in enumerate(rows):
        _register(
            row,
            kvk=row["kvk"],
            website=row["website"],
            about=Translated(nl=row["about_nl"], en=row["about_en"]),
            state=ACTIVE,
            is_example=True,
            is_founding=number % 9 == 0,
            joined_on=date(2019, 10, 8) + timedelta(days=(number * 173) % 1_600 * bool(number % 9)),
            confirmed_at=now - timedelta(days=(number * 97) % 390),
            contact=f"info@{row['key']}.example",
            mail_domains=[f"{row['key']}.example"],
        )
    return say("Fictional participants: %(count)s.", count=len(rows))


def _register(row: DemoRecord, **more: Any) -> None:
    organisation = Organisation(
        slug=row["key"],
        name=row["name"],
        kind=row["kind"],
        city=row["city"],
        region=row["region"],
        blocks=row["blocks"],
        **more,
    )
    coalition.register(organisation, by=EXAMPLE, areas=row["areas"], reason="example")


def _load_people() -> str:
    coalition.admit(BUREAU, by=EXAMPLE, password=PASSWORD, is_coordinator=True)
    for slug, role, _label in SPEAKERS:
        coalition.admit(
            f"lid@{slug}.example",
            by=EXAMPLE,
            password=PASSWORD,
            organisation=Organisation.objects.get(slug=slug),
            role=Membership.Role(role),
        )
    return say("Log-ins: %(count)s.", count=len(LOGINS))


def _load_courses() -> str:
    """Courses of schools that do not exist, beside the taxonomy with which every site begins."""
    made = add_example_courses(example_courses(), by=EXAMPLE)
    return say("Courses of schools that do not exist: %(count)s.", count=made)


def _load_commitments(today: date) -> str:
    rows = records("commitment", "commitments.toml")
    by_owner = groupby(rows, key=lambda row: row["organisation"])
    for slug, of_one in by_owner:
        owner, said = Organisation.objects.get(slug=slug), list(of_one)
        promises = {
            each["kind"]: Promise(each.get("amount"), each.get("note", "")) for each in said
        }
        commitments.promise(owner, by=EXAMPLE, promises=promises)
        for each in said:
            commitment = Commitment.objects.of(owner).get(kind=each["kind"])
            for one in each.get("brought", ()):
                on = today - timedelta(days=one["days"])
                commitments.bring(
                    commitment, by=EXAMPLE, what=one["what"], on=on, amount=one.get("amount")
                )
    return say("Promises of participants: %(count)s.", count=len(rows))


def _load_applications() -> str:
    rows = records("application", "applications.toml")
    for row in rows:
        days, said = row.pop("days"), row.pop("promises")
        promises = {kind: Promise(amount or None, note) for kind, (amount, note) in said.items()}
        areas = tuple(row.pop("areas"))
        given = Applicant(**row, areas=areas, promises=promises, language="nl")
        made = admission.confirm(admission.apply(given, by=APPLICANT), by=APPLICANT)
        sent = timezone.now() - timedelta(days=days)
        Application.objects.filter(pk=made.pk).update(sent_at=sent, moved_at=sent)
    return say("Applications that wait: %(count)s.", count=len(rows))


def _load_groups() -> str:
    people, groups, stewards = (
        records(name, "groups.toml") for name in ("person", "group", "steward")
    )
    return load_groups(people, groups, stewards)


def _load_listings(today: date) -> str:
    owners = {organisation.slug: organisation for organisation in Organisation.objects.all()}
    rows = _listing_rows()
    for row in rows:
        owner = owners[row["organisation"]]
        listing = verbs.post(
            _somebody_at(owner) if row.get("in_own_name") else owner,
            by=EXAMPLE,
            kind=Kind(row["kind"]),
            market_slug=row["market"],
            content=content_of_row(row, today),
        )
        for verb in {"draft": (), "published": ("publish",), "closed": ("publish", "close")}[
            row["state"]
        ]:
            verbs.move(listing, verb, by=EXAMPLE, reason="example")
    _spread_publication()
    return say("Needs and offers: %(count)s.", count=len(rows))


def _listing_rows() -> list[DemoRecord]:
    """All needs and offers: those on which quality is measured, and those of work and retraining."""
    return [*records("listing", "listings-*.toml"), *records("listing", "work-*.toml")]


def _somebody_at(organisation: Organisation) -> Person:
    """Who posts in own name there."""
    found: Person = Person.objects.get(email=f"lid@{organisation.slug}.example")
    return found


def content_of_row(row: DemoRecord, today: date) -> Content:
    """What a need or an offer of the files says, with its period counted from a day."""
    terms = dict(row["terms"])
    low, high = terms.pop("ticket_min", None), terms.pop("ticket_max", None)
    if low is not None or high is not None:
        terms["ticket"] = {"min": low, "max": high}
    terms["period"] = {
        "min": _day(today, row.get("start_in_days")),
        "max": _day(today, row.get("end_in_days")),
    }
    terms["capacity"] = {
        "capacity": row["capacity"],
        "min_capacity": row.get("min_capacity", 1),
    }
    said: DemoRecord = {name: row[name] for name in _AS_STATED}
    said |= {name: tuple(row[name]) for name in ("areas", "regions", "skills")}
    block = row.get("block", "")
    return Content(**said, text=row["text"].strip(), block=block, terms=terms)


def _day(today: date, distance: int | None) -> date | None:
    return None if distance is None else today + timedelta(days=distance)


def _spread_publication() -> None:
    """As if people had posted over the last months, so that the newest are a few."""
    listings = list(Listing.objects.exclude(published_at=None).order_by("pk"))
    for number, listing in enumerate(listings):
        days = (number * 37) % 120
        listing.published_at = timezone.now() - timedelta(days=days, minutes=number)
    write_columns(listings, ["published_at"])


def _read_everything() -> str:
    count = enter(list(Listing.objects.order_by("pk")))
    for each in findables():
        make_findable(each)
    renew_lexicon()
    renew_words()
    for market in markets():
        renew_standing(market.slug)
    return say("Texts read: %(count)s.", count=count)


def _match_everything() -> str:
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(
            queues=[SHORT], wait=False, install_signal_handlers=False, listen_notify=False
        )
    for market in markets():
        allocate(market.slug)
    for weeks in range(_WEEKS, -1, -1):
        count_gaps(timezone.localdate() - timedelta(weeks=weeks))
    return say("Matches found and divided: %(count)s.", count=Match.objects.count())


def _grade_pairs() -> str:
    """Two rounds of grading by the bureau, the first forty days ago, and what was learned from them."""
    bureau = Person.objects.get(email=BUREAU)
    listings = _by_key()
    rows = records("graded", "grades.toml")
    for number, row in enumerate(rows):
        need, at = listings[row["need"]], timezone.now() - timedelta(days=2 + 38 * (number % 2))
        for chosen, offer, value in _grades(row):
            given = grades.grade(need, listings[offer], by=bureau, value=value, chosen=chosen)
            given.at = at
            given.save(update_fields=["at"])
    grades.learn(by=bureau)
    return say("Pairs graded: %(count)s.", count=Grade.objects.count())


def _by_key() -> dict[str, Listing]:
    """The needs and offers of the example by the names that its files have for them."""
    keys = {row["title"]: row["key"] for row in _listing_rows()}
    return {keys[each.title]: each for each in Listing.objects.with_owner()}


def _grades(row: DemoRecord) -> Iterator[tuple[str, str, int]]:
    """How each pair was chosen, its offer and its grade."""
    for chosen in Grade.Chosen.values:
        for offer, value in row.get(chosen, {}).items():
            yield chosen, offer, value
