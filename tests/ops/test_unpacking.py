"""A backup is undone into the folder that was asked for and nowhere else, also by a Python before 3.11.4."""

from __future__ import annotations

import io
import tarfile
from contextlib import suppress
from pathlib import Path

import pytest

from hotline.config.backup import unpacking
from hotline.config.complaint import Complaint


def archive(folder: Path, *members: tuple[str, bytes]) -> Path:
    """Files of these names, a link where there is no content."""
    path = folder / "one.tar"
    with tarfile.open(path, "w") as packed:
        for name, content in members:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            if not content:
                member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
            packed.addfile(member, io.BytesIO(content))
    return path


@pytest.fixture(params=[True, False], ids=["guarded by Python", "by ourselves"])
def guarded(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As later Pythons do it, where this is one, and as earlier ones have it done."""
    monkeypatch.setattr(unpacking, "GUARDED", request.param and unpacking.GUARDED)


@pytest.mark.usefixtures("guarded")
def test_files_arrive(tmp_path: Path) -> None:
    target = tmp_path / "there"
    target.mkdir()
    with tarfile.open(archive(tmp_path, ("a.txt", b"one"), ("below/b.txt", b"two"))) as packed:
        unpacking.unpack(packed, target)
    assert (target / "a.txt").read_bytes() + (target / "below" / "b.txt").read_bytes() == b"onetwo"


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize("name", ["../beyond", "/tmp/hotline-beyond"])
def test_nothing_is_written_elsewhere(tmp_path: Path, name: str) -> None:
    target = tmp_path / "there"
    target.mkdir()
    with tarfile.open(archive(tmp_path, (name, b"evil"))) as packed, suppress(Complaint, tarfile.TarError):
        unpacking.unpack(packed, target)
    assert not (tmp_path / "beyond").exists()
    assert not Path("/tmp/hotline-beyond").exists()


@pytest.mark.usefixtures("guarded")
def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "there"
    target.mkdir()
    with tarfile.open(archive(tmp_path, ("a.txt", b""))) as packed, pytest.raises((Complaint, tarfile.TarError)):
        unpacking.unpack(packed, target)
    assert not (target / "a.txt").exists()
