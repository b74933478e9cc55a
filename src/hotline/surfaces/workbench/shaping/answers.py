"""答复函成形: what the citizen is told, as a letter on paper."""

from __future__ import annotations

from datetime import datetime

from hotline.casework import answered
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import PaperDocument
from hotline.network import desks as network
from hotline.procedure.card import LINES
from hotline.rules.book import Rulebook
from hotline.surfaces.ui import said
from hotline.surfaces.ui import shapes as s

TERM = "答复函"


def answer_of(dossier: MatterDossier) -> str:
    """What the citizen is told in the end: the approved letter's answer, else what was said at once."""
    return dossier.body(answered.text_id(dossier))


def _rests_on(dossier: MatterDossier) -> str:
    """The policy that an answer at once rests on; a unit's answer says its own."""
    line = next((one for one in reversed(dossier.lines) if one.kind == "answered_at_once"), None)
    if line is None or dossier.lead() is not None:
        return ""
    at = LINES[line.kind].ledger.facts.index("policy_id")
    return dossier.body(line.read().facts[at])


def answer_letter(
    book: Rulebook, dossier: MatterDossier, paper: PaperDocument | None, now: datetime, to: str
) -> s.PrintedLetter:
    """The answer as a letter of the hotline's own, by the paper that was sent, else with its number left to be
    written."""
    matter, text, lead = dossier.matter, answer_of(dossier), dossier.lead()
    at = (paper.at if paper else now).astimezone(book.tz)
    begins = (f"您{said.day(matter.registered_at.astimezone(book.tz).date(), at.date())}反映的"
              f"“{dossier.body(matter.gist_id)}”收悉。现答复如下：")  # fmt: skip
    number = dossier.body(paper.number_id) if paper and paper.number_id else f"　　　〔{at:%Y}〕　　号"
    rests_on = _rests_on(dossier)
    why = (s.LetterText("", f"依据：{rests_on}"),) if rests_on else ()
    by = (s.Fact("办理单位", network.name(lead.unit_id)),) if lead else ()
    return s.PrintedLetter(
        f"{book.city}{book.provision('service').values['number']}热线", f"关于 {matter.number} 号诉求事项的答复", to,
        (s.LetterText("", begins), s.LetterText("", text), *why), by, (), f"{at:%Y年%-m月%-d日}", "", number, True,
    )  # fmt: skip
