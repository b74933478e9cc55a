"""诉求人的个人信息 (people): opened for one page after a reveal, never kept."""

from __future__ import annotations

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Citizen, PersonKey
from hotline.procedure.secrets import Keys, Unreadable, decrypt, place

FORGOTTEN = "（已匿名）"


def _opened(keys: Keys, owner: PersonKey, sealed: bytes | None, field: str) -> str:
    if sealed is None:
        return ""
    try:
        key = keys.unwrap(owner.id, owner.wrapped, owner.master_id)
        return decrypt(key, sealed, place(Citizen.TABLE, owner.id, field)).decode()
    except Unreadable:
        return FORGOTTEN


def revealed_of(dossier: MatterDossier, keys: Keys, citizen_id: int) -> tuple[str, str]:
    """Name and phone of one of the matter's callers; empty where none was given or the key is gone."""
    citizen, key = dossier.find(Citizen, citizen_id), dossier.find(PersonKey, citizen_id)
    if citizen is None or key is None:
        return "", ""
    return _opened(keys, key, citizen.name_sealed, "name"), _opened(keys, key, citizen.phone_sealed, "phone")


def revealed(dossier: MatterDossier, keys: Keys) -> tuple[str, str]:
    """Name and phone of the matter's first caller; empty where none was given."""
    citizen = dossier.citizen()
    if citizen is None:
        return "", ""
    if dossier.find(PersonKey, citizen.id) is None:
        return FORGOTTEN, FORGOTTEN
    return revealed_of(dossier, keys, citizen.id)
