"""写进答复 (inserting): entries beside a form that answers; one is put into it with its words, its source and its number;
and the other way round, an answer begins the form of a new entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from hotline.casework import answered
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Text
from hotline.knowledge import desks
from hotline.knowledge.cited import said_numbers
from hotline.knowledge.desks import Listed
from hotline.knowledge.records import Citation
from hotline.procedure.card import Card
from hotline.rules import knowledge
from hotline.surfaces import frame
from hotline.surfaces.ui.shapes import EntryBeside, Fact, FormView
from hotline.surfaces.workbench.guarding import StaffRequest
from hotline.surfaces.workbench.knowing.opening import PROPOSE, entry_url
from hotline.surfaces.workbench.shaping.knowledge import cited, ends_soon

CITES, FIND, FROM = "cites", "find", "from_matter"
KEYS = "56"
LONGEST = 80
INSERTED = "您选的词条 {} 已写在下面，答的是不是这一问，看过再答复"


def found(request: StaffRequest, typed: str, words: str) -> list[Listed]:
    """What is in force about what was typed into the box, or else about what is written already."""
    return desks.likest(request.visitor.actor, typed[:LONGEST] or words, frame.now())


def beside(entries: list[Listed], url: str = "", kept: Mapping[str, str] | None = None) -> tuple[EntryBeside, ...]:
    """Entries as they stand beside a form; `url`: where the form begins anew with one of them."""

    def view(at: int, one: Listed) -> EntryBeside:
        to = f"{url}?{urlencode({**(kept or {}), CITES: one.number})}" if url else ""
        return EntryBeside(one.number, cited(one.number, one.version), one.title, one.body, entry_url(one.number),
                           policy_of(one), to, KEYS[at] if at < len(KEYS) else "",
                           ends_soon(frame.book(), one.valid_until, frame.now()))  # fmt: skip

    return tuple(view(at, one) for at, one in enumerate(entries))


def policy_of(one: Listed) -> str:
    """What an answer rests on: source and document."""
    return " ".join(filter(None, (one.source, one.document)))


def in_force(request: StaffRequest, number: str) -> Listed | None:
    """One entry that may be answered now."""
    return desks.in_force(request.visitor.actor, number[:LONGEST].upper(), frame.now())


def begun(request: StaffRequest, card: type[Card]) -> dict[str, str]:
    """What a form that answers begins with: the words of the entry that the address names."""
    named = said_numbers(str(request.GET.get(CITES, ""))[:LONGEST])
    asked = {field.name for field in card.fields(frame.book())}
    if not named or CITES not in asked:
        return {}
    one = in_force(request, named[0])
    if one is None:
        return {}
    return {"answer": one.body, "policy": policy_of(one), CITES: one.number}


def told(form: FormView, asked: Mapping[str, str]) -> FormView:
    """The form that begins with an entry's words says so beside them."""
    if not asked.get(CITES):
        return form
    [number] = [f.value for f in form.fields if f.name == CITES] or [""]
    said = INSERTED.format(number) if number else ""
    return replace(form, fields=tuple(replace(f, hint=said or f.hint) if f.name == "answer" else f
                                      for f in form.fields))  # fmt: skip


def searched(request: StaffRequest, card: type[Card], dossier: MatterDossier) -> tuple[EntryBeside, ...] | None:
    """The entries beside the form of a verb that answers; None beside any other."""
    if CITES not in {field.name for field in card.fields(frame.book())}:
        return None
    matter = dossier.matter
    words = " ".join(dossier.body(text) for text in (matter.gist_id, matter.words_id) if text)
    kept = {name: value for name, value in request.GET.dict().items() if name not in (CITES, FIND)}
    return beside(found(request, str(request.GET.get(FIND, "")), words), request.path, kept)


def from_answer(dossier: MatterDossier) -> dict[str, str]:
    """What the form of a new entry begins with: question, answer and policy of a matter that was answered."""
    policy = next((text.body for text in reversed(dossier.all(Text)) if text.field == "policy"), "")
    if dossier.matter.replied_at is None or dossier.matter.locked:
        return {}
    title, body = dossier.body(dossier.matter.gist_id)[:LONGEST], dossier.body(answered.text_id(dossier))
    return {"title": title, "body": body, "source": policy,
            "category": dossier.matter.category, FROM: dossier.matter.number}  # fmt: skip


def facts(request: StaffRequest, dossier: MatterDossier) -> tuple[Fact, ...]:
    """On the page of a matter: what its answers cite; or that there is no entry yet and one may be proposed."""
    actor, matter = request.visitor.actor, dossier.matter
    if actor.role not in desks.READERS:
        return ()
    if cites := dossier.all(Citation):
        return tuple(Fact("引用词条", cited(one.number, one.version), url=f"{entry_url(one.number)}?v={one.version}")
                     for one in cites)  # fmt: skip
    asks = matter.replied_at is not None and not matter.locked and actor.role in desks.PROPOSERS
    if not asks or matter.kind not in knowledge.proposing_kinds(frame.book_of(dossier)):
        return ()
    if number := desks.taken_from(actor, matter.number):
        return (Fact("知识库", f"已提词条 {number}", url=entry_url(number)),)
    return (Fact("知识库", "还没有词条，用这个答复提一条", url=f"{PROPOSE}?{urlencode({'from': matter.number})}"),)
