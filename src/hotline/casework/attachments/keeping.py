"""附件的保管 (keeping): taken in before the act, referenced by it, opened through a desk, swept when nobody wanted it.

Each file has a key of its own, among the keys of persons: it is sealed before anybody knows whose it is, an anonymous
caller has no key, and a unit's evidence may show others. Destroying that key destroys the file wherever it lies.
An object's name is the digest of its ciphertext; the digest of what was in it stands, sealed, in row and line.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from hotline.casework.attachments import contents, ports
from hotline.casework.records import Attachment
from hotline.procedure.perform import raw
from hotline.procedure.records import columns
from hotline.procedure.secrets import KEY, NONCE, Keys, Unreadable, decrypt, encrypt, place, sm3
from hotline.procedure.world import current

KEPT = timedelta(days=1)  # how long a form may use what was uploaded for it
LATELY = timedelta(weeks=1)  # how far back the destroyed are looked through for objects that a kill left
TABLE = Attachment.TABLE
_STAGE = (
    "INSERT INTO procedure_stagedfile (id, token_hash, owner, name_sealed, content_sealed, wrapped, master_id,"
    " media_type, size, object) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
_RECENT = "SELECT count(*) FROM procedure_stagedfile WHERE owner = %s AND uploaded_at > now() - interval '1 hour'"
_KEPT = (
    "SELECT token_hash, id, name_sealed, wrapped, master_id, size FROM procedure_stagedfile"
    " WHERE token_hash = ANY(%s) AND (uploaded_at > clock_timestamp() - %s OR held_until > clock_timestamp())"
)
_HOLD = "UPDATE procedure_stagedfile SET held_until = clock_timestamp() + %s WHERE token_hash = ANY(%s)"
_FREE = "(held_until IS NULL OR held_until < clock_timestamp())"
_OLD = (
    f"SELECT id, object FROM procedure_stagedfile WHERE uploaded_at < clock_timestamp() - %s AND {_FREE}"
    " ORDER BY id LIMIT 500"
)
_SWEPT = f"DELETE FROM procedure_stagedfile WHERE id = ANY(%s) AND uploaded_at < clock_timestamp() - %s AND {_FREE}"
_GONE = "SELECT object FROM casework_attachment WHERE destroyed_at > %s"
_KEYS = "SELECT id, wrapped, master_id FROM procedure_personkey WHERE id = ANY(%s)"


class NotTaken(Exception):
    """没有收下: `because` says why, with the file's name."""

    def __init__(self, because: str):
        super().__init__(because)
        self.because = because


@dataclass(frozen=True, slots=True)
class Kept:
    """收下的文件: by what its form names it again, and how it is shown."""

    token: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Opened:
    """打开的附件: to be handed out as an attachment, never to be shown in place."""

    name: str
    media_type: str
    body: bytes


def token_hash(token: str) -> bytes:
    """How a token is kept: nobody who reads the table can use it."""
    return sha256(token.encode()).digest()


def take_in(name: str, data: bytes, owner: bytes) -> Kept:
    """Look at a file, seal it, keep it for its form. `owner`: a digest of where it comes from, to limit how much one
    place may send. Raises NotTaken."""
    shown, used = contents.clean_name(name), ports.current()
    try:
        verdict = used.scanner.scan(data)
        content = contents.inspect(data)
    except contents.Unfit as unfit:
        raise NotTaken(f"“{shown}”{unfit.because}。") from unfit
    except ports.ScanFailed as failed:
        raise NotTaken("文件检查暂时做不了，请稍后再传，或者先交文字。") from failed
    if not verdict.clean:
        raise NotTaken(f"“{shown}”查出病毒，没有收。")
    return _sealed(contents.clean_name(name, content.suffix), content, owner, used)


def _sealed(name: str, content: contents.Content, owner: bytes, used: ports.Ports) -> Kept:
    world = current()
    with raw().cursor() as cur:
        row = cur.execute(_RECENT, (owner,)).fetchone()
        if row is not None and row[0] >= used.limits.an_hour:
            raise NotTaken("这一阵传的文件太多了，请过一会儿再传，或者先交文字。")
        world.ids.refill(cur, 1)
        file_id = world.ids.next()
        chance = world.random.of("file", file_id)
        key = chance.take(KEY)
        said = {"name": name.encode(), "content": sm3(content.body), "body": content.body}
        closed = {field: encrypt(key, value, place(TABLE, file_id, field), chance.take(NONCE))
                  for field, value in said.items()}  # fmt: skip
        token, object_ = secrets.token_urlsafe(24), sm3(closed["body"]).hex()
        wrapped = world.keys.wrap(file_id, key, chance.take(NONCE))
        cur.execute(_STAGE, (file_id, token_hash(token), owner, closed["name"], closed["content"], wrapped,
                             world.keys.master_id, content.media_type, len(content.body), object_))  # fmt: skip
        _put(used.store, object_, closed["body"])
    return Kept(token, name, len(content.body))


