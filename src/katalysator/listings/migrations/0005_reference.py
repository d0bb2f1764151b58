"""What owners call their listings themselves, and sheets that are kept until they are taken in."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('coalition', '0005_noted'),
        ('listings', '0004_noted'),
        ('readings', '0005_noted'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptSheet',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('need', 'Need'), ('offer', 'Offer')], max_length=5)),
                ('market', models.CharField(max_length=30)),
                ('name', models.CharField(max_length=120)),
                ('content', models.BinaryField()),
                ('columns', models.JSONField(default=dict)),
                ('taken', models.JSONField(null=True)),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddField(
            model_name='listing',
            name='reference',
            field=models.CharField(blank=True, default='', max_length=60),
        ),
        migrations.AddConstraint(
            model_name='listing',
            constraint=models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('organisation', 'kind', 'reference'), name='listing_reference_once'),
        ),
        migrations.AddField(
            model_name='keptsheet',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='coalition.organisation'),
        ),
        migrations.AddField(
            model_name='keptsheet',
            name='person',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
    ]
