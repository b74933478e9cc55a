"""People at browsers who press again until they are answered: each press bears one number, however often it is sent."""

from __future__ import annotations

import http.client
import json
import re
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

PASSWORD = "minsheng"
AGAIN_SECONDS = 0.1
Form = dict[str, str]


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What somebody was told is done: `number` of the matter, the verb, and the number of the press."""

    number: str
    verb: str
    act_id: str
    tries: int


class Browser:
    """One connection a press, and a cookie for each login. Not answered, or told that something broke: once more."""

    def __init__(self, port: int, cookies: Mapping[str, str] | None = None) -> None:
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.token = secrets.token_hex(16)
        self.cookies = dict(cookies or {})
        self.tries = 0

    def sign_in(self, login: str) -> None:
        """Raises AssertionError where it is refused."""
        self.cookies[login] = f"csrftoken={self.token}"
        form = {"login": login, "password": PASSWORD, "next": "/staff/"}
        status, _, cookies = self.insist(login, "/staff/sign-in/", form)
        assert status == 302, (login, status)
        self.cookies[login] = "; ".join(c.split(";")[0] for c in cookies)

    def press(self, login: str, path: str, form: Form, act_id: str) -> str:
        """Send a form until it is answered; the address it leads to."""
        status, where, _ = self.insist(login, path, {**form, "act_id": act_id})
        assert status == 303, (path, status)
        return where

    def insist(self, login: str, path: str, form: Form) -> tuple[int, str, Sequence[str]]:
        """Until there is an answer that is none of a server in trouble."""
        self.tries = 0
        while True:
            self.tries += 1
            try:
                status, where, cookies = self._post(login, path, form)
            except (OSError, http.client.HTTPException):
                self.http.close()
                status, where, cookies = 0, "", []
            if 0 < status < 500:
                return status, where, cookies
            time.sleep(AGAIN_SECONDS)

    def _post(self, login: str, path: str, form: Form) -> tuple[int, str, Sequence[str]]:
        token = re.search(r"csrftoken=(\w+)", self.cookies[login])
        body = urlencode({**form, "csrfmiddlewaretoken": token[1] if token else ""}).encode()
        headers = {"Cookie": self.cookies[login], "Host": "127.0.0.1",
                   "Content-Type": "application/x-www-form-urlencoded"}  # fmt: skip
        self.http.request("POST", path, body, headers)
        answer = self.http.getresponse()
        answer.read()
        self.http.close()  # the next press may meet another worker
        cookies = answer.headers.get_all("Set-Cookie") or []
        return answer.status, answer.getheader("Location") or "", cookies


def signed_in(port: int, logins: Sequence[str]) -> dict[str, str]:
    """A cookie for each login; one after the other, for the throttle counts tries that are under way as failed."""
    browser = Browser(port)
    for login in logins:
        browser.sign_in(login)
    return browser.cookies


def live(browser: Browser, steps: Sequence[tuple[str, str, Form]], due: Sequence[str], log: Path, stop: Path) -> None:
    """Live matters one after the other as (verb, login, form) says, and between them sign for orders long due; each
    thing acknowledged goes into `log`. Until the file `stop` is there."""
    waiting = iter(due)
    with log.open("a", encoding="utf-8") as told:
        while not stop.exists():
            for done in (*_one_life(browser, steps, stop), *_one_signature(browser, steps, waiting)):
                told.write(json.dumps(asdict(done), ensure_ascii=False) + "\n")
                told.flush()


def _one_life(browser: Browser, steps: Sequence[tuple[str, str, Form]], stop: Path) -> Iterator[Acknowledged]:
    number = ""
    for verb, login, form in steps:
        if stop.exists():
            return
        path, act_id = f"/staff/m/{number}/{verb}/" if number else "/staff/register/", str(uuid4())
        where = browser.press(login, path, form, act_id)
        found = re.search(r"/staff/m/([\d-]+)/", where)
        number = number or (found[1] if found else "")
        yield Acknowledged(number, verb, act_id, browser.tries)


def _one_signature(browser: Browser, steps: Sequence[tuple[str, str, Form]], waiting: Iterator[str]
                   ) -> Iterator[Acknowledged]:  # fmt: skip
    login = next(login for verb, login, _ in steps if verb == "sign_for")
    for number in waiting:
        act_id = str(uuid4())
        browser.press(login, f"/staff/m/{number}/sign_for/", {}, act_id)
        yield Acknowledged(number, "sign_for", act_id, browser.tries)
        return


def read(logs: Sequence[Path]) -> list[Acknowledged]:
    """All that was acknowledged, each client's in its order."""
    return [Acknowledged(**json.loads(line)) for log in logs for line in log.read_text("utf-8").splitlines()]
