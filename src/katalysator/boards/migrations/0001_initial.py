import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
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
    ]
