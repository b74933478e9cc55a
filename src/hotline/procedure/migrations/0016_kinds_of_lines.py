"""What sort of line it is, as a type of the database's own that knows every word a line may say: four bytes instead of
twelve, and the columns stand by width as before (ADR 0031, supplement of 2026-11-29). The lines themselves, their text
and their hashes, do not change. A line of a kind that is not listed refuses the migration, and nothing has changed.

This list is frozen. A later verb brings a migration: `ALTER TYPE procedure_linekind ADD VALUE IF NOT EXISTS 'kind'`."""

from django.db import migrations

import hotline.procedure.models
from hotline.procedure import rebuilding, rewriting

KINDS = """
abuse_lifted abuse_marked abuse_proposed abuse_rejected accepted accepted_after_all accepted_from_below
acting_appointed acting_ended alarm_raised alarm_repeated alarm_taken anonymised anonymised_again answered_at_once
answered_in_call answered_jointly approved approved_in_part archived bounced called_again caller_looked_up
caller_sought came_back came_from_leader card_lifted catalogue_entry_added catalogue_entry_changed
catalogue_entry_ended category_added category_renamed category_retired checked_on_site citizen_answered closed
connected contact_recorded dates_shifted decision_late declined deemed_accepted designated designation_late
designation_proposed designation_withdrawn destruction_agreed destruction_approved destruction_proposed dispatch_late
dispatched dispatched_as_instructed dispatched_meanwhile dispatched_on_paper dissatisfaction_accepted
draft_handed_back due_recomputed duty_cancelled duty_phone_tried duty_rostered emergency_followed_up
emergency_recognised emergency_report_late emergency_reported end_approved end_proposed end_rejected entry_confirmed
entry_expired entry_inherited entry_proposed entry_reconfirmed entry_revised entry_sent_back entry_withdrawn
evidence_added explained_approved extension_agreed extension_disagreed extension_explained extension_filed
extension_filed_by_silence extension_lapsed extension_refused extension_requested extension_void factor_enrolled
factor_lifted factor_removed facts_asked facts_supplied false_reply_found false_reply_marked fed_back figures_exported
filed follow_up_reopened followed_up gave_way given_back handed_down handed_over handling_resumed
inner_extension_granted inner_extension_refused inner_late inner_return_granted inner_return_refused inspected
instructed investigation_recorded joined joined_called joined_forgotten joint_answer_held_back kept_longer
kind_changed late_return_recorded leader_reminded left_to_rescue link_noted linked_to_first lock_lifted looked_below
material_added matters_exported message_restored message_reworded message_worded notices_chosen order_ended
order_inherited paper_received paper_sent password_changed password_set person_amended person_corrected
person_exported person_sought personal_data_destroyed post_appointed post_ended praise_passed_on promise_recomputed
publication_prepared publication_rejected publication_retracted publication_withdrawn published rated_at_once recalled
reconfirmation_asked record_amended recovery_code_spent recovery_codes_renewed red_given redo_ordered
redone_after_check refusal_approved refusal_proposed refusal_rejected refusal_upheld registered relay_asked relayed
reminded reopened reopened_at_desk repeat_recorded reply_drafted reported_on_paper reported_to_leader rested_on_ruling
resumed_on_new_facts return_agreed return_decision_late return_disagreed return_granted return_lapsed return_refused
return_requested return_withdrawn revealed review_asked review_late ruled ruling_revoked send_back_marked sent_back
sent_back_below separated separation_noted session_ended sessions_ended settled share_ended share_handed_in
shares_assigned shift_note_confirmed shift_note_written signed_for signed_off source_recorded submission_withdrawn
submitted supervised supervision_answered supervision_late taken_from_ended taken_from_target taken_in taken_over
taken_up_again target_named transferred unit_added unit_amended unit_ended unit_opened urged withdrawal_asked
withdrawal_refused withdrawn withholding_approved withholding_asked withholding_refused withholding_withdrawn
yellow_given
"""
TABLE, TYPE = "procedure_ledgerline", "procedure_linekind"
ORDER = ("chain_id", "at", "recorded_at", "seq", "kind", "chain_kind", "hash", "rest")
BEFORE = ("chain_id", "at", "recorded_at", "seq", "chain_kind", "kind", "hash", "rest")


def enumerate_kinds(apps, schema_editor):
    rewriting.enumerate_kinds(schema_editor.connection, KINDS.split(), ORDER)


def as_text(apps, schema_editor):
    with schema_editor.connection.cursor() as cur:
        rebuilding.rebuild(cur, TABLE, BEFORE, {"kind": "text"})
        cur.execute(f"DROP TYPE {TYPE}")


class Migration(migrations.Migration):

    dependencies = [
        ("procedure", "0015_reading_on"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(enumerate_kinds, as_text)],
            state_operations=[
                migrations.AlterField("ledgerline", "kind", hotline.procedure.models.LineKind("行类")),
            ],
        ),
    ]  # fmt: skip
