"""What participants promised, and what they brought."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from katalysator.core.changes import watched


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('coalition', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('part', 'Take an active part'), ('learn', 'Share what we learn'), ('build', 'Build what all can use'), ('hours', 'Hours of our people, a year'), ('experts', 'Experts who help others'), ('data', 'Datasets that others may use'), ('money', 'Money, in euros'), ('places', 'Places for interns, students or pilots')], max_length=8)),
                ('amount', models.PositiveIntegerField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='commitments', to='coalition.organisation')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'kind'), name='one_commitment_of_a_kind'), models.CheckConstraint(condition=models.Q(models.Q(('amount__isnull', True), ('kind__in', ['part', 'learn', 'build'])), models.Q(('amount__gt', 0), ('kind__in', ['hours', 'experts', 'data', 'money', 'places'])), _connector='OR'), name='commitment_counted_or_not')],
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('amount', models.PositiveIntegerField(blank=True, null=True)),
                ('what', models.CharField(max_length=300)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contributions', to='commitments.commitment')),
            ],
            options={
                'ordering': ['-on', '-id'],
            },
        ),
        watched('commitments_commitment'),
        watched('commitments_contribution'),
    ]
