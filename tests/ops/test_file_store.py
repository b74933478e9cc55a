"""文件库 and 查毒: the folder, a real S3-compatible server (moto, checking signatures), and clamd's protocol on a socket."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.casework.attachments.ports import FileStore, ScanFailed, StoreFailed
from hotline.gateways import file_store, scanner
from hotline.gateways.file_store import S3, Bucket, Folder
from hotline.procedure.secrets import sm3

BODY = bytes(range(256)) * 5000
NAME = sm3(BODY).hex()
OTHER = sm3(b"other").hex()
SECRETS = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}


@pytest.fixture(scope="module")
def s3() -> Iterator[tuple[str, str, str]]:
    """A server that checks who asks, with a bucket and a user who may use it: address, key and secret."""
    patch = pytest.MonkeyPatch()
    for name, value in SECRETS.items():
        patch.setenv(name, value)
    import boto3
    from moto.moto_server.threaded_moto_server import ThreadedMotoServer

    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    running.start()
    host, port = running.get_host_and_port()
    url = f"http://{host}:{port}"
    boto3.client("s3", endpoint_url=url).create_bucket(Bucket="city")
    iam = boto3.client("iam", endpoint_url=url)
    iam.create_user(UserName="hotline")
    everything = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
    iam.put_user_policy(UserName="hotline", PolicyName="s3", PolicyDocument=everything)
    key = iam.create_access_key(UserName="hotline")["AccessKey"]
    with strictly():
        yield url, key["AccessKeyId"], key["SecretAccessKey"]
    running.stop()
    patch.undo()


@contextlib.contextmanager
def strictly() -> Iterator[None]:
    """From here on the server checks every signature."""
    from moto import settings
    from moto.core.responses import ActionAuthenticatorMixin as Auth

    before = Auth.request_count, settings.INITIAL_NO_AUTH_ACTION_COUNT
    Auth.request_count, settings.INITIAL_NO_AUTH_ACTION_COUNT = 0, 0
    try:
        yield
    finally:
        Auth.request_count, settings.INITIAL_NO_AUTH_ACTION_COUNT = before


@pytest.fixture(params=["folder", "s3", "s3 with a prefix"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    """Each kind of store, empty."""
    if request.param == "folder":
        return Folder(tmp_path / "files")
    url, key, secret = request.getfixturevalue("s3")
    made = S3(Bucket(f"{url}/city" + ("/anhui/files" if "prefix" in request.param else ""), key, secret))
    for name in [*made.names()]:
        made.remove(name)
    return made


def test_what_is_put_is_there_until_it_is_removed(store: FileStore) -> None:
    assert (store.get(NAME), store.has(NAME), [*store.names()]) == (None, False, [])
    store.put(NAME, BODY)
    store.put(NAME, BODY)
    store.put(OTHER, b"other")
    assert (store.get(NAME), store.get(OTHER)) == (BODY, b"other")
    assert store.has(NAME)
    assert sorted(store.names()) == sorted([NAME, OTHER])
    store.remove(NAME)
    store.remove(NAME)
    assert (store.get(NAME), store.has(NAME), [*store.names()]) == (None, False, [OTHER])


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "x" * 64, NAME.upper(), f"{NAME}/..", f"{NAME}\n"])
def test_a_name_is_a_digest_and_nothing_else(store: FileStore, name: str) -> None:
    for act in (store.get, store.remove, store.has, lambda one: store.put(one, b"")):
        with pytest.raises(ValueError):
            act(name)


def test_the_folder_is_closed_to_others_and_a_full_disk_is_said(tmp_path: Path) -> None:
    store = Folder(tmp_path / "files")
    store.put(NAME, BODY)
    (path,) = store.root.glob("??/*")
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    (tmp_path / "blocked").write_text("a file where a folder should be")
    with pytest.raises(StoreFailed):
        Folder(tmp_path / "blocked").put(NAME, BODY)


def test_many_objects_come_page_by_page(s3: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_store, "PAGE", 3)
    url, key, secret = s3
    store = S3(Bucket(f"{url}/city/many", key, secret))
    names = sorted(sm3(str(i).encode()).hex() for i in range(10))
    for name in names:
        store.put(name, b"x")
    assert sorted(store.names()) == names


def test_a_wrong_secret_is_refused_by_the_server(s3: tuple[str, str, str]) -> None:
    url, key, _ = s3
    with pytest.raises(StoreFailed, match="403"):
        S3(Bucket(f"{url}/city", key, "wrong")).put(NAME, BODY)
    with pytest.raises(StoreFailed, match="403"):
        S3(Bucket(f"{url}/city", "AKIANOBODY", "wrong")).get(NAME)


def test_a_store_that_is_not_there_is_said_and_so_is_a_bucket(s3: tuple[str, str, str]) -> None:
    url, key, secret = s3
    with pytest.raises(StoreFailed, match="连不上"):
        S3(Bucket("http://127.0.0.1:9/city", key, secret)).get(NAME)
    with pytest.raises(StoreFailed):
        S3(Bucket(f"{url}/nowhere", key, secret)).put(NAME, BODY)
    for odd in ("ftp://x/city", "https://host", "city"):
        with pytest.raises(ValueError, match="桶名"):
            S3(Bucket(odd, key, secret))


# clamd


class Daemon:
    """A socket that speaks clamd's INSTREAM, to hold the client's side against; it finds EICAR and nothing else."""

    def __init__(self, said: bytes = b""):
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self.heard: list[bytes] = []
        self._said = said
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            line, _ = self._socket.accept()
            with line, line.makefile("rb") as heard:
                command = b""
                while not command.endswith(b"\0"):
                    command += heard.read(1)
                body = b""
                while command == b"zINSTREAM\0" and (size := struct.unpack("!I", heard.read(4))[0]):
                    body += heard.read(size)
                self.heard.append(body)
                found = b"stream: Eicar-Test-Signature FOUND" if b"EICAR" in body else b"stream: OK"
                line.sendall((self._said or (b"PONG" if command == b"zPING\0" else found)) + b"\0")


def test_clamd_is_asked_and_believed() -> None:
    daemon = Daemon()
    asked = scanner.Clamd(daemon.address)
    assert asked.ping()
    assert asked.scan(BODY).clean
    assert daemon.heard[-1] == BODY
    verdict = asked.scan(b"X5O!P%@AP-EICAR-STANDARD")
    assert (verdict.clean, verdict.found) == (False, "Eicar-Test-Signature")


@pytest.mark.parametrize("said", [b"INSTREAM size limit exceeded. ERROR", b"?"])
def test_no_verdict_is_no_verdict(said: bytes) -> None:
    with pytest.raises(ScanFailed):
        scanner.Clamd(Daemon(said).address).scan(BODY)


def test_a_scanner_that_is_not_there_is_said() -> None:
    for address in ("127.0.0.1:9", "/nowhere/clamd.sock", "nonsense"):
        with pytest.raises(ScanFailed):
            scanner.Clamd(address).scan(b"x")
    assert not scanner.choose("").scan(b"x").checked
