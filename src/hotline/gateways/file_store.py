"""文件库 (file store): a folder of this machine, or an S3-compatible store over HTTP, signed by hand (AWS Signature 4)."""

from __future__ import annotations

import hashlib
import hmac
import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit
from xml.etree import ElementTree

from hotline.casework.attachments.ports import StoreFailed
from hotline.procedure import disk, times

NAME = re.compile(r"[0-9a-f]{64}")
SECONDS = 30.0
PAGE = 1000
EMPTY = hashlib.sha256(b"").hexdigest()


def checked(name: str) -> str:
    """A name is a digest and nothing else. Raises ValueError."""
    if not NAME.fullmatch(name):
        raise ValueError("no name of an object")
    return name


class Folder:
    """文件夹: `ab/abcd…`, each file written beside, synced, then put in its place."""

    def __init__(self, root: Path):
        self.root = root

    def _path(self, name: str) -> Path:
        return self.root / checked(name)[:2] / name

    def put(self, name: str, body: bytes) -> None:
        """Whole or not at all."""
        path = self._path(name)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            disk.write_whole(path, body, 0o600)
        except OSError as error:
            raise StoreFailed(f"附件文件夹写不进去（{type(error).__name__}）") from error

    def get(self, name: str) -> bytes | None:
        """What lies there."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreFailed(f"附件文件夹读不出来（{type(error).__name__}）") from error

    def remove(self, name: str) -> None:
        """Gone."""
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as error:
            raise StoreFailed(f"附件删不掉（{type(error).__name__}）") from error

    def has(self, name: str) -> bool:
        """Whether it lies there."""
        return self._path(name).is_file()

    def names(self) -> Iterator[str]:
        """All of them."""
        yield from sorted(path.name for path in self.root.glob("??/*") if NAME.fullmatch(path.name))


@dataclass(frozen=True, slots=True)
class Bucket:
    """桶: where an S3-compatible store is (`https://host/bucket/prefix`), and by which key it is asked."""

    url: str
    key: str
    secret: str
    region: str = "us-east-1"


def _hmac(key: bytes, message: str) -> bytes:
    return hmac.new(key, message.encode(), hashlib.sha256).digest()


def signed(
    bucket: Bucket, method: str, path: str, query: Mapping[str, str], digest: str, now: datetime
) -> dict[str, str]:
    """The headers of one request, by AWS Signature Version 4."""
    stamp, day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
    headers = {"host": urlsplit(bucket.url).netloc, "x-amz-content-sha256": digest, "x-amz-date": stamp}
    names = ";".join(sorted(headers))
    asked = "&".join(f"{quote(k, safe='-_.~')}={quote(v, safe='-_.~')}" for k, v in sorted(query.items()))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    canonical = "\n".join((method, quote(path, safe="/-_.~"), asked, lines, names, digest))
    scope = f"{day}/{bucket.region}/s3/aws4_request"
    to_sign = "\n".join(("AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()))
    key = _hmac(_hmac(_hmac(_hmac(f"AWS4{bucket.secret}".encode(), day), bucket.region), "s3"), "aws4_request")
    signature = _hmac(key, to_sign).hex()
    said = f"AWS4-HMAC-SHA256 Credential={bucket.key}/{scope}, SignedHeaders={names}, Signature={signature}"
    return {**{name: value for name, value in headers.items() if name != "host"}, "Authorization": said}


class S3:
    """S3 兼容的对象存储: objects under `prefix/ab/abcd…`, path-style addresses, no library."""

    def __init__(self, bucket: Bucket):
        parts = urlsplit(bucket.url)
        if parts.scheme not in ("http", "https") or not parts.path.strip("/"):
            raise ValueError("对象存储地址须写成 https://主机/桶名 或 https://主机/桶名/前缀。")
        self._bucket, self._origin = bucket, f"{parts.scheme}://{parts.netloc}"
        self._name, _, self._prefix = parts.path.strip("/").partition("/")

    def _key(self, name: str) -> str:
        return "/".join(part for part in (self._prefix, checked(name)[:2], name) if part)

    def _ask(self, method: str, key: str, query: Mapping[str, str], body: bytes | None = None) -> bytes | None:
        """One request; None for what is not there. Raises StoreFailed."""
        path = f"/{self._name}/{key}" if key else f"/{self._name}"
        digest = hashlib.sha256(body).hexdigest() if body is not None else EMPTY
        headers = signed(self._bucket, method, path, query, digest, times.wall().astimezone(UTC))
        url = f"{self._origin}{quote(path, safe='/-_.~')}" + (f"?{urlencode(sorted(query.items()))}" if query else "")
        if body is not None:
            headers["Content-Type"] = "application/octet-stream"
        request = urllib.request.Request(url, body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            if error.code == 404 and method in ("GET", "HEAD", "DELETE") and key:
                return None
            raise StoreFailed(f"对象存储回答 {error.code}") from None
        except (OSError, ValueError) as error:
            raise StoreFailed(f"对象存储连不上（{type(error).__name__}）") from None

    def put(self, name: str, body: bytes) -> None:
        """The store takes it whole or not at all."""
        self._ask("PUT", self._key(name), {}, body)

    def get(self, name: str) -> bytes | None:
        """What lies there."""
        return self._ask("GET", self._key(name), {})

    def remove(self, name: str) -> None:
        """Gone."""
        self._ask("DELETE", self._key(name), {})

    def has(self, name: str) -> bool:
        """Whether it lies there."""
        return self._ask("HEAD", self._key(name), {}) is not None

    def names(self) -> Iterator[str]:
        """All of them, page by page."""
        query = {"list-type": "2", "max-keys": str(PAGE), "prefix": f"{self._prefix}/" if self._prefix else ""}
        while True:
            tree = ElementTree.fromstring(self._ask("GET", "", query) or b"<none/>")
            space = tree.tag.partition("}")[0] + "}" if "}" in tree.tag else ""
            keys = (one.text or "" for one in tree.iter(f"{space}Key"))
            yield from (key.rsplit("/", 1)[-1] for key in keys if NAME.fullmatch(key.rsplit("/", 1)[-1]))
            more = tree.findtext(f"{space}NextContinuationToken")
            if not more:
                return
            query = {**query, "continuation-token": more}
