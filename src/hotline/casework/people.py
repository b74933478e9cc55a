"""诉求人的个人信息 (people): opened for one page after a reveal, never kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Citizen, PersonKey
from hotline.procedure.secrets import Keys, Unreadable, decrypt, place

FORGOTTEN = "（已匿名）"


class Revealed(NamedTuple):
    """打开的个人信息: what there is of one caller; empty where nothing was given."""

    name: str = ""
    phone: str = ""
    contact: str = ""
    credit_code: str = ""


def _opened(keys: Keys, owner: PersonKey, sealed: bytes | None, field: str) -> str:
    if sealed is None:
        return ""
    try:
        key = keys.unwrap(owner.id, owner.wrapped, owner.master_id)
        return decrypt(key, sealed, place(Citizen.TABLE, owner.id, field)).decode()
    except Unreadable:
        return FORGOTTEN


def opened(keys: Keys, owner: PersonKey, sealed: Iterable[bytes | None]) -> Revealed:
    """What lies under a person's key, field by field."""
    return Revealed(*(_opened(keys, owner, one, name) for one, name in zip(sealed, Revealed._fields, strict=True)))


def revealed_of(dossier: MatterDossier, keys: Keys, citizen_id: int) -> Revealed:
    """What there is of one of the matter's callers; empty where none was given or the key is gone."""
    citizen, key = dossier.find(Citizen, citizen_id), dossier.find(PersonKey, citizen_id)
    if citizen is None or key is None:
        return Revealed()
    return opened(keys, key, [getattr(citizen, f"{name}_sealed") for name in Revealed._fields])


def revealed(dossier: MatterDossier, keys: Keys) -> Revealed:
    """The same of the matter's first caller."""
    citizen = dossier.citizen()
    if citizen is None:
        return Revealed()
    if dossier.find(PersonKey, citizen.id) is None:
        return Revealed(*(FORGOTTEN if getattr(citizen, f"{name}_sealed") else "" for name in Revealed._fields))
    return revealed_of(dossier, keys, citizen.id)
