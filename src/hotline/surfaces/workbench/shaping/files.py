"""附件成形: the files of a matter as its page lists them, each to be taken away under its own name."""

from __future__ import annotations

from hotline.casework import sharing
from hotline.casework.attachments import keeping, seeing
from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Attachment, Order
from hotline.casework.records.files import FROM_CITIZEN, FROM_OFFICE, FROM_UNIT
from hotline.network import desks as network
from hotline.procedure.actor import Actor
from hotline.rules.book import Rulebook
from hotline.surfaces.receiving import said_size
from hotline.surfaces.ui import said
from hotline.surfaces.ui.shapes import FileView

GIVERS = {FROM_CITIZEN: "诉求人", FROM_OFFICE: "热线办"}
WITHHELD, DESTROYED = "诉求人要求保密，这个附件只有热线办能看", "已随匿名销毁"


def _giver(dossier: MatterDossier, one: Attachment) -> str:
    order = dossier.find(Order, one.order_id)
    return network.name(order.unit_id) if order else GIVERS.get(one.source, "承办单位")


def enclosed(dossier: MatterDossier, order: Order, actor: Actor) -> tuple[str, ...]:
    """What is sent with an order's letter: the files of its unit and of those it handed down to, by their names."""
    orders = {one.id for one in (order, *sharing.below(dossier, order))}
    sent = (one for one in dossier.all(Attachment) if one.order_id in orders and one.source == FROM_UNIT)
    found = [one for one in sent if not seeing.hidden(dossier, one, actor)]
    names = keeping.names(found)
    return tuple(names[one.id] for one in found if one.id in names)


def file_views(book: Rulebook, dossier: MatterDossier, actor: Actor) -> tuple[FileView, ...]:
    """All files in the order in which they came; of one that this post may not have, only that there is one."""
    found = dossier.all(Attachment)
    open_ = [one for one in found if not seeing.hidden(dossier, one, actor)]
    names = keeping.names(open_)

    def view(one: Attachment) -> FileView:
        note = f"{_giver(dossier, one)} · {said.short_instant(one.at, book.tz)}"
        if one not in open_ or one.id not in names:
            return FileView(WITHHELD if one not in open_ else DESTROYED, note)
        url = f"/staff/m/{dossier.matter.number}/file/{one.id}/"
        return FileView(names[one.id], f"{said_size(one.size)} · {note}", url)

    return tuple(view(one) for one in found)
