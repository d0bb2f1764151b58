"""Who wants to come in: organisations that apply, and people who are to speak for one."""

import django.contrib.postgres.fields
import django.db.models.deletion
import katalysator.core.language
import katalysator.core.models
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
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.BinaryField(default=katalysator.core.models.new_salt, max_length=32)),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(choices=katalysator.core.language.language_choices, max_length=12)),
                ('name', models.CharField(max_length=160)),
                ('kind', models.CharField(choices=[('company', 'Company'), ('sme', 'Small or medium-sized company'), ('startup', 'Startup'), ('scaleup', 'Scale-up'), ('university', 'University'), ('hbo', 'University of applied sciences (hbo)'), ('mbo', 'Vocational school (mbo)'), ('institute', 'Research institute'), ('government', 'Government'), ('municipality', 'Municipality'), ('civil', 'Civil society'), ('interest', "Patients' or consumers' body"), ('investor', 'Investor'), ('association', 'Association of organisations')], max_length=12)),
                ('kvk', models.CharField(blank=True, max_length=8)),
                ('website', models.URLField(blank=True)),
                ('city', models.CharField(blank=True, max_length=80)),
                ('region', models.CharField(max_length=5)),
                ('areas', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None)),
                ('text_language', models.CharField(choices=[('nl', 'Nederlands'), ('en', 'English')], max_length=2)),
                ('about', models.TextField(max_length=2000)),
                ('motivation', models.TextField(blank=True, max_length=2000)),
                ('promises', models.JSONField(default=dict)),
                ('state', models.CharField(default='sent', max_length=10)),
                ('reason', models.TextField(blank=True, max_length=1000)),
                ('sent_at', models.DateTimeField(auto_now_add=True)),
                ('moved_at', models.DateTimeField(auto_now_add=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='applications', to='coalition.organisation')),
            ],
            options={
                'ordering': ['sent_at', 'id'],
                'indexes': [models.Index(fields=['state', 'sent_at'], name='application_queue')],
            },
        ),
        migrations.CreateModel(
            name='Joining',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.BinaryField(default=katalysator.core.models.new_salt, max_length=32)),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(choices=katalysator.core.language.language_choices, max_length=12)),
                ('role', models.CharField(choices=[('member', 'Member'), ('manager', 'Manager')], default='member', max_length=10)),
                ('state', models.CharField(max_length=10)),
                ('sent_at', models.DateTimeField(auto_now_add=True)),
                ('moved_at', models.DateTimeField(auto_now_add=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='joinings', to='coalition.organisation')),
            ],
            options={
                'ordering': ['sent_at', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['invited', 'asked', 'waiting'])), fields=('organisation', 'email'), name='one_open_joining_each')],
            },
        ),
    ]
