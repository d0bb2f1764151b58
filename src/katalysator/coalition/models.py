"""Who takes part, and the map that all is placed on: areas × blocks, hubs and regions."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, ClassVar, Final, NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import connection, models
from django.db.models.fields.json import KT
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from katalysator.coalition.blocks import Block
from katalysator.coalition.founding.models import Coalition  # noqa: F401 — a table of this room
from katalysator.coalition.importing.models import OrganisationKey  # noqa: F401 — as above
from katalysator.coalition.queries import (
    FRESH,
    AreaQuerySet,
    MembershipQuerySet,
    OrganisationQuerySet,
)
from katalysator.coalition.workflow import ACTIVE, PARTICIPATION
from katalysator.core import regions
from katalysator.core.addresses import address
from katalysator.core.language import ENGLISH, active_language, language_choices
from katalysator.core.models import Salted
from katalysator.core.translated import Translated, TranslatedField
from katalysator.engine.matching import Profile
from katalysator.search.models import Findable, words_column

_MEANS_SOMETHING: Final = (
    6  # words that say what somebody does; fewer lie near to much that they are not about
)


class Area(models.Model):
    """An application area, such as health or energy: data, so that a coalition can have its own."""

    slug = models.SlugField(primary_key=True, max_length=30)
    name = TranslatedField()
    position = models.PositiveSmallIntegerField()

    objects: ClassVar = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return str(self.name)


class Hub(models.Model):
    """A regional hub of the coalition: the regions that it serves, with the source of that fact."""

    slug = models.SlugField(primary_key=True, max_length=60)
    name = models.CharField(max_length=120)
    regions = ArrayField(models.CharField(max_length=5))
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


_NAMES = models.Func(
    "name", "other_names", function="coalition_folded_names", output_field=models.TextField()
)


class Organisation(Findable):
    """A company, institution or group. Only a participant posts needs and offers.

    What is not a participant stands in the directory, with the source of its facts. `confirmed_at` is when
    somebody of it, or the bureau, last said that its facts are correct. Who has an address at one of its
    `mail_domains` may ask to speak for it. Lists begin with the participants, and go by `sort_name`. The
    generated fields are made by the database, some with the functions of the first migration: whoever writes a
    row, and how, they are never stale.
    """

    class Kind(models.TextChoices):
        COMPANY = "company", _("Company")
        SME = "sme", _("Small or medium-sized company")
        STARTUP = "startup", _("Startup")
        SCALEUP = "scaleup", _("Scale-up")
        UNIVERSITY = "university", _("University")
        HBO = "hbo", _("University of applied sciences (hbo)")
        MBO = "mbo", _("Vocational school (mbo)")
        INSTITUTE = "institute", _("Research institute")
        GOVERNMENT = "government", _("Government")
        MUNICIPALITY = "municipality", _("Municipality")
        CIVIL = "civil", _("Civil society")
        INTEREST = "interest", _("Patients' or consumers' body")
        INVESTOR = "investor", _("Investor")
        ASSOCIATION = "association", _("Association of organisations")

    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=160)
    other_names = ArrayField(models.CharField(max_length=160), default=list, blank=True)
    kind = models.CharField(max_length=12, choices=Kind)
    city = models.CharField(max_length=80, blank=True)
    region = models.CharField(max_length=5)
    kvk = models.CharField(max_length=8, blank=True)
    ror = models.CharField(max_length=9, blank=True)
    website = models.URLField(blank=True)
    about = TranslatedField(blank=True, default=Translated)
    blocks = ArrayField(models.CharField(max_length=10, choices=Block), default=list, blank=True)
    areas = models.ManyToManyField(Area, related_name="organisations", blank=True)
    contact = models.EmailField(blank=True)
    mail_domains = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    state = models.CharField(max_length=10, default=PARTICIPATION.initial)
    is_participant = models.GeneratedField(
        expression=models.ExpressionWrapper(models.Q(state=ACTIVE), models.BooleanField()),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    is_founding = models.BooleanField(default=False)
    joined_on = models.DateField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    is_example = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)
    sort_name = models.GeneratedField(
        expression=models.Func("name", function="coalition_sort_key"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )
    folded_names = models.GeneratedField(
        expression=models.Func("name", "other_names", function="coalition_folded_names"),
        output_field=models.TextField(),
        db_persist=True,
    )

    search = models.GeneratedField(
        expression=SearchVector(_NAMES, KT("about__nl"), config="dutch")
        + SearchVector(_NAMES, KT("about__en"), config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects: ClassVar = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["-is_participant", "sort_name", "id"]
        indexes = [
            GinIndex(fields=["search"], name="organisation_search"),
            models.Index(
                models.F("is_participant").desc(), "sort_name", "id", name="organisation_directory"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kvk"], condition=~models.Q(kvk=""), name="one_organisation_per_kvk"
            ),
            models.CheckConstraint(
                condition=models.Q(kvk="") | models.Q(kvk__regex=r"^[0-9]{8}$"),
                name="kvk_has_8_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where the organisation's page is, in the active language."""
        return address("organisation", self.slug)

    def as_profile(self) -> Profile:
        """What it says, for the engine to read: in Dutch where it says anything in Dutch."""
        language = "nl" if "nl" in self.about else ENGLISH
        return Profile(
            key=self.slug,
            title=self.name,
            text=self.about.get(language, ""),
            language=language if self.about else "",
            skills=tuple(self.other_names),
        )

    @property
    def region_label(self) -> str:
        """The region's name in the active language."""
        return regions.name(self.region, active_language())

    @property
    def state_label(self) -> str:
        """How it takes part, in words."""
        return PARTICIPATION.label(self.state)

    @property
    def is_stale(self) -> bool:
        """Whether nobody has said for a year that its facts are correct; nobody is asked in the directory."""
        last = self.confirmed_at
        return self.is_participant and (last is None or last < timezone.now() - FRESH)


