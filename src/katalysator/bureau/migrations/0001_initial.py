import django.db.models.deletion
import django.utils.timezone
import katalysator.core.translated
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('coalition', '0001_initial'),
        ('admission', '0001_initial'),
        ('listings', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Label',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Bulk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deed', models.CharField(max_length=20)),
                ('value', models.CharField(blank=True, max_length=5000)),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('state', models.CharField(default='doing', max_length=10)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-started_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Mailing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', katalysator.core.translated.TranslatedField(default=katalysator.core.translated.Translated)),
                ('text', katalysator.core.translated.TranslatedField(default=katalysator.core.translated.Translated)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('state', models.CharField(default='draft', max_length=10)),
                ('goes_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-written_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state', 'draft'), ('goes_at__isnull', False), _connector='XOR'), name='mailing_says_when')],
            },
        ),
        migrations.CreateModel(
            name='MailingLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('written_at', models.DateTimeField(blank=True, null=True)),
                ('mailing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='bureau.mailing')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mailing_letters', to='coalition.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mailing_letters', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('mailing', 'person'), name='one_mailing_letter_each')],
            },
        ),
        migrations.CreateModel(
            name='BureauNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=5000)),
                ('due', models.DateField(blank=True, null=True)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='bureau_notes', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bureau_notes', to='coalition.organisation')),
            ],
            options={
                'ordering': ['-written_at', '-id'],
                'indexes': [models.Index(condition=models.Q(('done_at__isnull', True), ('due__isnull', False)), fields=['due', 'id'], name='note_to_do')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='note_says_something')],
            },
        ),
        migrations.CreateModel(
            name='BulkLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('done', 'Done'), ('nothing', 'Nothing'), ('refused', 'Refused'), ('undone', 'Undone'), ('kept', 'Kept')], default='waiting', max_length=8)),
                ('before', models.JSONField(default=dict)),
                ('why', models.TextField(blank=True)),
                ('bulk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='bureau.bulk')),
                ('application', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='bulk_lines', to='admission.application')),
                ('listing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='bulk_lines', to='listings.listing')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='bulk_lines', to='coalition.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['bulk', 'state', 'id'], name='bulk_line_next')],
                'constraints': [models.UniqueConstraint(fields=('bulk', 'organisation'), name='one_bulk_line_each'), models.UniqueConstraint(fields=('bulk', 'application'), name='one_bulk_application'), models.UniqueConstraint(fields=('bulk', 'listing'), name='one_bulk_listing'), models.CheckConstraint(condition=models.Q(models.Q(('application', None), ('listing', None), ('organisation__isnull', False)), models.Q(('application__isnull', False), ('listing', None), ('organisation', None)), models.Q(('application', None), ('listing__isnull', False), ('organisation', None)), _connector='OR'), name='bulk_line_of_one_record')],
            },
        ),
        migrations.CreateModel(
            name='Labelling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='labellings', to='bureau.label')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='labellings', to='coalition.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('label', 'organisation'), name='one_labelling_each')],
            },
        ),
    ]
