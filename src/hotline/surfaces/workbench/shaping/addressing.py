"""称呼成形: how a letter addresses whoever brought the matter. A name stands on a page or a paper only after a reveal that
left its line; in a letter of somebody who reported in confidence, asked to be kept secret or gave no name, never."""

from __future__ import annotations

from hotline.casework.dossier import MatterDossier
from hotline.casework.people import FORGOTTEN, Revealed
from hotline.rules.book import Rulebook
from hotline.rules.callers import ANONYMOUS, ENTERPRISE

CITIZEN, MASK, TO_WRITE = "市民", "＊＊＊", "　　　　　"
ANY_SEX = "先生（女士）"  # which of them nobody records
# A name may have been given with what one says to them, which then stands as it was given.
GIVEN = ("先生", "女士", "小姐", "阿姨", "叔叔", "大爷", "大妈", "大娘", "奶奶", "爷爷", "师傅", "老师", "同志", "医生", "老板")


def nameless(book: Rulebook, dossier: MatterDossier) -> str:
    """What stands for a name that is not to be written or that nobody knows; empty where there is one to be written."""
    matter, citizen = dossier.matter, dossier.citizen()
    kind = book.kind(matter.kind)
    if kind.confidential:
        return f"{kind.term}人"
    known = citizen is not None and citizen.sort != ANONYMOUS and citizen.name_sealed is not None
    return "" if known and not matter.secrecy else CITIZEN


def greeting(book: Rulebook, dossier: MatterDossier, shown: Revealed | None, unseen: str = MASK) -> str:
    """To whom a letter is written, with the name where it was revealed, else with `unseen` in its place."""
    if told := nameless(book, dossier):
        return f"尊敬的{told}"
    name = shown.name if shown else unseen
    citizen = dossier.citizen()
    if name in ("", FORGOTTEN):
        return f"尊敬的{CITIZEN}"
    whole = name.endswith(GIVEN) or (citizen is not None and citizen.sort == ENTERPRISE)
    return f"尊敬的{name}" + ("" if whole else ANY_SEX)
