"""What stands in the network at any instant has a stamp of its own, so that whoever remembers something of it can ask
whether it still holds (`surfaces/sessions.py`). It is drawn anew at the end of each transaction that changed units,
people, posts or acting-for, by whatever way: at the end, so that two such transactions wait for each other only when
neither wants another lock. Drawn by lot, so that a copy of the database never bears the stamp of another."""

from django.db import migrations

MOVED = """
CREATE TABLE network_moved (one boolean PRIMARY KEY DEFAULT true CHECK (one), stamp uuid NOT NULL);
INSERT INTO network_moved (stamp) VALUES (gen_random_uuid());
CREATE FUNCTION network_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE network_moved SET stamp = gen_random_uuid() WHERE xmin <> pg_current_xact_id()::xid;
    RETURN NULL;
END $$;
"""
EACH = """
CREATE CONSTRAINT TRIGGER moves AFTER INSERT OR UPDATE OR DELETE ON {} DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION network_moves();
"""
TABLES = ("network_unit", "network_person", "network_post", "network_acting")


class Migration(migrations.Migration):
    dependencies = [("network", "0002_acting_and_duty")]

    operations = [migrations.RunSQL(sql) for sql in (MOVED, *(EACH.format(table) for table in TABLES))]
