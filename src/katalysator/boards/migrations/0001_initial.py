import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('coalition', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('query', models.CharField(blank=True, max_length=1000)),
                ('pace', models.CharField(choices=[('never', 'NEVER'), ('daily', 'DAILY'), ('weekly', 'WEEKLY')], default='never', max_length=8)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('told_until', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_searches', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name', 'id'],
                'constraints': [models.UniqueConstraint(fields=('person', 'name'), name='one_search_of_a_name'), models.CheckConstraint(condition=models.Q(('pace__in', ['never', 'daily', 'weekly'])), name='search_pace_is_known')],
            },
        ),
        migrations.CreateModel(
            name='EmbeddingPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(max_length=200)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='embedding_places', to='coalition.organisation')),
            ],
            options={
                'ordering': ['origin'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'origin'), name='one_embedding_of_a_place')],
            },
        ),
    ]
