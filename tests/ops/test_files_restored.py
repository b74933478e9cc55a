"""附件 in backup and restore: what lay there comes back; what came later is named, and found in a copy kept elsewhere."""

from __future__ import annotations

import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

from hotline.config.backup import shelf as shelves
from ops.driving import City, hotline
from support.pictures import pdf


def test_attachments_come_back_and_what_is_missing_is_named(tmp_path: Path, made_ready: Callable[[Path], Path]) -> None:
    data, shelf = tmp_path / "data", tmp_path / "shelf"
    city = City(made_ready(data), tmp_path / "wal")
    try:
        city.ask(f"attach({pdf(b'first')!r})")
        assert hotline("backup", shelf, "--dump", data=data).returncode == 0
        later = city.ask(f"attach({pdf(b'second')!r})")
        assert hotline("backup", shelf, data=data).returncode == 0
        assert "都能打开" in hotline("verify", "--files", data=data).stdout
        assert len([*(data / "files").glob("??/*")]) == 2
    finally:
        city.end()
    dump, base = next(shelf.glob("*-dump")), next(shelf.glob("*-base"))
    whole = hotline("restore", base, "--json", data=tmp_path / "whole")
    assert (whole.returncode, json.loads(whole.stdout)["files_lost"]) == (0, []), whole.stderr
    shutil.rmtree(tmp_path / "whole" / "files")
    told = hotline("verify", "--files", "--json", data=tmp_path / "whole")
    assert (told.returncode, len(json.loads(told.stdout)["files"])) == (1, 2)
    early = hotline("restore", dump, "--json", data=tmp_path / "early")
    assert (early.returncode, json.loads(early.stdout)["files_lost"]) == (0, []), early.stderr
    _without(base, tmp_path / "bare" / base.name)
    bare = hotline("restore", tmp_path / "bare" / base.name, data=tmp_path / "found no more")
    assert bare.returncode == 1
    assert f"matter/{later} 的" in bare.stdout
    assert "--files" in bare.stdout
    again = hotline("restore", tmp_path / "bare" / base.name, "--files", data / "files", data=tmp_path / "found")
    assert again.returncode == 0, again.stdout


def _without(backup: Path, target: Path) -> None:
    """The same backup, taken before any file came: its card says what is in it."""
    shutil.copytree(backup, target)
    with tarfile.open(backup / shelves.CITY) as old, tarfile.open(target / shelves.CITY, "w") as new:
        for member in old.getmembers():
            if not member.name.startswith("files/"):
                new.addfile(member, old.extractfile(member) if member.isfile() else None)
    card = json.loads((target / shelves.CARD).read_text(encoding="utf-8"))
    card.pop("files")
    card.pop("format")
    shelves.write_card(target, card)
