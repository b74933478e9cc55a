"""By what a city's keys are known again: written at the birth, never changed afterwards."""

from django.db import migrations, models

BORN_ONCE = """
CREATE OR REPLACE FUNCTION procedure_born_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.id, OLD.born, OLD.rulebook, OLD.born_at) IS DISTINCT FROM (NEW.id, NEW.born, NEW.rulebook, NEW.born_at)
        OR (OLD.key_check IS NOT NULL AND NEW.key_check IS DISTINCT FROM OLD.key_check)
    THEN
        RAISE EXCEPTION '建库记录不能更改' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.simulated_now < OLD.simulated_now OR (OLD.simulated_now IS NOT NULL AND NEW.simulated_now IS NULL) THEN
        RAISE EXCEPTION '模拟时钟只能向前' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("procedure", "0003_act_who")]

    operations = [
        migrations.AddField("installation", "key_check", models.BinaryField(null=True, verbose_name="密钥核对值")),
        migrations.RunSQL(BORN_ONCE),
    ]
