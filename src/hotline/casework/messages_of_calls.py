"""来电有关的消息 (messages of calls): that somebody called again, in words."""

from __future__ import annotations

from hotline.casework.messages import to_citizen, to_unit
from hotline.procedure.outbox import worded

# Whose words are all there is to them (`network/wordings.yaml`).
worded(to_unit, "called_meanwhile", "taken_up_again", "taken_in", "separated_off")
worded(to_citizen, "repeat_recorded", "joined", "separated", "answered_with_another", "published")
