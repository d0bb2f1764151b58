"""The application areas to begin with: those of the position paper, and the sectors that joined."""

from django.db import migrations

from katalysator.coalition.areas import AREAS


def plant(apps, schema_editor):
    area = apps.get_model("coalition", "Area")
    for position, (slug, name) in enumerate(AREAS.items(), 1):
        area.objects.create(slug=slug, name=name.as_json(), position=position)


class Migration(migrations.Migration):
    dependencies = [("coalition", "0001_initial")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
