"""诉求人的个人信息 (people): opened for one page after a reveal, never kept."""

from __future__ import annotations

from hotline.casework.dossier import MatterDossier
from hotline.casework.records import Citizen, PersonKey
from hotline.procedure.secrets import Keys, Unreadable, decrypt, place


def _opened(keys: Keys, owner: PersonKey, sealed: bytes | None, field: str) -> str:
    if sealed is None:
        return ""
    try:
        return decrypt(keys.unwrap(owner.id, owner.wrapped), sealed, place(Citizen.TABLE, owner.id, field)).decode()
    except Unreadable:
        return "（已匿名）"


def revealed(dossier: MatterDossier, keys: Keys) -> tuple[str, str]:
    """Name and phone of the matter's first caller; empty where none was given."""
    citizen = dossier.citizen()
    key = dossier.find(PersonKey, citizen.id) if citizen else None
    if citizen is None or key is None:
        return "", ""
    return _opened(keys, key, citizen.name_sealed, "name"), _opened(keys, key, citizen.phone_sealed, "phone")
