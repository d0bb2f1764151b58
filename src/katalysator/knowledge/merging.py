"""What becomes of knowledge, reviews and uses where two organisations merge: nobody judges their own."""

from katalysator.coalition.merged.records import where_both_have_one
from katalysator.coalition.models import Organisation
from katalysator.knowledge.models import KnowledgeItem, KnowledgeReview, KnowledgeUse
from katalysator.knowledge.workflow import GIVEN


@where_both_have_one(KnowledgeItem)
def not_judged_by_its_giver(row: KnowledgeItem, kept: Organisation) -> None:
    """What the one gave and the other judged or used is one's own now: the item stays, without that."""
    row.reviews.filter(organisation=kept).delete()
    row.uses.filter(organisation=kept).delete()
    KnowledgeItem.objects.filter(pk=row.pk).update(organisation=kept)


@where_both_have_one(KnowledgeReview)
def one_review(row: KnowledgeReview, kept: Organisation) -> None:
    """A review that was given stays before one that was asked for; none of one's own."""
    other = KnowledgeReview.objects.filter(item=row.item_id, organisation=kept).first()
    is_own = row.item.organisation_id == kept.pk
    if is_own or (other and other.state == GIVEN) or row.state != GIVEN:
        row.delete()
        return
    KnowledgeReview.objects.filter(item=row.item_id, organisation=kept).delete()
    KnowledgeReview.objects.filter(pk=row.pk).update(organisation=kept)


@where_both_have_one(KnowledgeUse)
def one_use(row: KnowledgeUse, _kept: Organisation) -> None:
    """One is enough, and one's own is none."""
    row.delete()
