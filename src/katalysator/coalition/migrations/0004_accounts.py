"""An address is changed after a link was followed; what was a database for until now?"""

from django.db import migrations, models


def say_purpose(apps, schema_editor):
    """A database with people or organisations is the example's, if it has organisations of it."""
    Organisation = apps.get_model('coalition', 'Organisation')
    if Organisation.objects.exists() or apps.get_model('coalition', 'Person').objects.exists():
        is_example = Organisation.objects.filter(is_example=True).exists()
        apps.get_model('core', 'Purpose').objects.get_or_create(
            pk=1, defaults={'is_example': is_example}
        )


class Migration(migrations.Migration):

    dependencies = [
        ('account', '0009_emailaddress_unique_primary_email'),
        ('coalition', '0003_findable'),
        ('core', '0002_purpose'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='asked_email',
            field=models.EmailField(blank=True, default='', max_length=254),
        ),
        # addresses that anybody could add, without a proof: only that of the person counts
        migrations.RunSQL('DELETE FROM account_emailaddress;', migrations.RunSQL.noop),
        migrations.RunPython(say_purpose, migrations.RunPython.noop),
    ]