def _put(store: ports.FileStore, name: str, body: bytes) -> None:
    try:
        store.put(name, body)
    except ports.StoreFailed as failed:
        raise NotTaken("文件暂时存不了，请稍后再传，或者先交文字。") from failed


def kept(tokens: Sequence[str]) -> list[Kept]:
    """What a form still holds of these, in their order; those too old or used already are left out."""
    if not tokens:
        return []
    by_hash = {token_hash(token): token for token in tokens}
    with raw().cursor() as cur:
        rows = cur.execute(_KEPT, (list(by_hash), KEPT)).fetchall()
    keys = current().keys
    found = {by_hash[bytes(row[0])]: _named(keys, *row[1:]) for row in rows}
    return [Kept(token, *found[token]) for token in dict.fromkeys(tokens) if token in found]


def hold(tokens: Sequence[str], span: timedelta) -> None:
    """Keep these for a draft that lives so long from now on, not only for a day."""
    if tokens:
        with raw().cursor() as cur:
            cur.execute(_HOLD, (span, [token_hash(token) for token in tokens]))


def _named(keys: Keys, file_id: int, name: bytes, wrapped: bytes, master_id: str, size: int) -> tuple[str, int]:
    key = keys.unwrap(file_id, bytes(wrapped), master_id)
    return decrypt(key, bytes(name), place(TABLE, file_id, "name")).decode(), size


def _keys_of(attachments: Iterable[Attachment]) -> dict[int, bytes]:
    """The keys of these files, as far as there still are any."""
    wanted = [one.id for one in attachments if one.destroyed_at is None]
    if not wanted:
        return {}
    with raw().cursor() as cur:
        rows = cur.execute(_KEYS, (wanted,)).fetchall()
    keys = current().keys
    return {file_id: keys.unwrap(file_id, bytes(wrapped), by) for file_id, wrapped, by in rows}


def names(attachments: Sequence[Attachment]) -> dict[int, str]:
    """What these files are called; those destroyed are left out. One statement."""
    keys = _keys_of(attachments)
    return {one.id: decrypt(keys[one.id], one.name_sealed, place(TABLE, one.id, "name")).decode()
            for one in attachments if one.id in keys}  # fmt: skip


class Lost(Exception):
    """附件不在或坏了: the object is gone, or is not what the line says it was; said in Chinese."""


def opened(attachment: Attachment) -> Opened | None:
    """An attachment as it was taken in, held against its digest; None where it was destroyed. Raises Lost,
    StoreFailed. Who may is for a desk to say beforehand."""
    key = _keys_of([attachment]).get(attachment.id)
    if key is None:
        return None
    sealed = ports.current().store.get(attachment.object)
    if sealed is None:
        raise Lost("附件的文件不在文件库里。")
    try:
        name, digest, body = (decrypt(key, value, place(TABLE, attachment.id, field)) for field, value in
                              (("name", attachment.name_sealed), ("content", attachment.content_sealed),
                               ("body", sealed)))  # fmt: skip
    except Unreadable as error:
        raise Lost("附件的文件被改过或损坏。") from error
    if sm3(body) != digest:
        raise Lost("附件的文件与台账所记不符。")
    return Opened(name.decode(), attachment.media_type, body)


def sweep(now: datetime) -> int:
    """Remove what no act took within a day and no draft holds, and the objects of files destroyed lately; how many. For
    the loops; `now` is the city's."""
    store = ports.current().store
    with raw().cursor() as cur:
        rows = cur.execute(_OLD, (KEPT + timedelta(hours=1),)).fetchall()
        for _, object_ in rows:
            store.remove(object_)
        cur.execute(_SWEPT, ([row[0] for row in rows], KEPT))
        gone = cur.execute(_GONE, (now - LATELY,)).fetchall()
    gone = [name for (name,) in gone if store.has(name)]
    for name in gone:
        store.remove(name)
    return len(rows) + len(gone)


def missing(limit: int = 1000) -> list[str]:
    """Of the newest attachments, those whose objects are not in the store. Raises StoreFailed. For the doctor."""
    query = "SELECT object FROM casework_attachment WHERE destroyed_at IS NULL ORDER BY id DESC LIMIT %s"
    with raw().cursor() as cur:
        rows = cur.execute(query, (limit,)).fetchall()
    return [name for (name,) in rows if not ports.current().store.has(name)]


def unlike() -> Iterator[str]:
    """What `verify --files` finds: every attachment that cannot be opened as it was taken in, by matter and number."""
    names = columns(Attachment)
    query = f"SELECT {', '.join(names)} FROM {TABLE} WHERE destroyed_at IS NULL AND id > %s ORDER BY id LIMIT 100"
    last = 0
    while True:
        with raw().cursor() as cur:
            rows = cur.execute(query, (last,)).fetchall()
        for row in rows:
            one = Attachment(*row)
            try:
                opened(one)
            except (Lost, ports.StoreFailed) as wrong:
                yield f"matter/{one.matter_id} 的 {one.id} 号附件：{wrong}"
        if not rows:
            return
        last = rows[-1][0]
