import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from katalysator.core.changes import watched


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('listings', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LearningRefusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
                ('message', models.TextField()),
                ('hint', models.TextField()),
                ('parameters', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='Grade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('market', models.CharField(max_length=30)),
                ('value', models.PositiveSmallIntegerField()),
                ('side', models.CharField(choices=[('need', 'Need'), ('offer', 'Offer'), ('bureau', 'Bureau')], max_length=6)),
                ('reason', models.CharField(blank=True, choices=[('subject', 'Another subject'), ('direction', 'Both ask, or both offer'), ('place', 'Wrong place or period'), ('size', 'Too big or too small'), ('known', 'We know each other already'), ('other', 'Something else')], max_length=9)),
                ('remark', models.CharField(blank=True, max_length=200)),
                ('chosen', models.CharField(choices=[('card', 'Card'), ('met', 'Met'), ('score', 'Score'), ('quick', 'Quick'), ('concepts', 'Concepts'), ('words', 'Words'), ('uncertain', 'Uncertain'), ('random', 'Random')], max_length=9)),
                ('score', models.FloatField()),
                ('parts', models.JSONField()),
                ('quick', models.FloatField()),
                ('is_outdated', models.BooleanField(default=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('need', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='grades_as_need', to='listings.listing')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grades_as_offer', to='listings.listing')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='grades', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('need', 'offer', 'person'), name='one_grade_per_person_and_pair'), models.CheckConstraint(condition=models.Q(('value__lte', 3)), name='grade_is_at_most_three'), models.CheckConstraint(condition=models.Q(('value__lt', 2), models.Q(('reason', ''), ('remark', '')), _connector='OR'), name='reason_is_for_not_useful'), models.CheckConstraint(condition=models.Q(('need', models.F('offer')), _negated=True), name='grade_is_of_two')],
            },
        ),
        migrations.CreateModel(
            name='LearnedWeights',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(unique=True)),
                ('state', models.CharField(default='proposed', max_length=10)),
                ('counts', models.JSONField()),
                ('pairs', models.PositiveIntegerField()),
                ('useful', models.PositiveIntegerField()),
                ('worth', models.JSONField()),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-version'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'adopted')), fields=('state',), name='one_adopted_set_of_weights')],
            },
        ),
        watched('grades_learnedweights'),
    ]
