"""What each listing is about stood in what was read of it already."""

from django.db import migrations
from katalysator.matches.first_sight import in_places


def fill(apps, schema_editor):
    entries = apps.get_model("matches", "MarketEntry").objects
    some = []
    for entry in entries.select_related("reading").only("pk", "reading__concepts").iterator(chunk_size=1000):
        entry.about = in_places(entry.reading.concepts)
        some.append(entry)
        if len(some) == 1000:
            entries.bulk_update(some, ["about"])
            some = []
    if some:
        entries.bulk_update(some, ["about"])


class Migration(migrations.Migration):

    dependencies = [("matches", "0008_about")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
