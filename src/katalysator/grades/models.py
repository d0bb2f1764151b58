"""What people say of pairs of a need and an offer, and the weights that were learned from that."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from katalysator.faults import Conflict
from katalysator.grades.queries import GradeQuerySet
from katalysator.grades.workflow import WEIGHTS
from katalysator.listings.models import Listing

USEFUL = 2
"""The grade from which on a pair is useful: 0 no, 1 hardly, 2 yes, 3 surely."""
LARGEST = 3


class Grade(models.Model):
    """Would somebody introduce these two? One answer of one person about one pair.

    `score`, `parts` and `quick` (the bare likeness of the quick encoder) are as they were when the
    grade was given: nothing that was learned from it is in them. `chosen` says how the person came to
    this pair. Where the texts were changed since, the grade `is_outdated`. Who is erased leaves a
    grade without a person and without a remark.
    """

    class Side(models.TextChoices):
        NEED = "need"
        OFFER = "offer"
        BUREAU = "bureau"

    class Chosen(models.TextChoices):
        CARD = "card"  # on a page of a listing, by the person
        MET = "met"  # in an introduction: a yes, a no with a reason, a result
        SCORE = "score"  # among the best of a need by the whole score
        QUICK = "quick"  # by the quick encoder alone, and not by those above; so are the next
        CONCEPTS = "concepts"
        WORDS = "words"
        UNCERTAIN = "uncertain"  # near a threshold
        RANDOM = "random"  # by lot

    class Reason(models.TextChoices):
        SUBJECT = "subject", _("Another subject")
        DIRECTION = "direction", _("Both ask, or both offer")
        PLACE = "place", _("Wrong place or period")
        SIZE = "size", _("Too big or too small")
        KNOWN = "known", _("We know each other already")
        OTHER = "other", _("Something else")

    need = models.ForeignKey(
        Listing, on_delete=models.CASCADE, related_name="grades_as_need", db_index=False
    )
    offer = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="grades_as_offer")
    market = models.CharField(max_length=30)
    value = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=6, choices=Side)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="grades"
    )
    reason = models.CharField(max_length=9, choices=Reason, blank=True)
    remark = models.CharField(max_length=200, blank=True)
    chosen = models.CharField(max_length=9, choices=Chosen)
    score = models.FloatField()
    parts = models.JSONField()
    quick = models.FloatField()
    is_outdated = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = GradeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["need", "offer", "person"], name="one_grade_per_person_and_pair"
            ),
            models.CheckConstraint(
                condition=models.Q(value__lte=LARGEST), name="grade_is_at_most_three"
            ),
            models.CheckConstraint(
                condition=models.Q(value__lt=USEFUL) | models.Q(reason="", remark=""),
                name="reason_is_for_not_useful",
            ),
            models.CheckConstraint(
                condition=~models.Q(need=models.F("offer")), name="grade_is_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} ● {self.offer_id}: {self.value}"

    @property
    def is_useful(self) -> bool:
        """Whether the two would be introduced."""
        return self.value >= USEFUL


class LearnedWeights(models.Model):
    """How many times each part of a score should count, by all grades of a moment.

    `counts` holds that by part; it is relative to the weights that the engine comes with, and so is
    `worth`: each measure before and after, on pairs held back while learning.
    """

    version = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=10, default=WEIGHTS.initial)
    counts = models.JSONField()
    pairs = models.PositiveIntegerField()
    useful = models.PositiveIntegerField()
    worth = models.JSONField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=models.Q(state="adopted"),
                name="one_adopted_set_of_weights",
            )
        ]

    def __str__(self) -> str:
        return f"weights {self.version}"


class LearningRefusal(models.Model):
    """Why the last learning came to nothing, until somebody learns again; one row at most.

    Sentence and parameters are apart, so that it reads in the language of whoever looks.
    """

    code = models.CharField(max_length=40)
    message = models.TextField()
    hint = models.TextField()
    parameters = models.JSONField()

    def __str__(self) -> str:
        return str(Conflict(self.code, self.message, hint=self.hint, **self.parameters))

    @classmethod
    def keep(cls, fault: Conflict) -> None:
        """Keep this one in place of any other."""
        named = {"code": fault.code, "message": fault.message, "hint": fault.hint}
        cls(pk=1, parameters=fault.parameters, **named).save()

    @classmethod
    def forget(cls) -> None:
        """There is none any more."""
        cls.objects.all().delete()
