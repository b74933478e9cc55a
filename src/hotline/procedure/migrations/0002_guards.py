"""What Django cannot say: the source of numbers, the refusals of the ledger, how tables are kept."""

from django.db import migrations

IDS = "CREATE SEQUENCE procedure_ids AS bigint INCREMENT 1000 START 1000;"

# A statement trigger refuses even a change that would touch no row; it costs nothing at INSERT.
APPEND_ONLY = """
CREATE FUNCTION procedure_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% 只能追加，不能 %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON procedure_ledgerline
    FOR EACH STATEMENT EXECUTE FUNCTION procedure_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON procedure_seal
    FOR EACH STATEMENT EXECUTE FUNCTION procedure_append_only();
"""

BORN_ONCE = """
CREATE FUNCTION procedure_born_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.id, OLD.born, OLD.rulebook, OLD.born_at) IS DISTINCT FROM (NEW.id, NEW.born, NEW.rulebook, NEW.born_at)
    THEN
        RAISE EXCEPTION '建库记录不能更改' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.simulated_now < OLD.simulated_now OR (OLD.simulated_now IS NOT NULL AND NEW.simulated_now IS NULL) THEN
        RAISE EXCEPTION '模拟时钟只能向前' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER born_once BEFORE UPDATE ON procedure_installation
    FOR EACH ROW EXECUTE FUNCTION procedure_born_once();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON procedure_installation
    FOR EACH STATEMENT EXECUTE FUNCTION procedure_append_only();
ALTER TABLE procedure_installation
    ADD CONSTRAINT only_one CHECK (id = 1),
    ADD CONSTRAINT born_known CHECK (born IN ('real', 'simulated')),
    ADD CONSTRAINT real_time CHECK (born = 'simulated' OR (simulated_now IS NULL AND simulated_set_at IS NULL));
"""

# Heads are updated with every act and must stay on their page; the outbox is a queue, where dead rows cost most.
KEPT = """
ALTER TABLE procedure_ledgerline ALTER COLUMN recorded_at SET DEFAULT clock_timestamp();
ALTER TABLE procedure_chainhead SET (fillfactor = 75, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE procedure_outboxmessage SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200);
"""


class Migration(migrations.Migration):
    dependencies = [("procedure", "0001_initial")]

    operations = [migrations.RunSQL(sql) for sql in (IDS, APPEND_ONLY, BORN_ONCE, KEPT)]
