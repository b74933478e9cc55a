"""Texts stand by their matter: what a text is, is a word of the database's own type; columns by width; found by the
matter alone, since a number that is drawn once needs no index to stand once (docs/adr/0032). The table is made anew,
every text carried over, a matter's side by side."""

from django.db import migrations, models

WORDS = """
abuse_because abuse_lift_reason abuse_reason acceptance alarm_doing amend_reason answer answered_by asked came_of_it
category citizen_said community contact contact_summary correct_reason demand departs designation_because
designation_document designation_opinion document emergency ending_because ending_reason evaluation evidence
extension_because extension_reason extension_words feedback finding forget_reason gist handed_down_words instruction
join_reason joined_words keep_reason lift_reason material missing notes opinion paper_number paper_party paper_words
place_elsewhere policy praise_words proposed public_answer public_question public_title publication_because
publishable reason recall_because record redo_reason refusal_because refusal_reason relay_words repeat reply rest
return_basis return_because return_reason review_because review_reason review_remarks ruling_because ruling_document
ruling_words sent_back sent_back_below separate_reason share_words sign_off_remarks signature source_number
submission_because supervision_answer supplement taken_by target_reason their_number told urged urgent_reason who
why_not withdrawal_because withdrawal_reason withhold_reason withhold_refused words
"""
FIELDS = WORDS.split()
# Tried again and again for an instant each, and let go in between: whoever is at work holds one and wants the other.
LOCK = """
DO $$ DECLARE tries int := 0;
BEGIN
    LOOP
        BEGIN
            SET LOCAL lock_timeout = '300ms';
            LOCK TABLE casework_letter, casework_text IN ACCESS EXCLUSIVE MODE;
            EXIT;
        EXCEPTION WHEN lock_not_available THEN
            tries := tries + 1;
            IF tries = 40 THEN RAISE; END IF;
            PERFORM pg_sleep(0.05 + random() / 10);
        END;
    END LOOP;
END $$
"""
AWAY = """
ALTER TABLE casework_text RENAME TO casework_text_old;
DROP INDEX IF EXISTS text_grams
"""
# Fields of versions long gone may stand in old texts: they are words of the type as well, behind those of today.
TYPE = f"""
DO $$ DECLARE words text[] := '{{{",".join(FIELDS)}}}';
BEGIN
    words := words || ARRAY(SELECT DISTINCT field FROM casework_text_old WHERE field <> ALL (words) ORDER BY 1);
    EXECUTE 'CREATE TYPE casework_field AS ENUM (' || (SELECT string_agg(quote_literal(word), ', ' ORDER BY at)
        FROM unnest(words) WITH ORDINALITY w(word, at)) || ')';
END $$
"""
# Whoever still runs the version before says what a text is as text. (A dump of the tables leaves casts behind.)
CAST = "CREATE CAST (text AS casework_field) WITH INOUT AS ASSIGNMENT"
TABLE = """
CREATE TABLE casework_text (
    matter_id bigint NOT NULL, id bigint NOT NULL, field casework_field NOT NULL, salt bytea, body text NOT NULL
)
"""
EARLIER = """
CREATE TABLE casework_text (
    id bigint NOT NULL, field text NOT NULL, body text NOT NULL, salt bytea, matter_id bigint NOT NULL
)
"""
CARRIED = """
INSERT INTO casework_text (matter_id, id, field, salt, body)
SELECT matter_id, id, field::text::{}, salt, body FROM casework_text_old ORDER BY matter_id, id
"""
# What the application may do with the table, it may do with the new one from its first instant on.
GRANTS = """
DO $$ DECLARE its record;
BEGIN
    FOR its IN SELECT a.privilege_type AS what,
            CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END AS whom
        FROM pg_class c, aclexplode(c.relacl) a
        WHERE c.oid = 'casework_text_old'::regclass AND a.grantee <> c.relowner LOOP
        EXECUTE format('GRANT %s ON casework_text TO %s', its.what, its.whom);
    END LOOP;
END $$
"""
NOTED = """
CREATE TRIGGER destroyed AFTER UPDATE OF body, salt ON casework_text FOR EACH ROW
    WHEN (OLD.salt IS DISTINCT FROM NEW.salt) EXECUTE FUNCTION procedure_note_destruction('body', 'salt', 'matter_id')
"""
FOUND = "CREATE INDEX text_of_matter ON casework_text (matter_id) WITH (fillfactor = 100)"
KEY = "ALTER TABLE casework_text ADD CONSTRAINT casework_text_pkey PRIMARY KEY (matter_id, id) WITH (fillfactor = 100)"
GRAMS = """
CREATE INDEX text_grams ON casework_text USING gin (casework_grams(body))
    WHERE field IN ('gist', 'words', 'supplement', 'repeat', 'reply', 'answer')
"""
MEMORY = "SET LOCAL maintenance_work_mem = '256MB'"
GONE = "DROP TABLE casework_text_old"
FORTH = [LOCK, AWAY, TYPE, CAST, TABLE, CARRIED.format("casework_field"), GRANTS, GONE, NOTED, MEMORY, FOUND, GRAMS,
         "ANALYZE casework_text"]  # fmt: skip
# A letter's signature and what was said with the citizen stand in one text with its notes; those of before stay.
LOOSE = [f"ALTER TABLE casework_letter ALTER COLUMN {name} DROP NOT NULL"
         for name in ("signature_id", "contact_summary_id")]  # fmt: skip
BACK = [LOCK, AWAY, EARLIER, CARRIED.format("text"), GRANTS, GONE, "DROP CAST (text AS casework_field)",
        "DROP TYPE casework_field", NOTED, MEMORY, KEY, GRAMS, "ANALYZE casework_text"]  # fmt: skip


class Migration(migrations.Migration):

    dependencies = [
        ("casework", "0046_of_area"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL([*FORTH, *LOOSE], BACK)],
            state_operations=[
                migrations.AddIndex("text", models.Index(fields=["matter"], name="text_of_matter")),
                *(migrations.AlterField("letter", name, models.BigIntegerField("文字", null=True))
                  for name in ("signature_id", "contact_summary_id")),
            ],
        ),
    ]  # fmt: skip
