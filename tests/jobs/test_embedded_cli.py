"""The launcher and the command line: Chinese throughout, quick, and clear about what is missing."""

import argparse
import ast
import importlib
import importlib.machinery
import importlib.util
import inspect
import logging
import os
import re
import stat
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
from django.db import IntegrityError

from hotline.config import cli, database, keys, zh_argparse
from hotline.config.complaint import Complaint
from hotline.config.logs import OneLine
from hotline.config.paths import REPO, DataFolder

ENGLISH = re.compile(r"\b(usage|options|error|required|arguments|show this|invalid|choose)\b")


def hotline(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(REPO / "src"), "LC_ALL": "C"}
    command = [sys.executable, "-m", "hotline.config", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=60)


@pytest.fixture
def launcher() -> ModuleType:
    """The launcher as a module, so that its parts can be asked."""
    loader = importlib.machinery.SourceFileLoader("launcher", str(REPO / "hotline"))
    spec = importlib.util.spec_from_loader("launcher", loader)
    assert spec is not None
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    sys.dont_write_bytecode = before
    return module


@pytest.mark.parametrize("name", cli.names())
def test_every_subcommand_explains_itself_in_chinese(name: str) -> None:
    told = hotline(name, "--help")
    assert told.returncode == 0, told.stderr
    assert "--data" in told.stdout
    assert not ENGLISH.search(re.sub(r"--[\w-]+", "", told.stdout)), told.stdout
    assert cli.help_line(name)


@pytest.mark.parametrize(("name", "folder"), [("up", "var"), ("replay", "var/replay"), ("simulate", "var/simulate")])
def test_the_help_names_each_commands_own_data_folder(name: str, folder: str) -> None:
    assert f"数据目录（缺省：仓库中的 {folder}/）" in "".join(hotline(name, "--help").stdout.split("\n      "))


def test_the_tests_are_run_whole_when_asked() -> None:
    module = importlib.import_module("hotline.config.commands.test")
    for words, long in (["-x", "--long"], True), (["-x"], False):
        command = module.command(cli.read("test", module, words))
        assert command[-1] == "-x"
        assert ("--long" in command) is long


def test_the_overview_lists_every_subcommand() -> None:
    told = hotline()
    assert told.returncode == 0
    assert all(re.search(rf"^ +{name}\b", told.stdout, re.M) for name in cli.names())


@pytest.mark.parametrize("words", ["nosuch", "up --nosuch", "up --port", "up --port x", "--nosuch"])
def test_errors_are_chinese(words: str) -> None:
    told = hotline(*words.split())
    assert told.returncode == cli.USAGE == 64
    assert told.stdout == ""
    assert not ENGLISH.search(told.stderr), told.stderr


@pytest.mark.parametrize("port", ["0", "65536", "99999", "-1", "abc", "８０", "80.5", "9" * 5000])
@pytest.mark.parametrize("words", ["up --port", "up --metrics-port", "web --port", "metrics --port"])
def test_a_port_lies_between_1_and_65535(words: str, port: str, capsys: pytest.CaptureFixture[str]) -> None:
    command, option = words.split()
    module = importlib.import_module(f"hotline.config.commands.{command}")
    for good in ("1", "8000", "65535"):
        assert getattr(cli.read(command, module, [option, good]), option[2:].replace("-", "_")) == int(good)
    with pytest.raises(SystemExit) as ended:
        cli.read(command, module, [f"{option}={port}"])
    assert ended.value.code == cli.USAGE
    assert capsys.readouterr().err.rstrip().endswith("须为 1 至 65535 的整数")


def test_argparse_knows_no_other_english_message() -> None:
    """Every sentence of this Python's argparse that a person may meet has its Chinese."""
    calls = (node for node in ast.walk(ast.parse(inspect.getsource(argparse))) if isinstance(node, ast.Call))
    spoken = [call.args[0].value for call in calls if ast.unparse(call.func) == "_" and hasattr(call.args[0], "value")]
    for_programmers = re.compile(
        "conflict|invalid option string|dest=|required' is an|mutually exclusive|cannot (merge|have)|__call__|with mode"
        "|unexpected option string|not callable"
    )
    missing = [text for text in spoken if text not in zh_argparse.WORDS and not for_programmers.search(text)]
    assert [text for text in missing if re.search("[a-z]{3}", re.sub(r"%\(\w+\)\w", "", text))] == []


