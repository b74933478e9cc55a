"""A real city that has lost its keys does not start with new ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.config import boot, keys
from hotline.config.complaint import Complaint
from hotline.config.paths import DataFolder


def test_a_real_city_without_its_master_key_is_refused(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    keys.ensure(folder.keys)
    keys.path(folder.keys, "master").unlink()
    with pytest.raises(Complaint, match="密钥"):
        boot._ensure_keys(folder, "real", fresh=False)
    assert not keys.path(folder.keys, "master").exists()


def test_a_new_city_is_given_its_keys(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    boot._ensure_keys(folder, "real", fresh=True)
    assert keys.present(folder.keys)
