"""动作成形: what this post may do here, in the order of the line, open or greyed with clause and reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from uuid import uuid4

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Order
from hotline.network import desks as network
from hotline.procedure.engine import Offer
from hotline.procedure.ledger import LineMeta
from hotline.rules.book import Rulebook
from hotline.surfaces.clauses import link
from hotline.surfaces.portions import cut
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import VerbView
from hotline.surfaces.workbench.shaping.timeline import facts_of, read_once

SHOWN = 6
# What one does before what; verbs not named here come after these.
LINE = ("take_alarm", "report_emergency", "accept", "supply_facts", "ask_for_facts", "hand_over", "decline",
        "propose_refusal", "approve_refusal", "reject_refusal", "ask_for_review", "accept_after_all", "uphold_refusal",
        "pass_on_praise", "answer_at_once", "rate_at_once",
        "connect", "dispatch", "dispatch_on_paper", "dispatch_as_instructed", "submit",
        "instruct", "give_back", "dispatch_meanwhile", "designate",
        "take_back", "refuse_return", "agree_to_return", "disagree_with_return", "sign_for",
        "record_contact", "record_investigation", "ask_to_relay",
        "relay", "explain_extension", "agree_to_extension", "accept_extension",
        "accept_from_below", "send_back_below", "take_back_below", "refuse_return_below", "extend_below",
        "refuse_to_extend_below",
        "draft_reply", "answer_citizen", "sign_off", "hand_back_draft", "file", "answer_supervision", "approve",
        "approve_explained",
        "approve_in_part", "approve_withholding", "refuse_to_withhold",
        "send_back", "bounce", "request_extension", "disagree_with_extension", "refuse_extension",
        "confirm_withdrawal", "refuse_to_withdraw", "approve_end", "reject_end",
        "approve_abuse", "reject_abuse",
        "urge", "supervise", "check_on_site",
        "record_repeat", "join_matter", "separate_matter", "change_kind", "amend_record", "add_material",
        "add_evidence", "record_paper_in", "record_paper_out", "report_on_paper", "name_target",
        "add_unit", "record_ruling", "revoke_ruling",
        "redo_after_check", "follow_up",
        "order_redo", "accept_dissatisfaction", "report_to_leader", "feed_back", "withdraw_submission",
        "recognise_emergency", "follow_up_emergency", "record_source", "archive", "publish", "reject_publication",
        "prepare_publication", "withdraw_publication")  # fmt: skip

# What may be done besides; never what is to be pressed now.
BESIDES = ("record_repeat", "join_matter", "separate_matter", "ask_for_facts", "propose_refusal",
           "ask_for_review", "ask_to_withdraw",
           "propose_end", "propose_abuse", "lift_abuse", "amend_record", "recall", "propose_designation",
           "withdraw_designation", "record_ruling", "revoke_ruling",
           "request_return", "withdraw_return", "request_extension", "change_kind",
           "urge", "supervise", "inspect", "send_back", "bounce", "lift_card", "name_target", "add_unit",
           "hand_down", "look_below", "send_back_below", "hand_back_draft", "give_back", "withdraw_submission",
           "apply_to_withhold", "withdraw_application_to_withhold", "hand_over", "recognise_emergency",
           "follow_up_emergency", "record_source", "reject_publication",
           "prepare_publication", "withdraw_publication", "dispatch_on_paper", "record_paper_in", "record_paper_out",
           "report_on_paper", "add_material", "add_evidence", "anonymise",
           "correct_person", "record_investigation", "check_on_site",
           "transfer_elsewhere")  # fmt: skip

ROW, RIM, KEY = 26.4, 2.2, 1.9  # in characters: a row beside a list, and what a button has besides its words
AT_ONCE = ("take_alarm", "report_emergency")  # before everything else: their minutes run


_PLACES = {name: place for place, name in enumerate(LINE)}


def _place(offer: Offer) -> int:
    return _PLACES.get(offer.card.name(), len(LINE))


def _once(offers: Iterable[Offer]) -> list[Offer]:
    """Each verb once on every order on which it is open, or else on the newest order."""
    opened: dict[str, list[Offer]] = {}
    closed: dict[str, Offer] = {}
    for offer in offers:
        if offer.verdict.ok:
            opened.setdefault(offer.card.name(), []).append(offer)
        else:
            closed[offer.card.name()] = offer
    shut = (offer for name, offer in closed.items() if name not in opened)
    return sorted((*(offer for some in opened.values() for offer in some), *shut), key=_place)


def _whose(dossier: MatterDossier, offers: Sequence[Offer]) -> dict[int, str]:
    """Of which unit's order a verb speaks, by its place among the offers, where it is open on several."""
    if len(dossier.orders) < 2:
        return {}
    often = Counter(offer.card for offer in offers)
    return {i: f"（{network.name(offer.subject.unit_id)}）" for i, offer in enumerate(offers)
            if often[offer.card] > 1 and isinstance(offer.subject, Order)}  # fmt: skip


