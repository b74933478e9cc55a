"""接收文件 (receiving): files of a request held in memory within the limits; a form keeps what was taken in, by tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers
from django.http import HttpRequest

from hotline.casework.attachments import contents, keeping, ports
from hotline.procedure.forms import Field, Problem
from hotline.procedure.secrets import keyed
from hotline.procedure.world import current
from hotline.surfaces.sessions import address

NEW = "-new"  # under which name a field's fresh files come, beside the tokens of those kept
FORM_ITSELF = 2 * ports.MEGABYTE
DRAIN = 4  # so many times the limit is read and dropped, so that the browser hears the answer at all


class TooLarge(RequestDataTooBig):
    """整个请求太大: told by a page of its own."""


class Held(InMemoryUploadedFile):
    """收到的文件: `too_large`: it was more than one file may be, and nothing of it was kept."""

    too_large = False


def _limits() -> ports.Limits:
    try:
        return ports.current().limits
    except RuntimeError:
        return ports.Limits()


class Bounded(FileUploadHandler):
    """上传: in memory, never on a disk; each file up to its limit, all together up to theirs."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Refuse a request that is too large as a whole, having read it away. Raises TooLarge."""
        most = _limits().together + FORM_ITSELF
        if content_length > most:
            left = min(content_length, DRAIN * most)
            while left > 0 and (part := input_data.read(min(left, 64 * 1024))):
                left -= len(part)
            raise TooLarge

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Another file begins."""
        super().new_file(*args, **kwargs)
        self._body, self._too_large = BytesIO(), False
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """More of it; beyond the limit it is dropped."""
        if self._too_large or self._body.tell() + len(raw_data) > _limits().each:
            self._body, self._too_large = BytesIO(), True
        else:
            self._body.write(raw_data)

    def file_complete(self, file_size: int) -> Held:
        """The whole file, or the mark that it was too large."""
        self._body.seek(0)
        held = Held(self._body, self.field_name, self.file_name, self.content_type, file_size, self.charset,
                    self.content_type_extra)  # fmt: skip
        held.too_large = self._too_large
        return held


def _owner(request: HttpRequest) -> bytes:
    """Where the files come from: who is signed in, or the address."""
    visitor = getattr(request, "visitor", None)
    who = f"person {visitor.person.id}" if visitor else f"address {address(request)}"
    return keyed(current().keys.query, b"files", who.encode())[:16]


def gathered(request: HttpRequest, fields: Sequence[Field]) -> tuple[dict[str, Any], list[Problem]]:
    """What a POST says, its new files taken in and named by tokens beside those it kept, and what is wrong with the
    files. Whatever else is wrong with the form, what was taken in stays with it."""
    data, problems = request.POST.dict(), []
    for field in fields:
        if field.kind == "files":
            tokens, wrong = _tokens(request, field.name)
            data[field.name] = " ".join(tokens)
            problems += [Problem(field.name, because) for because in wrong[:1]]
    return data, problems


def _tokens(request: HttpRequest, name: str) -> tuple[list[str], list[str]]:
    limits = _limits()
    given = " ".join(request.POST.getlist(name)).split()[: 4 * limits.most]
    tokens, wrong = list(dict.fromkeys(given)), []  # one that is kept no more is for the card to refuse
    for sent in request.FILES.getlist(f"{name}{NEW}"):
        if len(tokens) >= limits.most:
            wrong.append(f"文件太多：一次最多 {limits.most} 个，多出来的没有收。")
            break
        try:
            tokens.append(_taken(request, sent, limits))
        except keeping.NotTaken as refused:
            wrong.append(f"{refused.because}其他内容都还在。")
    return tokens, wrong


def _taken(request: HttpRequest, sent: Any, limits: ports.Limits) -> str:
    if getattr(sent, "too_large", False):
        shown = contents.clean_name(sent.name)
        raise keeping.NotTaken(f"“{shown}”超过 {limits.each // ports.MEGABYTE} MB，没有收，请缩小后再传。")
    return keeping.take_in(sent.name, sent.read(), _owner(request)).token


def said_size(size: int) -> str:
    """How large a file is, in words."""
    return f"{size / ports.MEGABYTE:.1f} MB" if size >= ports.MEGABYTE else f"{max(size // 1024, 1)} KB"


def shown(data: Mapping[str, Any], name: str) -> list[tuple[str, str]]:
    """The files that a form holds: token and what is said of each."""
    return [(one.token, f"{one.name}（{said_size(one.size)}）") for one in keeping.kept(str(data.get(name, "")).split())]


def hint() -> str:
    """What may be sent, said beforehand."""
    return _limits().said
