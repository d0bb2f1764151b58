"""What participants share of what they know; nobody reviews or uses what they gave themselves."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
import pgvector.django.bit
import uuid
from django.conf import settings
from django.db import migrations, models

from katalysator.core.changes import watched

_NOT_OWN = """
    CREATE FUNCTION knowledge_not_own() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        giver bigint;
    BEGIN
        SELECT organisation_id INTO giver FROM knowledge_knowledgeitem WHERE id = NEW.item_id FOR SHARE;
        IF giver = NEW.organisation_id THEN
            RAISE EXCEPTION 'An organisation neither reviews nor uses what it gave itself.'
                USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_not_own';
        END IF;
        RETURN NEW;
    END $$;
    CREATE FUNCTION knowledge_not_given_to_judges() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (
            SELECT FROM knowledge_knowledgereview
            WHERE item_id = NEW.id AND organisation_id = NEW.organisation_id
            UNION ALL
            SELECT FROM knowledge_knowledgeuse
            WHERE item_id = NEW.id AND organisation_id = NEW.organisation_id
        ) THEN
            RAISE EXCEPTION 'An organisation neither reviews nor uses what it gave itself.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'knowledge_knowledgeitem_not_own';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER knowledge_review_not_own BEFORE INSERT OR UPDATE OF item_id, organisation_id
        ON knowledge_knowledgereview FOR EACH ROW EXECUTE FUNCTION knowledge_not_own();
    CREATE TRIGGER knowledge_use_not_own BEFORE INSERT OR UPDATE OF item_id, organisation_id
        ON knowledge_knowledgeuse FOR EACH ROW EXECUTE FUNCTION knowledge_not_own();
    CREATE TRIGGER knowledge_item_not_own BEFORE UPDATE OF organisation_id
        ON knowledge_knowledgeitem FOR EACH ROW EXECUTE FUNCTION knowledge_not_given_to_judges();