class FormerSlug(models.Model):
    """An address of an organisation that was merged into another: who follows it gets there."""

    slug = models.SlugField(primary_key=True, max_length=80)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="former_slugs"
    )

    def __str__(self) -> str:
        return self.slug


_MEMBERSHIPS: Final = """
    SELECT organisation.id, is_participant, role = 'manager' FROM coalition_organisation AS organisation
    JOIN coalition_membership AS membership ON organisation_id = organisation.id
    WHERE person_id = %s
"""


_ASKER: Final = """
    SELECT {told}, organisation.id, is_participant, role = 'manager' FROM {tables}
    LEFT JOIN coalition_membership AS membership ON person_id = coalition_person.id
    LEFT JOIN coalition_organisation AS organisation ON organisation_id = organisation.id
    WHERE {which}
"""


class PersonManager(BaseUserManager["Person"]):
    """Makes people. Their addresses are kept in lower case, so that one address is one person."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Person":
        """Make a person who can log in; without a password, only by a reset."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.full_clean(exclude=["password"])
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find a person by address, in whatever case it was typed."""
        return self.get(email=(username or "").strip().lower())

    def asking(self, pk: int) -> "Person | None":
        """Find a person with the memberships, which every page wants to know. Cost: one query."""
        with connection.cursor() as cursor:  # as the states of `core/changes.py`
            cursor.execute(asker_in("coalition_person", "coalition_person.id = %s"), [pk])
            return self.asked(cursor.fetchall())

    def asked(self, rows: Sequence[Sequence[Any]]) -> "Person | None":
        """The person in what `asker_in` finds, who has the memberships at hand."""
        if not rows or rows[0][0] is None:
            return None
        person = self.model.from_db(connection.alias, _names(), rows[0][:-3])
        person.participations = _participations(row[-3:] for row in rows if row[-3])
        return person


class Person(Salted, AbstractBaseUser):
    """Somebody who logs in. No name is kept: an address and a language are enough.

    `asked_email` is an address that the person wants instead, and which nothing goes by before the link that
    was sent to it is followed.
    """

    email = models.EmailField(_("e-mail address"), unique=True)
    asked_email = models.EmailField(blank=True, default="")
    language = models.CharField(max_length=12, choices=language_choices, default="nl")
    is_coordinator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    organisations = models.ManyToManyField(
        Organisation, through="Membership", related_name="people"
    )

    objects: ClassVar = PersonManager()

    USERNAME_FIELD = "email"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.email

    @cached_property
    def speaks_for_any(self) -> bool:
        """Whether the person belongs to a participant or runs the coalition. Cost: see `participations`."""
        return self.is_coordinator or any(each.takes_part for each in self.participations.values())

    @property
    def own_organisations(self) -> frozenset[int]:
        """The keys of the organisations that the person speaks for. Cost: see `participations`."""
        return frozenset(self.participations)

    @cached_property
    def participations(self) -> "dict[int, Participation]":
        """The person's organisations by their keys, with what pages want to know. Cost: one query, once."""
        with connection.cursor() as cursor:  # on every page, as the states of `core/changes.py`
            cursor.execute(_MEMBERSHIPS, [self.pk])
            return _participations(cursor.fetchall())


class Participation(NamedTuple):
    """Whether an organisation of a person takes part, and whether the person manages it."""

    takes_part: bool
    manages: bool


def _participations(rows: Iterable[Sequence[Any]]) -> dict[int, Participation]:
    return {own: Participation(*told) for own, *told in rows}


@cache
def asker_in(tables: str, which: str, *more: str) -> str:
    """The question for a person with the memberships in some tables, and for `more` before them."""
    told = [*(f"coalition_person.{name}" for name in _names())]
    return _ASKER.format(told=", ".join([*more, *told]), tables=tables, which=which)


def _names() -> list[str]:
    return [field.attname for field in Person._meta.concrete_fields]


class PersonRequest(HttpRequest):
    """A request of somebody who is logged in."""

    user: Person


class Membership(Findable):
    """A person speaks for an organisation: as a member, or as the one who manages it.

    Who wants to be found gives a `name`, and what they do there: both stand on the organisation's page. What they do is
    read by the engine, their name is not.
    """

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        MANAGER = "manager", _("Manager")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    name = models.CharField(max_length=120, blank=True, default="")
    function = models.CharField(max_length=120, blank=True, default="")

    search = words_column("name", "function")

    objects: ClassVar = MembershipQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["meant"], name="membership_meant"),
            GinIndex(fields=["search"], name="membership_search"),
            models.Index(
                fields=["organisation"],
                include=["id", "signs"],
                condition=~models.Q(name="") & models.Q(signs__isnull=False),
                name="membership_nearest",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation"], name="one_membership_each")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation}"

    def as_profile(self) -> Profile:
        """What the person does, for the engine to read: a few words name subjects, and mean too little to be compared."""
        is_short = len(self.function.split()) < _MEANS_SOMETHING
        title, text = (self.function, "") if is_short else ("", self.function)
        return Profile(key=str(self.pk), title=title, text=text)
