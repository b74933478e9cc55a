"""Orders and texts are keyed by their matter and their own number, and whatever names one does so within the matter: by
a foreign key of both columns for orders (Django has none, so this is its one place), by nothing for texts, as before.
Two promises fall that name no matter: that a number stands once (a day's serial is given out once; `verify` looks) and
that a contact's citizen is there (nobody ever deletes one). What is destroyed is noted with its matter."""

import django.db.models.deletion
from django.db import migrations, models

TEXTS = {  # by model: those that must be there, those that need not
    "matter": ("gist words", "urgent_reason told first_words"), "contact": ("record", "first_record words"),
    "returnrequest": ("reason basis", "because"), "extension": ("reason", "because explanation"),
    "designation": ("opinion", "document because"), "supervision": ("demand", "answer"),
    "proposal": ("reason", "because"), "abusemark": ("", "lift_reason"), "mark": ("", "lift_reason"),
    "attempt": ("note", ""), "letter": ("reply answer publishable signature notes contact_summary", ""),
    "inquiry": ("who finding", ""), "revisit": ("", "opinion"), "submission": ("opinion", "words report"),
    "source": ("number", "feedback"), "handover": ("", "taken_by their_number words"),
    "urgentreport": ("taken_by words", ""), "paperdocument": ("party", "number words"),
    "withholding": ("reason", "because"), "publication": ("title question answer", "because"),
}  # fmt: skip
# Which of them name an order, and whether they need not; in the order in which a dossier is read.
ORDERS = {
    "mark": False, "attempt": True, "letter": False, "returnrequest": False, "extension": False, "designation": True,
    "supervision": False, "attachment": True, "paperdocument": True, "withholding": False, "inquiry": False,
}  # fmt: skip
REFERS = [f"casework_{model}" for model in ORDERS]

# Tried again and again for an instant each, and let go in between: whoever is at work holds some of these tables and
# wants others, and neither is to wait for the other until the database ends one of them.
LOCK = f"""
DO $$ DECLARE tries int := 0;
BEGIN
    LOOP
        BEGIN
            SET LOCAL lock_timeout = '300ms';
            LOCK TABLE casework_matter, casework_contact, casework_citizen, casework_text, casework_order,
                {", ".join(REFERS)} IN ACCESS EXCLUSIVE MODE;
            EXIT;
        EXCEPTION WHEN lock_not_available THEN
            tries := tries + 1;
            IF tries = 40 THEN RAISE; END IF;
            PERFORM pg_sleep(0.05 + random() / 10);
        END;
    END LOOP;
END $$
"""
FALL = """
DO $$ DECLARE c record;
BEGIN
    FOR c IN SELECT conrelid::regclass AS of, conname FROM pg_constraint WHERE contype = 'f' AND (
        confrelid = 'casework_order'::regclass
        OR (conrelid = 'casework_contact'::regclass AND confrelid = 'casework_citizen'::regclass)
    ) LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.of, c.conname);
    END LOOP;
END $$
"""
KEY = "ALTER TABLE {0} DROP CONSTRAINT {0}_pkey, ADD CONSTRAINT {0}_pkey PRIMARY KEY USING INDEX {0}_key"
REFER = """
ALTER TABLE {0} ADD CONSTRAINT {0}_order FOREIGN KEY (matter_id, order_id) REFERENCES casework_order (matter_id, id)
DEFERRABLE INITIALLY DEFERRED NOT VALID
"""
NOTED = """
CREATE OR REPLACE TRIGGER destroyed AFTER UPDATE OF body, salt ON casework_text FOR EACH ROW
    WHEN (OLD.salt IS DISTINCT FROM NEW.salt) EXECUTE FUNCTION procedure_note_destruction('body', 'salt', 'matter_id');
CREATE OR REPLACE TRIGGER destroyed AFTER UPDATE OF forgotten_at ON casework_contact FOR EACH ROW
    WHEN (OLD.forgotten_at IS NULL AND NEW.forgotten_at IS NOT NULL)
    EXECUTE FUNCTION procedure_note_destruction('forgotten_at', 'matter_id');
"""


def numbers_for_relations():
    """The state alone: the columns stay what they are."""
    for model, (needed, free) in TEXTS.items():
        for name, null in [(n, False) for n in needed.split()] + [(n, True) for n in free.split()]:
            yield migrations.RemoveField(model, name)
            yield migrations.AddField(model, f"{name}_id", models.BigIntegerField("文字", null=null), False)
    yield migrations.RemoveConstraint("mark", "mark_once")
    for model, null in ORDERS.items():
        yield migrations.RemoveField(model, "order")
        yield migrations.AddField(model, "order_id", models.BigIntegerField("工单", null=null), False)
    once = models.UniqueConstraint(fields=["matter", "order_id", "unit", "cause", "round"], name="mark_once")
    yield migrations.AddConstraint("mark", once)


def keyed(model, **how):
    key = models.CompositePrimaryKey("matter_id", "id", blank=True, editable=False, primary_key=True, serialize=False)
    matter = models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.PROTECT, to="casework.matter", **how)  # fmt: skip
    return [
        migrations.AlterField(model, "id", models.BigIntegerField()),
        migrations.AddField(model, "pk", key),
        migrations.AlterField(model, "matter", matter),
    ]


class AtOnce(migrations.SeparateDatabaseAndState):
    """The models are made anew once, after all the changes, where they would be after each: ten seconds of nothing."""

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
        super().state_forwards(app_label, state)


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0027_keys_beside'),
        ('procedure', '0008_destroyed'),
    ]

    operations = [
        AtOnce(
            database_operations=[migrations.RunSQL([
                LOCK, FALL, KEY.format("casework_text"), KEY.format("casework_order"),
                *(REFER.format(table) for table in REFERS),
                "ALTER TABLE casework_matter DROP CONSTRAINT matter_number",
            ]), migrations.RunSQL(NOTED)],
            state_operations=[
                *numbers_for_relations(),
                *keyed("text", db_constraint=False, related_name="texts"),
                *keyed("order", related_name="orders"),
                migrations.AlterField("contact", "citizen", models.ForeignKey(
                    db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, to="casework.citizen",
                )),
                migrations.RemoveConstraint("matter", "matter_number"),
            ],
        ),
    ]  # fmt: skip
