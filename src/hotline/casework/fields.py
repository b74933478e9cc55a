"""栏目 (fields): what a free text of a matter may be. The database's type `casework_field` has these words and no others;
one more stands here and in a migration that says `ALTER TYPE casework_field ADD VALUE` (casework 0047, ADR 0032)."""

_WORDS = """
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
FIELDS = frozenset(_WORDS.split())
EARLIER = {"contact_summary", "signature"}  # written by versions before; still read


def insist_on(field: str) -> None:
    """Raises ValueError for a word that the type does not have."""
    if field not in FIELDS:
        raise ValueError(f"no field of texts: {field}")