"""
_FORGOTTEN = """
    DROP FUNCTION knowledge_not_own(), knowledge_not_given_to_judges() CASCADE;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('coalition', '0001_initial'),
        ('readings', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='KnowledgeItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meant', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, editable=False, size=None)),
                ('signs', pgvector.django.bit.BitField(editable=False, length=512, null=True)),
                ('kind', models.CharField(choices=[('practice', 'Best practice'), ('lesson', 'Lesson learned'), ('publication', 'Publication'), ('tool', 'Tool'), ('framework', 'Framework or guideline'), ('course', 'Teaching material'), ('answer', 'Answer to a question')], max_length=12)),
                ('is_author_named', models.BooleanField(default=False)),
                ('language', models.CharField(choices=[('nl', 'Nederlands'), ('en', 'English')], max_length=2)),
                ('title', models.CharField(max_length=160)),
                ('text', models.TextField(blank=True, max_length=20000)),
                ('areas', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None)),
                ('blocks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('talent', 'Talent'), ('research', 'Research'), ('data', 'Data'), ('trust', 'Trust'), ('growth', 'Growth')], max_length=10), blank=True, default=list, size=None)),
                ('stage', models.CharField(blank=True, choices=[('idea', 'Idea'), ('experiment', 'Experiment'), ('pilot', 'Pilot'), ('use', 'In use')], max_length=10)),
                ('link', models.URLField(blank=True, max_length=500)),
                ('licence', models.CharField(blank=True, choices=[('CC0-1.0', 'Free for everything (CC0)'), ('CC-BY-4.0', 'Free with our name (CC BY)'), ('CC-BY-SA-4.0', 'Free with our name, under the same licence (CC BY-SA)'), ('CC-BY-NC-4.0', 'Free with our name, not to earn money with (CC BY-NC)'), ('EUPL-1.2', 'Open-source software (EUPL)'), ('Apache-2.0', 'Open-source software (Apache)'), ('MIT', 'Open-source software (MIT)'), ('reserved', 'All rights reserved: read only')], max_length=12)),
                ('identifier', models.CharField(blank=True, max_length=170)),
                ('visibility', models.CharField(choices=[('everyone', 'Everyone'), ('participants', 'Participants of the coalition')], default='everyone', max_length=12)),
                ('state', models.CharField(default='draft', max_length=10)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', 'text', config='dutch'), '||', django.contrib.postgres.search.SearchVector('title', 'text', config='english'), django.contrib.postgres.search.SearchConfig('dutch')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='knowledge', to='coalition.organisation')),
                ('reading', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='readings.reading')),
            ],
            options={
                'indexes': [models.Index(models.OrderBy(models.F('published_at'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='knowledge_newest'), models.Index(condition=models.Q(('state', 'published')), fields=['confirmed_at'], name='knowledge_ageing'), models.Index(fields=['state', 'visibility', 'organisation', 'id'], include=('signs',), name='knowledge_scan'), django.contrib.postgres.indexes.GinIndex(fields=['meant'], name='knowledge_meant'), django.contrib.postgres.indexes.GinIndex(fields=['search'], name='knowledge_search')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('published', 'outdated')), _negated=True), models.Q(models.Q(('text', ''), _negated=True), ('confirmed_at__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='knowledge_shown_is_finished'), models.CheckConstraint(condition=models.Q(('identifier', ''), ('identifier__regex', '^(doi:10\\.|arxiv:|isbn:97[89])'), _connector='OR'), name='knowledge_identifier_known')],
            },
        ),
        migrations.CreateModel(
            name='KnowledgeFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meant', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, editable=False, size=None)),
                ('signs', pgvector.django.bit.BitField(editable=False, length=512, null=True)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('kind', models.CharField(choices=[('pdf', 'PDF'), ('png', 'PNG'), ('jpg', 'JPEG'), ('docx', 'Word'), ('xlsx', 'Excel'), ('pptx', 'PowerPoint'), ('odt', 'OpenDocument'), ('csv', 'CSV'), ('txt', 'Text'), ('md', 'Markdown')], max_length=4)),
                ('size', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('text', models.TextField(editable=False, null=True)),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='knowledge.knowledgeitem')),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector(models.Func('name', models.Value('._-'), models.Value('   '), function='translate', output_field=models.TextField()), 'text', config='dutch'), '||', django.contrib.postgres.search.SearchVector(models.Func('name', models.Value('._-'), models.Value('   '), function='translate', output_field=models.TextField()), 'text', config='english'), django.contrib.postgres.search.SearchConfig('dutch')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('reading', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='readings.reading')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['meant'], name='knowledge_file_meant'), django.contrib.postgres.indexes.GinIndex(fields=['search'], name='knowledge_file_search')],
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('item', 'name'), name='one_knowledge_file_of_a_name'), models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='knowledge_file_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='KnowledgeReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='asked', max_length=10)),
                ('verdict', models.CharField(blank=True, choices=[('good', 'Good: others can use this'), ('improve', 'Useful, but something must be improved first'), ('doubt', 'We doubt that this is right')], max_length=10)),
                ('remark', models.TextField(blank=True, max_length=2000)),
                ('moved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='knowledge.knowledgeitem')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='knowledge_reviews', to='coalition.organisation')),
            ],
            options={
                'ordering': ['-moved_at', '-id'],
                'constraints': [models.UniqueConstraint(fields=('item', 'organisation'), name='one_knowledge_review_each'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'given'), models.Q(('verdict', ''), _negated=True)), models.Q(models.Q(('state', 'given'), _negated=True), ('verdict', '')), _connector='OR'), name='knowledge_review_says_what')],
            },
        ),
        migrations.CreateModel(
            name='KnowledgeUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=300)),
                ('said_at', models.DateTimeField(auto_now_add=True)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='knowledge.knowledgeitem')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='knowledge_uses', to='coalition.organisation')),
            ],
            options={
                'ordering': ['-said_at', '-id'],
                'constraints': [models.UniqueConstraint(fields=('item', 'organisation'), name='one_knowledge_use_each')],
            },
        ),
        migrations.RunSQL(_NOT_OWN, _FORGOTTEN),
        migrations.CreateModel(
            name='KnowledgeKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=80)),
                ('key', models.CharField(max_length=80)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheet_keys', to='knowledge.knowledgeitem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'key'), name='knowledge_key_once')],
            },
        ),
        watched('knowledge_knowledgeitem', by='kind'),
        watched('knowledge_knowledgefile', by='kind'),
    ]
