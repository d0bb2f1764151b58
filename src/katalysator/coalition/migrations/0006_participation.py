"""How an organisation takes part is a state of a table; people may be found by name; more kinds of organisations."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from katalysator.core.changes import watched

OF_OLD = """
    UPDATE coalition_organisation SET
        state = CASE WHEN is_participant THEN 'active' ELSE 'listed' END,
        kind = CASE kind WHEN 'knowledge' THEN 'institute' ELSE kind END;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('coalition', '0005_noted'),
    ]

    operations = [
        migrations.AddField(
            model_name='membership',
            name='function',
            field=models.CharField(blank=True, default='', max_length=120),
        ),
        migrations.AddField(
            model_name='membership',
            name='name',
            field=models.CharField(blank=True, default='', max_length=120),
        ),
        migrations.AddField(
            model_name='organisation',
            name='confirmed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='organisation',
            name='contact',
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name='organisation',
            name='is_founding',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='organisation',
            name='joined_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='organisation',
            name='mail_domains',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            model_name='organisation',
            name='state',
            field=models.CharField(default='listed', max_length=10),
        ),
        migrations.RunSQL(OF_OLD, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name='organisation', name='organisation_directory'),
        migrations.RemoveField(model_name='organisation', name='is_participant'),
        migrations.AddField(
            model_name='organisation',
            name='is_participant',
            field=models.GeneratedField(db_persist=True, expression=models.ExpressionWrapper(models.Q(('state', 'active')), models.BooleanField()), output_field=models.BooleanField()),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(models.OrderBy(models.F('is_participant'), descending=True), 'sort_name', 'id', name='organisation_directory'),
        ),
        migrations.AlterField(
            model_name='organisation',
            name='kind',
            field=models.CharField(choices=[('company', 'Company'), ('sme', 'Small or medium-sized company'), ('startup', 'Startup'), ('scaleup', 'Scale-up'), ('university', 'University'), ('hbo', 'University of applied sciences (hbo)'), ('mbo', 'Vocational school (mbo)'), ('institute', 'Research institute'), ('government', 'Government'), ('municipality', 'Municipality'), ('civil', 'Civil society'), ('interest', "Patients' or consumers' body"), ('investor', 'Investor'), ('association', 'Association of organisations')], max_length=12),
        ),
        migrations.CreateModel(
            name='FormerSlug',
            fields=[
                ('slug', models.SlugField(max_length=80, primary_key=True, serialize=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_slugs', to='coalition.organisation')),
            ],
        ),
        watched('coalition_formerslug'),
        watched('coalition_membership'),
    ]
