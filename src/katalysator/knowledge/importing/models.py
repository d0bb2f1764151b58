"""What items of knowledge are called in the sheets that they came from."""

from django.db import models

from katalysator.importing.models import SheetKey


class KnowledgeKey(SheetKey):
    """What an item is called in a sheet that it came from; its `source` also tells whose sheet that was."""

    subject = models.ForeignKey(
        "knowledge.KnowledgeItem", on_delete=models.CASCADE, related_name="sheet_keys"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="knowledge_key_once")]
