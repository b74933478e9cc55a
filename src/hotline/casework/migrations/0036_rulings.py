"""What was settled about whose it is, and what was dispatched by it. The order is named within its matter by a foreign
key of both columns (as `casework` 0028), and each row is noted on its chain's head (as 0031)."""

import django.db.models.deletion
from django.db import migrations, models

REFER = """
ALTER TABLE casework_rested ADD CONSTRAINT casework_rested_order FOREIGN KEY (matter_id, order_id)
REFERENCES casework_order (matter_id, id) DEFERRABLE INITIALLY DEFERRED
"""
HELD = "CREATE TRIGGER held AFTER INSERT ON {} FOR EACH ROW EXECUTE FUNCTION casework_note_held('{}')"


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0035_handed_down'),
        ('network', '0003_moved'),
    ]

    operations = [
        migrations.CreateModel(
            name='Rested',
            fields=[
                ('pk', models.CompositePrimaryKey('matter_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('order_id', models.BigIntegerField(verbose_name='工单')),
                ('ruling_id', models.BigIntegerField(verbose_name='裁定')),
                ('other_id', models.BigIntegerField(verbose_name='裁定所在的事项')),
                ('other_number', models.TextField(verbose_name='裁定所在事项的编号')),
                ('at', models.DateTimeField(verbose_name='时刻')),
                ('matter', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='rested', to='casework.matter')),
            ],
            options={
                'indexes': [models.Index(fields=['ruling_id', '-at'], name='rested_on')],
            },
        ),
        migrations.CreateModel(
            name='Ruling',
            fields=[
                ('pk', models.CompositePrimaryKey('matter_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.BigIntegerField()),
                ('sort', models.TextField(verbose_name='怎样定的')),
                ('category', models.TextField(verbose_name='类别')),
                ('area', models.TextField(blank=True, default='', verbose_name='区划代码')),
                ('person_id', models.BigIntegerField(verbose_name='谁记的')),
                ('ruled_at', models.DateTimeField(verbose_name='裁定时刻')),
                ('document_id', models.BigIntegerField(verbose_name='文字')),
                ('words_id', models.BigIntegerField(verbose_name='文字')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='废止时刻')),
                ('because_id', models.BigIntegerField(null=True, verbose_name='文字')),
                ('matter', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='casework.matter')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.unit')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('revoked_at__isnull', True)), fields=['category', '-ruled_at'], name='ruling_by_category'), models.Index(condition=models.Q(('revoked_at__isnull', True)), fields=['-ruled_at'], name='ruling_newest')],
            },
        ),
        migrations.RunSQL([REFER, HELD.format("casework_ruling", 1 << 18), HELD.format("casework_rested", 1 << 19)]),
    ]
