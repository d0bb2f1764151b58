"""Connectors and partners, datasets and offers, and what is said over the protocol."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('coalition', '0001_initial'),
        ('listings', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('participant_id', models.CharField(max_length=300, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('address', models.CharField(max_length=500)),
                ('keys', models.JSONField(blank=True, default=dict)),
                ('found_keys', models.JSONField(blank=True, default=dict, editable=False)),
                ('found_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('is_blocked', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Connector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField(editable=False)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='connector', to='coalition.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Dataset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=300, unique=True)),
                ('language', models.CharField(choices=[('nl', 'Nederlands'), ('en', 'English')], default='nl', max_length=2)),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField(blank=True, max_length=10000)),
                ('theme', models.CharField(choices=[('AGRI', 'Farming, fishing, forests and food'), ('ECON', 'Economy and money'), ('EDUC', 'Education, culture and sport'), ('ENER', 'Energy'), ('ENVI', 'Environment'), ('GOVE', 'Government and public services'), ('HEAL', 'Health'), ('INTR', 'International matters'), ('JUST', 'Justice and safety'), ('REGI', 'Regions and cities'), ('SOCI', 'Population and society'), ('TECH', 'Science and technology'), ('TRAN', 'Transport')], default='TECH', max_length=4)),
                ('access', models.CharField(choices=[('PUBLIC', 'Everyone'), ('RESTRICTED', 'Some, on conditions'), ('NON_PUBLIC', 'Nobody outside: the data stays where it is')], default='RESTRICTED', max_length=10)),
                ('creator', models.CharField(blank=True, max_length=120)),
                ('contact_name', models.CharField(blank=True, max_length=120)),
                ('contact_email', models.EmailField(blank=True, max_length=254)),
                ('licence', models.CharField(choices=[('CC0', 'Free for everything (CC0)'), ('CC_BY_4_0', 'Free with our name (CC BY)'), ('CC_BYSA_4_0', 'Free with our name, under the same licence (CC BY-SA)'), ('CC_BYNC_4_0', 'Free with our name, not to earn money with (CC BY-NC)'), ('agreed', 'As the agreement says')], default='agreed', max_length=12)),
                ('model', models.CharField(choices=[('open', 'Open to everyone'), ('members', 'For participants of the coalition'), ('contract', 'Under a contract with each'), ('stays', 'The data stays put: others bring their question or algorithm')], default='contract', max_length=8)),
                ('personal', models.CharField(choices=[('none', 'None'), ('pseudonymised', 'Pseudonymised'), ('personal', 'Personal')], default='none', max_length=13)),
                ('keywords', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ('areas', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None)),
                ('region', models.CharField(blank=True, max_length=5)),
                ('begins_on', models.DateField(blank=True, null=True)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('frequency', models.CharField(blank=True, choices=[('NEVER', 'Never: it stays as it is'), ('CONT', 'All the time'), ('DAILY', 'Every day'), ('WEEKLY', 'Every week'), ('MONTHLY', 'Every month'), ('QUARTERLY', 'Every quarter'), ('ANNUAL', 'Every year'), ('IRREG', 'Now and then')], max_length=9)),
                ('formats', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('shows_rows', models.BooleanField(default=False)),
                ('is_published', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('connector', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='datasets', to='dataspace.connector')),
                ('listing', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='dataset', to='listings.listing')),
            ],
            options={
                'ordering': ['title', 'id'],
            },
        ),
        migrations.CreateModel(
            name='DatasetOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=300, unique=True)),
                ('terms', models.JSONField()),
                ('is_open', models.BooleanField(default=True)),
                ('is_automatic', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('dataset', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='dataspace.dataset')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='HarvestSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('dcat', 'A catalogue in DCAT, at an address on the web'), ('dsp', 'The catalogue of a participant elsewhere, over the Dataspace Protocol')], default='dcat', max_length=4)),
                ('address', models.CharField(blank=True, max_length=500)),
                ('every', models.CharField(choices=[('day', 'Every day'), ('week', 'Every week')], default='day', max_length=4)),
                ('state', models.CharField(choices=[('rests', 'waits for its time'), ('waits', 'will be read soon'), ('reads', 'is read now')], default='waits', max_length=5)),
                ('pages', models.PositiveIntegerField(default=0)),
                ('tried_at', models.DateTimeField(blank=True, null=True)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('problem', models.JSONField(blank=True, default=dict)),
                ('report', models.JSONField(blank=True, default=dict)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('connector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='dataspace.connector')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='dataspace.partner')),
            ],
            options={
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='HeardToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issuer', models.CharField(max_length=300)),
                ('key', models.CharField(max_length=300)),
                ('until', models.DateTimeField(db_index=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('issuer', 'key'), name='a_token_counts_once')],
            },
        ),
        migrations.CreateModel(
            name='Negotiation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('provider', 'provider'), ('consumer', 'consumer')], max_length=8)),
                ('provider_pid', models.CharField(blank=True, max_length=300)),
                ('consumer_pid', models.CharField(blank=True, max_length=300)),
                ('partner_id', models.CharField(max_length=300)),
                ('partner_address', models.CharField(max_length=500)),
                ('state', models.CharField(default='BEGUN', max_length=10)),
                ('outbox', models.JSONField(blank=True, null=True)),
                ('heard', models.JSONField(blank=True, null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField(blank=True, null=True)),
                ('problem', models.CharField(blank=True, max_length=500)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('offer', models.JSONField()),
                ('declared', models.JSONField(blank=True, default=dict)),
                ('connector', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='negotiations', to='dataspace.connector')),
            ],
            options={
                'ordering': ['-changed_at', '-id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=300)),
                ('role', models.CharField(choices=[('provider', 'provider'), ('consumer', 'consumer')], max_length=8)),
                ('partner_id', models.CharField(max_length=300)),
                ('dataset_key', models.CharField(max_length=300)),
                ('policy', models.JSONField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('connector', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agreements', to='dataspace.connector')),
                ('negotiation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='agreement', to='dataspace.negotiation')),
            ],
            options={
                'ordering': ['-made_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='PolicyDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('catalogue', 'In the catalogue'), ('negotiation', 'In a negotiation'), ('transfer', 'When a transfer begins'), ('use', 'While it is used')], max_length=11)),
                ('about', models.CharField(max_length=300)),
                ('participant_id', models.CharField(max_length=300)),
                ('action', models.CharField(max_length=20)),
                ('is_allowed', models.BooleanField()),
                ('rule', models.CharField(blank=True, max_length=30)),
                ('truth', models.CharField(max_length=7)),
                ('grounds', models.JSONField(default=list)),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('connector', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='dataspace.connector')),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('provider', 'provider'), ('consumer', 'consumer')], max_length=8)),
                ('provider_pid', models.CharField(blank=True, max_length=300)),
                ('consumer_pid', models.CharField(blank=True, max_length=300)),
                ('partner_id', models.CharField(max_length=300)),
                ('partner_address', models.CharField(max_length=500)),
                ('state', models.CharField(default='BEGUN', max_length=10)),
                ('outbox', models.JSONField(blank=True, null=True)),
                ('heard', models.JSONField(blank=True, null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField(blank=True, null=True)),
                ('problem', models.CharField(blank=True, max_length=500)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('format', models.CharField(max_length=120)),
                ('data_address', models.JSONField(blank=True, null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transfers', to='dataspace.agreement')),
                ('connector', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transfers', to='dataspace.connector')),
            ],
            options={
                'ordering': ['-changed_at', '-id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProtocolExchange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_ours', models.BooleanField()),
                ('message', models.CharField(max_length=20)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('problem', models.CharField(blank=True, max_length=500)),
                ('before', models.CharField(max_length=10)),
                ('after', models.CharField(max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('negotiation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='exchanges', to='dataspace.negotiation')),
                ('transfer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='exchanges', to='dataspace.transfer')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='DataUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('count', models.PositiveIntegerField()),
                ('began_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seconds', models.FloatField(default=0.0)),
                ('sent', models.PositiveBigIntegerField(default=0)),
                ('asked', models.CharField(blank=True, max_length=60)),
                ('ended', models.CharField(blank=True, max_length=60)),
                ('transfer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='dataspace.transfer')),
            ],
            options={
                'ordering': ['began_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='DatasetVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20)),
                ('notes', models.TextField(blank=True, max_length=2000)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('dataset', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='dataspace.dataset')),
            ],
            options={
                'ordering': ['-made_at', '-id'],
                'constraints': [models.UniqueConstraint(fields=('dataset', 'number'), name='a_version_has_one_number')],
            },
        ),
        migrations.CreateModel(
            name='DataSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('file', 'A file that is kept here'), ('http', 'An address on the web'), ('s3', 'An object in a store that speaks S3')], default='file', max_length=4)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('media_type', models.CharField(default='application/octet-stream', max_length=120)),
                ('size', models.PositiveBigIntegerField(blank=True, null=True)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('address', models.CharField(blank=True, max_length=500)),
                ('secret', models.TextField(blank=True, editable=False)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('dataset', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='source', to='dataspace.dataset')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('kind', 'file'), ('size__isnull', False)), models.Q(models.Q(('kind', 'file'), _negated=True), models.Q(('address', ''), _negated=True)), _connector='OR'), name='a_source_is_here_or_has_an_address')],
            },
        ),
        migrations.CreateModel(
            name='HarvestedPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('place', models.CharField(max_length=2000)),
                ('following', models.CharField(blank=True, max_length=2000)),
                ('records', models.JSONField(default=list)),
                ('count', models.PositiveIntegerField()),
                ('left_out', models.PositiveIntegerField()),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='read_pages', to='dataspace.harvestsource')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('source', 'number'), name='a_page_is_read_once')],
            },
        ),
        migrations.CreateModel(
            name='FoundDataset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=300)),
                ('title', models.CharField(max_length=300)),
                ('text', models.TextField(blank=True, max_length=4000)),
                ('language', models.CharField(blank=True, max_length=12)),
                ('publisher', models.CharField(blank=True, max_length=200)),
                ('theme', models.CharField(blank=True, choices=[('AGRI', 'Farming, fishing, forests and food'), ('ECON', 'Economy and money'), ('EDUC', 'Education, culture and sport'), ('ENER', 'Energy'), ('ENVI', 'Environment'), ('GOVE', 'Government and public services'), ('HEAL', 'Health'), ('INTR', 'International matters'), ('JUST', 'Justice and safety'), ('REGI', 'Regions and cities'), ('SOCI', 'Population and society'), ('TECH', 'Science and technology'), ('TRAN', 'Transport')], max_length=4)),
                ('keywords', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ('licence', models.CharField(blank=True, max_length=500)),
                ('landing_page', models.CharField(blank=True, max_length=500)),
                ('lives_at', models.CharField(blank=True, max_length=500)),
                ('record', models.JSONField(blank=True, default=dict)),
                ('digest', models.CharField(max_length=32)),
                ('found_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('gone_at', models.DateTimeField(blank=True, null=True)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='found', to='dataspace.harvestsource')),
            ],
            options={
                'ordering': ['title', 'id'],
                'constraints': [models.UniqueConstraint(fields=('source', 'key'), name='found_once_in_a_source')],
            },
        ),
        migrations.AddConstraint(
            model_name='negotiation',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'provider'), models.Q(('provider_pid', ''), _negated=True)), fields=('provider_pid',), name='negotiation_provider_own_pid'),
        ),
        migrations.AddConstraint(
            model_name='negotiation',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'provider'), models.Q(('consumer_pid', ''), _negated=True)), fields=('consumer_pid', 'connector', 'partner_id'), name='negotiation_provider_other_pid'),
        ),
        migrations.AddConstraint(
            model_name='negotiation',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'consumer'), models.Q(('consumer_pid', ''), _negated=True)), fields=('consumer_pid',), name='negotiation_consumer_own_pid'),
        ),
        migrations.AddConstraint(
            model_name='negotiation',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'consumer'), models.Q(('provider_pid', ''), _negated=True)), fields=('provider_pid', 'connector', 'partner_id'), name='negotiation_consumer_other_pid'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(fields=('connector', 'role', 'key'), name='an_agreement_is_kept_once'),
        ),
        migrations.AddConstraint(
            model_name='harvestsource',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('connector', None), ('kind', 'dcat'), ('partner', None), models.Q(('address', ''), _negated=True)), models.Q(('address', ''), ('connector__isnull', False), ('kind', 'dsp'), ('partner__isnull', False)), _connector='OR'), name='a_source_says_where_it_is'),
        ),
        migrations.AddConstraint(
            model_name='harvestsource',
            constraint=models.UniqueConstraint(condition=models.Q(('address', ''), _negated=True), fields=('address',), name='a_feed_is_read_once'),
        ),
        migrations.AddConstraint(
            model_name='harvestsource',
            constraint=models.UniqueConstraint(condition=models.Q(('partner__isnull', False)), fields=('partner',), name='a_partner_is_read_once'),
        ),
        migrations.AddIndex(
            model_name='policydecision',
            index=models.Index(fields=['connector', '-at'], name='decision_newest'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'provider'), models.Q(('provider_pid', ''), _negated=True)), fields=('provider_pid',), name='transfer_provider_own_pid'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'provider'), models.Q(('consumer_pid', ''), _negated=True)), fields=('consumer_pid', 'connector', 'partner_id'), name='transfer_provider_other_pid'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'consumer'), models.Q(('consumer_pid', ''), _negated=True)), fields=('consumer_pid',), name='transfer_consumer_own_pid'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'consumer'), models.Q(('provider_pid', ''), _negated=True)), fields=('provider_pid', 'connector', 'partner_id'), name='transfer_consumer_other_pid'),
        ),
        migrations.AddConstraint(
            model_name='protocolexchange',
            constraint=models.CheckConstraint(condition=models.Q(('negotiation__isnull', True), ('transfer__isnull', True), _connector='XOR'), name='an_exchange_is_of_one_process'),
        ),
    ]
