"""对外消息：延期与复查 (messages about dates): extensions, what is looked at again."""

from __future__ import annotations

from hotline.casework.messages import to_citizen, to_first_citizen, to_unit
from hotline.procedure.outbox import worded

# Whose words are all there is to them (`network/wordings.yaml`).
worded(to_first_citizen, "extended", "not_extended", "looked_at_again")
worded(to_citizen, "promise_shifted")
worded(to_unit, "extension_filed", "extension_refused", "extension_lapsed", "extension_void", "called_again")
