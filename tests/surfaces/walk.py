"""The line over HTTP by Django's test client: twelve durable steps, each a POST of the form its own page gives out."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.test import Client

from surfaces.city import client_of, hidden

NAME, PHONE = "诸葛明月", "13955703218"
GIST, WORDS = "楼道灯三个月不亮", "我们单元从一楼到六楼，灯三个月没亮过。"
REPORT = {"kind": "complaint", "gist": GIST, "words": WORDS, "place": "某小区 6 栋 2 单元", "time": "三个月前",
          "name": NAME, "phone": PHONE, "publish_wish": "yes"}  # fmt: skip
LETTER = {
    "reply": "经查，楼道灯 8 盏损坏，已督促物业更换。", "answer": "楼道灯已经换好 8 盏。", "publishable": "楼道灯已更换。",
    "responds": "1", "citations": "物业管理条例 | 国务院令第698号", "contact_means": "电话", "contact_summary": "已告知",
    "satisfaction": "满意", "truthful": "属实", "solved": "yes", "publish_opinion": "公开",
    "responsible_unit": "埇桥区人民政府", "responsible_name": "沈明礼", "responsible_phone": "05570000001",
    "handler_name": "卫尚志", "handler_unit": "埇桥区人民政府", "handler_phone": "05570000002",
}  # fmt: skip
FORMS: dict[str, dict[str, str]] = {
    "accept": {"item": "三（一）6", "category": "公共照明", "people": "住户", "cause": "灯坏", "absence": "没有说明"},
    "decline": {"refusal": "三（二）2"},
    "answer_at_once": {"answer": "每天八点开门。", "policy": "某办法〔2017〕2号"},
    "dispatch": {"kind": "complaint"},
    "sign_for": {},
    "record_contact": {"outcome": "reached", "means": "phone", "note": "问清了位置"},
    "draft_reply": LETTER,
    "answer_citizen": {"means": "phone"},
    "sign_off": {},
    "file": {},
    "approve": {},
    "follow_up": {"means": "phone", "reached": "1", "solved": "yes", "result": "1"},
    "archive": {},
}
BY = {"accept": "web", "decline": "web", "answer_at_once": "web", "dispatch": "dispatcher",
      "sign_off": "yongqiao-deputy", "approve": "reviewer", "follow_up": "follow", "archive": "reviewer"}  # fmt: skip
LINE = ("accept", "dispatch", "sign_for", "record_contact", "draft_reply", "answer_citizen", "sign_off", "file",
        "approve", "follow_up", "archive")  # fmt: skip
ON_ORDERS = LINE[2:9]


def unit_id(code: str = "341302") -> int:
    """A unit of the demo city by its code; the default is 埇桥区."""
    from hotline.network.models import Unit

    return int(Unit.objects.values_list("id", flat=True).get(code=code))


def leader_post(login: str = "leader") -> str:
    """A city leader's post, as a form names it."""
    from hotline.network.models import Post

    return str(Post.objects.values_list("id", flat=True).get(person__login=login, role="leader"))


class Walk:
    """One matter and the people around it."""

    def __init__(self) -> None:
        self.number = self.code = ""
        self.unit = "341302"
        self.citizen = Client()
        self._clients: dict[str, Client] = {}

    def client(self, login: str, post: str = "") -> Client:
        """Somebody's browser."""
        key = f"{login}/{post}"
        if key not in self._clients:
            self._clients[key] = client_of(login, post)
        return self._clients[key]

    @property
    def url(self) -> str:
        """The matter's page."""
        return f"/staff/m/{self.number}/"

    def report(self, **changed: Any) -> Any:
        """The citizen's POST that sends; number and code are read off the receipt."""
        data = {**REPORT, "act_id": str(uuid4()), "step": "send", **changed}
        answer = self.citizen.post("/submit/", data)
        assert answer.status_code == 303, answer.content.decode()[:2000]
        receipt = self.citizen.get("/submit/done/").content.decode()
        self.number, self.code = re.findall(r'class="figures[^"]*">([^<]+)<', receipt)
        return answer

    def order(self) -> int:
        """The matter's newest order."""
        from hotline.casework.models import Order

        return int(Order.objects.filter(matter__number=self.number).order_by("-id").values_list("id", flat=True)[0])

    def address(self, verb: str) -> str:
        """Where a verb is performed."""
        return f"{self.url}{verb}/" + (f"?order={self.order()}" if verb in ON_ORDERS else "")

    def form(self, verb: str, **changed: str) -> dict[str, str]:
        """A good form, with the act's number and what has been seen, as the page gives them out."""
        login = self.who(verb)
        page = self.client(login).get(self.url).content
        seen = max(map(int, re.findall(r'id="line-(\d+)"', page.decode())))
        extra = {"unit": str(unit_id(self.unit))} if verb == "dispatch" else {}
        return {"act_id": str(uuid4()), "seen_seq": str(seen), **FORMS[verb], **extra, **changed}

    def who(self, verb: str) -> str:
        """Whose job a verb is."""
        return BY.get(verb, "yongqiao-clerk")

    def post(self, verb: str, data: dict[str, str], login: str = "") -> Any:
        """POST a verb's form, under a number of its own unless one is given."""
        return self.client(login or self.who(verb)).post(self.address(verb), {"act_id": str(uuid4()), **data})

    def act(self, verb: str, **changed: str) -> Any:
        """Perform a verb as whose job it is; it must succeed."""
        answer = self.post(verb, self.form(verb, **changed))
        assert answer.status_code == 303, (verb, answer.status_code, answer.content.decode()[:3000])
        return answer

    def until(self, verb: str, **report: str) -> Walk:
        """Live the line up to and including a verb."""
        self.report(**report)
        for name in LINE[: LINE.index(verb) + 1] if verb != "register" else ():
            self.act(name)
        return self


__all__ = ["FORMS", "GIST", "LINE", "NAME", "PHONE", "REPORT", "WORDS", "Walk", "hidden", "leader_post", "unit_id"]
