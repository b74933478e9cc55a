"""对外成形: where a matter came from and by when the source wants to hear, and the emergency report that is owed."""

from __future__ import annotations

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Handover, Source
from hotline.casework.transitions.passing_on import ELSEWHERE
from hotline.rules import outside
from hotline.rules.book import Rulebook
from hotline.surfaces.clauses import link
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import Fact, FactGroup


def _source(book: Rulebook, dossier: MatterDossier) -> tuple[Fact, ...]:
    """Their number and day beside the statutory one; the earlier binds the office."""
    row, matter = next(iter(dossier.all(Source)), None), dossier.matter
    if row is None:
        return ()
    clause, lead = link(book.provision("sources").clause), dossier.lead()
    statutory = lead.due_at if lead else matter.promised_at
    first = outside.binding(matter.source_due_at, statutory)
    own = matter.source_due_at is not None and first == matter.source_due_at
    sort = book.provision("sources").values["sorts"].get(row.sort, row.sort)
    done = f"{said.instant(row.fed_back_at, book.tz)} 已反馈" if row.fed_back_at else ""
    owed = "办结后须反馈" if matter.feedback_owed_at else ""
    return (Fact("来源", f"{sort} {dossier.body(row.number_id)}", clause=clause),
            Fact("来源的期限", f"{said.limit(matter.source_due_at, book.tz)} 前" if matter.source_due_at else ""),
            Fact("先到的", f"{said.limit(first, book.tz)} 前" if first else "", "来源的期限" if own else "法定期限"),
            Fact("反馈", done or owed))  # fmt: skip


def _emergency(book: Rulebook, dossier: MatterDossier) -> tuple[Fact, ...]:
    """The minutes, and whether the duty room has it."""
    matter, rule = dossier.matter, book.provision("urgent_report")
    if matter.urgent_report_until is None:
        return ()
    done = matter.urgent_reported_at
    until = f"{said.limit(matter.urgent_report_until, book.tz)} 前报"
    return (Fact("紧急信息", rule.values["sorts"].get(matter.urgent_sort, ""), until, link(rule.clause)),
            Fact("报送", f"{said.instant(done, book.tz)} 已报" if done else "还没有报"))  # fmt: skip


def _elsewhere(book: Rulebook, dossier: MatterDossier) -> tuple[Fact, ...]:
    """Where another city has it, and under which number."""
    row = next((one for one in reversed(dossier.all(Handover)) if one.number == ELSEWHERE), None)
    if row is None:
        return ()
    rule, theirs = book.provision("transfer"), dossier.body(row.their_number_id)
    means = rule.values["means"].get(row.means, row.means)
    return (Fact("转外地", dossier.body(row.taken_by_id), means, link(rule.clause)), Fact("那里的编号", theirs))


def outside_groups(book: Rulebook, dossier: MatterDossier) -> tuple[FactGroup, ...]:
    """One group for what is there of it."""
    rows = tuple(row for row in (*_source(book, dossier), *_emergency(book, dossier),
                             *_elsewhere(book, dossier)) if row.said)
    return (FactGroup("来源与报送", rows),) if rows else ()
