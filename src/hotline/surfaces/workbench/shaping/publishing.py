"""公开成形: the text for everybody, and what the timeline says of it and of what is kept from the site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hotline.casework import publishing as facts
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Publication
from hotline.rules import publication
from hotline.rules.book import Rulebook
from hotline.surfaces.clauses import link
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Fact, FactGroup

SAID: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "publication_prepared": lambda f: "拟公开稿，等另一人公开",
    "published": lambda f: "在网上公开",
    "publication_rejected": lambda f: "不用公开稿" + ("，这件事不在网上公开" if f["bar"] else ""),
    "publication_withdrawn": lambda f: "撤下公开",
    "publication_retracted": lambda f: "公开的文本撤下" if f["was_public"] else "公开稿作废",
    "destruction_proposed": lambda f: "保管期满，提请销毁个人信息",
    "destruction_agreed": lambda f: "同意销毁个人信息，等另一人批准",
    "destruction_approved": lambda f: "批准销毁个人信息",
    "kept_longer": lambda f: "继续保管个人信息",
    "personal_data_destroyed": lambda f: "保管期满，个人信息已销毁" + ("，密钥已销毁" if f["key_destroyed"] else ""),
    "withholding_asked": lambda f: "申请不公开",
    "withholding_approved": lambda f: "同意不公开，不在网上公开和答复",
    "withholding_refused": lambda f: "不同意不公开",
    "withholding_withdrawn": lambda f: "撤回不公开申请",
}
LABELLED = {"publication_prepared": (("title_id", "标题："), ("question_id", "问："), ("answer_id", "答："))}


def publication_groups(book: Rulebook, dossier: MatterDossier) -> tuple[FactGroup, ...]:
    """Whether everybody can read of it, since when, or why not for good; nothing where nobody thought of it yet."""
    stands, waits = facts.standing(dossier), facts.waiting(dossier)
    clause = link(book.provision("publish_when").clause)
    rows = [Fact("公开", dossier.body(one.title_id), what, clause) for one, what in (
        (stands, f"{said.instant(stands.published_at, book.tz)} 公开" if stands and stands.published_at else ""),
        (waits, "等另一人公开")) if one]  # fmt: skip
    barred = next((one.bar for one in dossier.all(Publication) if one.bar), "")
    if barred:
        never = link(book.provision("publish_never").clause)
        rows.append(Fact("公开", "不在网上公开", publication.bars(book).get(barred, barred), never))
    return (FactGroup("网上公开", tuple(rows)),) if rows else ()
