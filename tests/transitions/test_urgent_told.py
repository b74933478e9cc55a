"""紧要的也发短信: what cannot wait goes by the outbox to the duty telephone of whoever has to act, whether or not anybody
sits at a screen; nothing of it is sent a second time for being shown there too."""

from __future__ import annotations

import pytest

from hotline.casework import messages, messages_of_dates, messages_of_leaders, messages_of_returns
from hotline.procedure.outbox import TEMPLATES
from hotline.rules.book import Rulebook
from support import line
from transitions.test_post_table import MAY, acting, form_for, open_for, ranks_lacking

KNOWN = (messages, messages_of_dates, messages_of_leaders, messages_of_returns)  # each brings its templates
# A new order, what comes back, a card, what is to be decided; cards of dates fall by the clock (tests/jobs/test_clock).
URGENT = {
    "dispatch": ("order_delivered", "unit"), "hand_down": ("order_delivered", "unit"),
    "send_back": ("sent_back", "unit"), "bounce": ("bounced", "unit"), "hand_back_draft": ("draft_handed_back", "unit"),
    "order_redo": ("redo_ordered", "unit"), "submit": ("submitted", "leader"), "urge": ("urged", "unit"),
    "supervise": ("supervised", "unit"), "recall": ("recalled", "unit"), "take_back": ("return_granted", "unit"),
    "refuse_return": ("return_refused", "unit"), "refuse_extension": ("extension_refused", "unit"),
    "give_red_for_false_reply": ("false_reply_red", "unit"),
}  # fmt: skip


@pytest.mark.parametrize("verb", URGENT)
def test_it_goes_out_once(book: Rulebook, verb: str) -> None:
    lacking = ranks_lacking(book)
    role = next(one for one in MAY[verb].split() if (one, verb) not in lacking)
    out = line.act(open_for(book, verb), verb, acting(verb, role), form_for(book, verb, role), line.NOW, book)
    assert [(m.template, m.to_kind) for m in out.messages].count(URGENT[verb]) == 1
    assert TEMPLATES[URGENT[verb][0]].__module__ in {one.__name__ for one in KNOWN}, "there are words for it"