def _unfinished(line: LineMeta) -> bool:
    """Whether what was done must be done again: a letter that lacks something."""
    return line.kind == "reply_drafted" and bool(facts_of(read_once(line))["missing"])


def _next(dossier: MatterDossier, offers: Sequence[Offer]) -> Offer | None:
    """The verb to press now: the first open one of the line not done yet; what only this post does before what many
    do."""
    done = {(line.kind, line.subject_id): not _unfinished(line) for line in dossier.lines}
    of_the_line = (o for o in offers if o.verdict.ok and o.card.name() not in BESIDES)
    waiting = [o for o in of_the_line if not done.get((o.card.ledger.kind, o.subject.id))]
    return min(waiting, key=lambda o: (o.card.name() not in AT_ONCE, len(o.card.by), _place(o)), default=None)


def address(url: str, offer: Offer, desk: str) -> str:
    """Where a verb is performed: which order it is about, and the list one comes from."""
    order = f"order={offer.subject.id}" if isinstance(offer.subject, Order) else ""
    wanted = "&".join(part for part in (order, f"desk={desk}" if desk else "") if part)
    return f"{url}{offer.card.name()}/" + (f"?{wanted}" if wanted else "")


def _until(offer: Offer, book: Rulebook) -> str:
    """Until when an open verb may still be done."""
    return f"可办至 {said.limit(offer.until.at, book.tz)}（{offer.until.clause}）" if offer.until else ""


def _view(offer: Offer, address: str, seq: int, primary: bool, book: Rulebook, whose: str) -> VerbView:
    card, verdict = offer.card, offer.verdict
    if not verdict.ok:  # nothing of this matter is in it but the reason, so that it is drawn once for all
        return VerbView(card.name(), card.term, "", False, card.key, verdict.because, link(verdict.clause))
    at_once = "" if card.form else str(uuid4())
    until = _until(offer, book)
    return VerbView(card.name(), card.term + whose, address, True, card.key, primary=primary, act_id=at_once,
                    seen_seq=seq, until_said=until)  # fmt: skip


def _in_one_row(views: Sequence[VerbView]) -> int:
    """How many stand in one row of the bar beside a list, before the button that opens all of them: by the width of
    their characters, rim, key and gap."""
    widths = accumulate(len(one.term) + RIM + (KEY if one.key else 0) for one in views)
    return min(SHOWN, max(1, sum(width <= ROW for width in widths)))


def verb_views(book: Rulebook, dossier: MatterDossier, offers: Iterable[Offer], url: str, desk: str = "") -> tuple[
        tuple[VerbView, ...], tuple[VerbView, ...]]:  # fmt: skip
    """The verb bar: what is open, then what is closed now, each in the order of the line; and what else there is."""
    ranked = sorted(_once(offers), key=lambda offer: not offer.verdict.ok)
    first = _next(dossier, ranked)
    whose = _whose(dossier, ranked)
    views = [_view(o, address(url, o, desk), dossier.head.seq, o is first, book, whose.get(i, ""))
             for i, o in enumerate(ranked)]  # fmt: skip
    most = _in_one_row(views) if desk else SHOWN
    shown, _rest = cut(views, most)
    return tuple(shown), tuple(views[most:])
