"""The application areas to begin with: those of the position paper, and the sectors that joined."""

from django.db import migrations

AREAS = (
    ("zorg", "Gezondheid en zorg", "Health and care"),
    ("mobiliteit", "Mobiliteit", "Mobility"),
    ("logistiek", "Logistiek", "Logistics"),
    ("haven", "Haven en maritiem", "Port and maritime"),
    ("energie", "Energie", "Energy"),
    ("klimaat", "Water en klimaat", "Water and climate"),
    ("agro", "Landbouw en voeding", "Agriculture and food"),
    ("industrie", "Technische industrie", "Manufacturing"),
    ("bouw", "Bouw en omgeving", "Construction"),
    ("overheid", "Publieke diensten", "Public services"),
    ("veiligheid", "Veiligheid en recht", "Security and justice"),
    ("defensie", "Defensie", "Defence"),
    ("onderwijs", "Onderwijs", "Education"),
    ("finance", "Financiële diensten", "Finance"),
    ("retail", "Detailhandel", "Retail"),
    ("media", "Cultuur en media", "Culture and media"),
    ("telecom", "Telecom en digitaal", "Telecom and digital"),
)


def plant(apps, schema_editor):
    area = apps.get_model("coalition", "Area")
    for position, (slug, nl, en) in enumerate(AREAS, 1):
        area.objects.create(slug=slug, name={"nl": nl, "en": en}, position=position)


class Migration(migrations.Migration):
    dependencies = [("coalition", "0001_initial")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