def test_data_may_stand_before_or_after_the_subcommand() -> None:
    assert cli.split(["--data", "x", "up", "--port", "1"]) == ("up", ["--data", "x", "--port", "1"])
    assert cli.split(["--data=x", "up"]) == ("up", ["--data=x"])
    assert cli.split(["up", "--data", "x"]) == ("up", ["--data", "x"])


def test_verify_without_a_city_says_so(tmp_path: Path) -> None:
    told = hotline("verify", "--data", str(tmp_path / "none"))
    assert told.returncode != 0
    assert "还没有城市" in told.stderr


def test_an_unforeseen_error_shows_no_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.unexpected("up", ValueError("张三 13800001111")) == 70
    assert "张三" not in capsys.readouterr().err


def test_the_launcher_adds_little() -> None:
    """Its own work, interpreter start excluded: less than 50 ms of processor time at the best of several tries."""
    code = "import runpy, sys, time; t = time.process_time(); sys.argv = ['hotline', 'due', '--help']\n"
    code += "import os; os.execve = lambda *a: print(time.process_time() - t)\n"
    code += f"runpy.run_path({str(REPO / 'hotline')!r}, run_name='__main__')"
    spent = []
    for _ in range(5):
        told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
        spent.append(float(told.stdout))
        time.sleep(0.05)
    assert min(spent) < 0.05, spent


def test_the_launcher_says_what_is_missing(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(SystemExit):
        launcher.insist_on_venv()
    assert "apt install python3-venv" in capfd.readouterr().err
    monkeypatch.setattr(launcher, "newer_python", lambda: None)
    monkeypatch.setattr(launcher.sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit):
        launcher.insist_on_version()
    assert "3.11" in capfd.readouterr().err


def test_the_launcher_knows_the_subcommand(launcher: ModuleType) -> None:
    assert launcher.subcommand(["--data", "x", "test", "-k", "up"]) == "test"
    assert launcher.subcommand(["up", "--data", "test"]) == "up"
    assert launcher.subcommand(["--help"]) == ""


def test_keys_are_closed_and_never_made_twice(tmp_path: Path) -> None:
    keys.ensure(tmp_path / "a")
    first = {name: keys.load(tmp_path / "a", name) for name in keys.MATERIAL}
    keys.ensure(tmp_path / "a", seed=b"other")
    assert first == {name: keys.load(tmp_path / "a", name) for name in keys.MATERIAL}
    assert len(set(first.values())) == len(first)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "a").iterdir()} == {0o600}


def test_only_a_simulated_citys_keys_are_foreseeable(tmp_path: Path) -> None:
    for name, born in (("a", "simulated"), ("b", "simulated"), ("c", "real")):
        keys.ensure(tmp_path / name, seed=keys.seed_of(born))
    same = [keys.load(tmp_path / name, "master") for name in "abc"]
    assert same[0] == same[1] != same[2]
    assert keys.django_secret(tmp_path / "a") != keys.django_secret(tmp_path / "b")


def test_logs_are_one_line_and_repeat_no_values() -> None:
    try:
        raise IntegrityError("Key (phone)=(13800001111) already exists\nDETAIL: 张三")
    except IntegrityError:
        record = logging.LogRecord("hotline", logging.ERROR, __file__, 1, "坏\n了", (), sys.exc_info())
    line = OneLine().format(record)
    assert "\n" not in line
    assert "1380000" not in line
    assert "error=IntegrityError" in line


def test_addresses_of_external_databases(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://u%40x:p%2Fw@db:5433/city?sslmode=require&options=-c%20jit%3Doff")
    found = database.aliases(DataFolder(tmp_path))
    app, owner = found["default"], found["owner"]
    assert (app["USER"], app["PASSWORD"], app["HOST"], app["PORT"], app["NAME"]) == ("u@x", "p/w", "db", "5433", "city")
    assert app["OPTIONS"]["options"] == "-c jit=off -c role=hotline_app"
    assert owner["OPTIONS"] == {"sslmode": "require", "options": "-c jit=off"}
    monkeypatch.setenv("DATABASE_URL", "mysql://x")
    with pytest.raises(Complaint, match="postgresql://"):
        database.aliases(DataFolder(tmp_path))
