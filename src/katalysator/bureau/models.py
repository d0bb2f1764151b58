"""What the bureau keeps for itself: notes, labels, what was done for many at once, letters to many."""

from datetime import date
from typing import Any, ClassVar, Final, Self, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils import timezone

from katalysator.admission.models import Application
from katalysator.bureau.workflow import BULK, MAILING
from katalysator.coalition.models import Organisation, Person
from katalysator.coalition.workflow import RUN
from katalysator.core.actors import permits
from katalysator.core.translated import Translated, TranslatedField
from katalysator.listings.models import Listing

TEXT: Final = 5_000
"""So many characters a note or a letter may have."""


KeptT = TypeVar("KeptT", bound=models.Model)


class BureauQuerySet(models.QuerySet[KeptT]):
    """Records of the workbench: the bureau's alone."""

    def visible_to(self, person: Person | AnonymousUser) -> Self:
        """All of them for the bureau, nothing for anybody else."""
        return self if person.is_authenticated and permits(person, RUN) else self.none()


class Label(models.Model):
    """A word by which the bureau finds organisations again, such as “board 2027”."""

    name = models.CharField(max_length=40, unique=True)

    objects: ClassVar = BureauQuerySet["Label"].as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Labelling(models.Model):
    """That an organisation has a label."""

    label = models.ForeignKey(Label, models.CASCADE, related_name="labellings")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="labellings")

    objects: ClassVar = BureauQuerySet["Labelling"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["label", "organisation"], name="one_labelling_each")
        ]

    def __str__(self) -> str:
        return f"{self.label} · {self.organisation}"


class NoteQuerySet(BureauQuerySet["BureauNote"]):
    """Notes of the bureau."""

    def to_do(self, until: date) -> Self:
        """Those with something to be done by a day, and not done yet, the longest due first."""
        return self.filter(due__lte=until, done_at__isnull=True).order_by("due", "pk")


class BureauNote(models.Model):
    """What the bureau wants to remember of an organisation, and perhaps by when something is to be done."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="bureau_notes")
    author = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="bureau_notes"
    )
    text = models.TextField(max_length=TEXT)
    due = models.DateField(null=True, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-id"]
        indexes = [
            models.Index(
                fields=["due", "id"],
                name="note_to_do",
                condition=models.Q(due__isnull=False, done_at__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="note_says_something")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.text[:40]}"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.due is not None and self.done_at is None

    @property
    def is_late(self) -> bool:
        """Whether it should have been done before today."""
        return self.is_open and self.due is not None and self.due < timezone.localdate()


class Bulk(models.Model):
    """A deed for many organisations, applications, or needs and offers at once: which, with what, and how far it is."""

    deed = models.CharField(max_length=20)
    value = models.CharField(max_length=TEXT, blank=True)
    author = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, default=BULK.initial)

    objects: ClassVar = BureauQuerySet["Bulk"].as_manager()

    class Meta:
        ordering = ["-started_at", "-id"]

    def __str__(self) -> str:
        return f"{self.pk} {self.deed}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("bulk", args=[self.pk])


class BulkLine(models.Model):
    """What became of one record of a bulk, of which kind its deed says; `before` is what undoing puts back."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        NOTHING = "nothing"
        REFUSED = "refused"
        UNDONE = "undone"
        KEPT = "kept"

    bulk = models.ForeignKey(Bulk, models.CASCADE, related_name="lines")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="bulk_lines"
    )
    application = models.ForeignKey(
        Application, models.CASCADE, null=True, blank=True, related_name="bulk_lines"
    )
    listing = models.ForeignKey(
        Listing, models.CASCADE, null=True, blank=True, related_name="bulk_lines"
    )
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    before = models.JSONField(default=dict)
    why = models.TextField(blank=True)

    objects: ClassVar = BureauQuerySet["BulkLine"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["bulk", "state", "id"], name="bulk_line_next")]
        constraints = [
            models.UniqueConstraint(fields=["bulk", "organisation"], name="one_bulk_line_each"),
            models.UniqueConstraint(fields=["bulk", "application"], name="one_bulk_application"),
            models.UniqueConstraint(fields=["bulk", "listing"], name="one_bulk_listing"),
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, application=None, listing=None)
                | models.Q(organisation=None, application__isnull=False, listing=None)
                | models.Q(organisation=None, application=None, listing__isnull=False),
                name="bulk_line_of_one_record",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bulk_id} {self.subject} {self.state}"

    @property
    def subject(self) -> Any:
        """The record that it is about."""
        return self.organisation or self.application or self.listing


class Mailing(models.Model):
    """One letter to many people: what it says in each language, and how far it is."""

    subject = TranslatedField(default=Translated)
    text = TranslatedField(default=Translated)
    author = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, default=MAILING.initial)
    goes_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = BureauQuerySet["Mailing"].as_manager()

    class Meta:
        ordering = ["-written_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="draft") ^ models.Q(goes_at__isnull=False),
                name="mailing_says_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.subject}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("mailing", args=[self.pk])

    @property
    def state_label(self) -> str:
        """How far it is, in the active language."""
        return MAILING.label(self.state)


class MailingLetter(models.Model):
    """The letter of a mailing to one person, for one of the organisations that the person speaks for."""

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="letters")
    person = models.ForeignKey(Person, models.CASCADE, related_name="mailing_letters")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="mailing_letters")
    written_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = BureauQuerySet["MailingLetter"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mailing", "person"], name="one_mailing_letter_each")
        ]

    def __str__(self) -> str:
        return f"{self.mailing_id} {self.person_id}"
