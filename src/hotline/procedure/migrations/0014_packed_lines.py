"""A line's figures, clauses, facts, hashes and ciphertexts are packed into one value. Each is carried over and its text
held against what it was; one that does not give it back refuses the migration, and nothing has changed."""

from django.db import migrations, models

from hotline.procedure import rewriting

# Whose line it is stands first in what is packed: a number of seven bits a byte, nothing where it is nobody's.
PERSON = """
CREATE FUNCTION procedure_person(rest bytea) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    person bigint := 0;
    bits int := 0;
    byte int;
BEGIN
    LOOP
        byte := get_byte(rest, bits / 7);
        person := person | ((byte & 127)::bigint << bits);
        EXIT WHEN byte < 128;
        bits := bits + 7;
    END LOOP;
    RETURN nullif(person, 0);
END $$
"""
# What it is about: behind the person, the marks (512: for another person, 2: from a post, 1: about something) and these
# two; a distance from the chain's number, twice itself, or twice less one where it is below.
SUBJECT = """
CREATE FUNCTION procedure_subject(chain_id bigint, rest bytea) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    value bigint;
    bits int;
    byte int;
    at int := 0;
    its int := -1;
BEGIN
    FOR place IN 0 .. 4 LOOP
        value := 0;
        bits := 0;
        LOOP
            byte := get_byte(rest, at);
            at := at + 1;
            value := value | ((byte & 127)::bigint << bits);
            EXIT WHEN byte < 128;
            bits := bits + 7;
        END LOOP;
        IF place = 1 THEN
            IF (value & 1) = 0 THEN
                RETURN NULL;
            END IF;
            its := 2 + ((value >> 9) & 1) + ((value >> 1) & 1);
        END IF;
        IF place = its THEN
            RETURN chain_id + CASE WHEN (value & 1) = 0 THEN value >> 1 ELSE -(value >> 1) - 1 END;
        END IF;
    END LOOP;
    RETURN NULL;
END $$
"""
GONE = ("subject_id", "person_id", "for_person_id", "post_id", "unit_id", "kind_of", "due_at", "round", "on_time",
        "vouched", "sealed")  # fmt: skip


def pack(apps, schema_editor):
    schema_editor.connection.ensure_connection()
    rewriting.pack(schema_editor.connection.connection)


class Migration(migrations.Migration):

    dependencies = [
        ("procedure", "0013_filled_keys"),
        ("casework", "0041_handed_back"),  # which reads a line's columns
    ]

    operations = [
        migrations.RunSQL([PERSON, SUBJECT], ["DROP FUNCTION procedure_person", "DROP FUNCTION procedure_subject"]),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(pack)],
            state_operations=[
                *(migrations.RemoveField("ledgerline", name) for name in GONE),
                migrations.AlterField("ledgerline", "rest", models.BinaryField("其余")),
            ],
        ),
    ]  # fmt: skip
