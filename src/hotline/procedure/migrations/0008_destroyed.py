"""What was destroyed for good is noted where a restore finds it: by a trigger, whoever destroys it."""

import django.db.models.functions.datetime
from django.db import migrations, models

# One destruction at a time, so that numbers become visible in their order and whoever copies them out misses none.
NOTED = """
CREATE FUNCTION procedure_note_destruction() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    left_over jsonb := '{}';
BEGIN
    PERFORM pg_advisory_xact_lock(56919);
    IF TG_OP = 'UPDATE' THEN
        SELECT coalesce(jsonb_object_agg(e.key, e.value), '{}') INTO left_over
        FROM jsonb_each(to_jsonb(NEW)) e WHERE e.key = ANY (TG_ARGV);
    END IF;
    INSERT INTO procedure_destroyed (table_name, row_id, kept) VALUES (TG_TABLE_NAME, OLD.id, left_over);
    RETURN NULL;
END $$;
CREATE TRIGGER destroyed AFTER DELETE ON procedure_personkey
    FOR EACH ROW EXECUTE FUNCTION procedure_note_destruction();
CREATE TRIGGER append_only BEFORE TRUNCATE ON procedure_personkey
    FOR EACH STATEMENT EXECUTE FUNCTION procedure_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON procedure_destroyed
    FOR EACH STATEMENT EXECUTE FUNCTION procedure_append_only();
ALTER TABLE procedure_destroyed ALTER COLUMN at SET DEFAULT clock_timestamp();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('procedure', '0007_settled_calendars'),
    ]

    operations = [
        migrations.CreateModel(
            name='Destroyed',
            fields=[
                ('number', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='时刻')),
                ('table_name', models.TextField(verbose_name='表')),
                ('row_id', models.BigIntegerField(verbose_name='行')),
                ('kept', models.JSONField(default=dict, verbose_name='留下的')),
            ],
        ),
        migrations.RunSQL(NOTED),
    ]
