"""解开 (unpacking): an archive's files and folders, nothing that leads elsewhere."""

import tarfile
from pathlib import Path

from hotline.config.complaint import Complaint

STRANGE = "备份里有不该有的东西，没有解开：{0}。"
GUARDED = hasattr(tarfile, "data_filter")  # Python 3.11.4; Debian 12 has 3.11.2


def unpack(packed: tarfile.TarFile, target: Path) -> None:
    """All of it below `target`. Raises Complaint, or tarfile's own error, for a member that would lead elsewhere or is
    neither file nor folder; then nothing of it, or nothing beyond, is written."""
    if GUARDED:
        packed.extractall(target, filter="data")
        return
    for member in packed.getmembers():
        within = (target / member.name).resolve().is_relative_to(target.resolve())
        if not within or not (member.isreg() or member.isdir()):
            raise Complaint(STRANGE.format(member.name))
    packed.extractall(target)
