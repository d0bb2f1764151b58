"""What people do in a large coalition, beside needs and offers: they come to activities, share, ask and meet."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import numpy as np
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from bench.phrases import say
from bench.site.filling import SEED
from katalysator.activities.models import Activity, Enrolment
from katalysator.coalition.blocks import Block
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.groups.models import GroupMembership, Meeting, WorkingGroup
from katalysator.knowledge.models import KnowledgeItem
from katalysator.questions.models import Question
from katalysator.search.indexing import make_findable

_BATCH: Final = 1_000
_BACKEND: Final = "katalysator.site.accounts.backend.PersonBackend"
_AHEAD: Final = 0.3
"""The part of activities that is still to come."""
_GUESTS: Final = 4
_TASKS: Final = 500
"""Functions that people have."""
_MEETINGS: Final = 10
"""Of each working group."""
_BLOCKS: Final = Block.values


def fill_people(count: int) -> int:
    """Make people who speak for the participants, one of each a manager, and one coordinator, and read what they do; returns how many."""
    random = np.random.default_rng(SEED + 7)
    tasks = [say(random, "offer").title[:100] for _ in range(_TASKS)]
    owners = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    people = [Person(email=f"lid-{each}@voorbeeld.example", password="!") for each in range(count)]
    Person.objects.bulk_create(people, batch_size=_BATCH)
    roles = Membership.Role
    Membership.objects.bulk_create(
        [
            Membership(
                person=person,
                organisation_id=owners[number % len(owners)],
                role=roles.MANAGER if number < len(owners) else roles.MEMBER,
                name=f"Lid {number}" if number % 3 else "",
                function=tasks[number % _TASKS] if number % 3 == 1 else "",
            )
            for number, person in enumerate(people)
        ],
        batch_size=_BATCH,
    )
    Person.objects.filter(pk=people[0].pk).update(is_coordinator=True)
    make_findable(Membership.objects.telling())
    return count


def fill_activities(count: int) -> int:
    """Announce activities, most of them over, let a few people come to each, and read them; returns how many."""
    random, now = np.random.default_rng(SEED + 5), timezone.now()
    owners = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    people = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    made = []
    for _ in range(count):
        said = say(random, "offer")
        ahead = random.random() < _AHEAD
        days = random.uniform(0, 180) if ahead else -random.uniform(0, 900)
        start = now + timedelta(days=float(days), hours=3 if ahead else -9)
        made.append(
            Activity(
                kind=str(random.choice(Activity.Kind.values)),
                title=said.title[:120],
                text=said.text,
                language=said.language,
                organisation_id=owners[int(random.integers(len(owners)))],
                areas=[said.area],
                blocks=[str(random.choice(_BLOCKS))],
                mode=Activity.Mode.SITE,
                place="Voorbeeldplein 1",
                starts_at=start,
                ends_at=start + timedelta(hours=2),
                capacity=int(random.integers(_GUESTS, 40)),
                state="announced" if ahead else "held",
            )
        )
    Activity.objects.bulk_create(made, batch_size=_BATCH)
    guests = random.integers(len(people), size=(count, _GUESTS))
    Enrolment.objects.bulk_create(
        [
            Enrolment(
                activity=activity,
                person_id=people[guest],
                state="placed" if activity.state == "announced" else "attended",
                turn=turn,
            )
            for activity, row in zip(made, guests.tolist(), strict=True)
            for turn, guest in enumerate(dict.fromkeys(row), 1)
        ],
        batch_size=_BATCH,
    )
    return make_findable(Activity.objects.all())


def fill_papers(count: int) -> int:
    """Share knowledge and ask questions, as many of each, and read them; returns how many there are together."""
    random, now = np.random.default_rng(SEED + 6), timezone.now()
    owners = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    said = [say(random, "need") for _ in range(count)]
    moments = [now - timedelta(hours=int(each)) for each in random.integers(1, 9_000, count)]
    KnowledgeItem.objects.bulk_create(
        [
            KnowledgeItem(
                kind=str(random.choice(KnowledgeItem.Kind.values)),
                organisation_id=owners[int(random.integers(len(owners)))],
                language=each.language,
                title=each.title[:160],
                text=each.text,
                areas=[each.area],
                blocks=[str(random.choice(_BLOCKS))],
                state="published",
                published_at=at,
                confirmed_at=at,
            )
            for each, at in zip(said, moments, strict=True)
        ],
        batch_size=_BATCH,
    )
    Question.objects.bulk_create(
        [
            Question(
                asker_id=None,
                email="vraag@voorbeeld.example",
                language="nl",
                text_language=each.language,
                title=each.title[:120],
                text=each.text,
                area_id=each.area,
                visibility="public",
                state="answered",
                asked_at=at,
                answered_at=at,
            )
            for each, at in zip(said, moments, strict=True)
        ],
        batch_size=_BATCH,
    )
    return make_findable(KnowledgeItem.objects.all()) + make_findable(Question.objects.all())


def fill_groups(count: int) -> int:
    """Start working groups with thirty members and ten meetings each, and read their minutes; returns how many."""
    random, now = np.random.default_rng(SEED + 8), timezone.now()
    members = list(Membership.objects.order_by("pk").values_list("person", "organisation"))
    made = [
        WorkingGroup(slug=f"groep-{each}", name=f"Voorbeeldgroep {each}", blocks=[_BLOCKS[each % 5]], state="active", readers="everybody")
        for each in range(count)
    ]  # fmt: skip
    WorkingGroup.objects.bulk_create(made)
    rows = []
    for number, group in enumerate(made):
        for place in range(30):
            person, organisation = members[(number * 31 + place) % len(members)]
            role = GroupMembership.Role.MEMBER if place else GroupMembership.Role.CHAIR
            rows.append(
                GroupMembership(
                    group=group, person_id=person, organisation_id=organisation, role=role, state="inside"
                )
            )  # fmt: skip
    GroupMembership.objects.bulk_create(rows, batch_size=_BATCH)
    Meeting.objects.bulk_create(
        [
            Meeting(
                group=group,
                starts_at=now - timedelta(days=30 * number),
                minutes=say(random, "need").text,
                state="adopted",
            )
            for group in made
            for number in range(1, _MEETINGS + 1)
        ],
        batch_size=_BATCH,
    )
    make_findable(Meeting.objects.all())
    return count


def session_of(person: Person) -> str:
    """The key of a session in which this person is logged in."""
    store = SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = _BACKEND
    store.create()
    return str(store.session_key)


def who() -> Sequence[Person]:
    """The coordinator, a manager and a member."""
    found = Person.objects.order_by("pk")
    return [found[0], found[1], found[found.count() - 1]]
