"""People at the browser: they read what is there, fill labelled fields, press what can be pressed. Nothing else."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from hotline.surfaces.sessions import COOKIE
from surfaces.city import PASSWORD

NUMBER = re.compile(r"\d{8}-\d{4}-\d")


class People:
    """Whoever sits at the browser now."""

    def __init__(self, page: Any, *, by_the_form: bool = True):
        self.page, self.by_the_form = page, by_the_form
        self.number = self.code = ""

    # everybody
    def go(self, link: str) -> None:
        """Follow a link by its words."""
        self.page.get_by_role("link", name=link).first.click()

    def press(self, button: str) -> None:
        """Press a button by its words."""
        self.page.get_by_role("button", name=re.compile(button)).first.click()

    def write(self, **fields: str) -> None:
        """Write into fields, by their labels."""
        for label, words in fields.items():
            self.page.get_by_label(re.compile(f"^{label}")).fill(words)

    def choose(self, **fields: str) -> None:
        """Choose from lists, by their labels."""
        for label, option in fields.items():
            self.page.get_by_label(re.compile(f"^{label}")).select_option(label=option)

    def tick(self, *options: str) -> None:
        """Tick boxes and rounds, by their words."""
        for option in options:
            self.page.get_by_label(option).check()

    def sees(self, *words: str) -> None:
        """These words stand on the page."""
        for one in words:
            expect(self.page.locator("body")).to_contain_text(one)

    def sees_no(self, *words: str) -> None:
        """These words do not."""
        for one in words:
            expect(self.page.locator("body")).not_to_contain_text(one)

    def errors(self) -> list[str]:
        """What the summary on top says is wrong."""
        expect(self.page.locator(".error-summary")).to_be_visible()
        return [
            str(said).strip() for said in self.page.locator(".error-summary li, .error-summary p").all_inner_texts()
        ]

    # citizens
    def home(self) -> None:
        """The citizens' front page."""
        self.page.goto("/")

    def report(self, kind: str, gist: str, words: str) -> None:
        """Fill the form, look it over, send it; anonymously."""
        self.home()
        self.go("我要反映")
        self.tick(kind, "不要公开")
        self.write(一句话=gist, 详细说说=words)
        self.press("下一步，核对")
        self.press("交上来")
        self.receipt()

    def receipt(self) -> None:
        """Note number and query code, as a citizen would."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text("收到了")
        figures = self.page.locator(".receipt .figures").all_inner_texts()
        assert NUMBER.fullmatch(figures[0]), figures
        self.number, self.code = figures[0], figures[1]

    def follow(self) -> None:
        """Look where it stands, with number and code."""
        self.home()
        self.go("查办理进度")
        self.write(编号=self.number, 查询码=self.code.lower())
        self.press("查")
        expect(self.page).to_have_url(re.compile(self.number))

    # staff
    def sign_in(self, login: str) -> None:
        """Sit down as somebody of the demonstration, at the first list of their post."""
        if self.by_the_form:
            self._fill_the_form(login)
        else:
            self._send_the_form(login)
        self.page.goto("/staff/desk/")
        expect(self.page).to_have_url(re.compile("/staff/desk/."))

    def _fill_the_form(self, login: str) -> None:
        if "/staff/sign-in/" not in self.page.url:
            self.page.goto("/staff/")
        self.write(登录名=login, 口令=PASSWORD)
        self.press("登录")
        expect(self.page).to_have_url(re.compile("/staff/$"))

    def _send_the_form(self, login: str) -> None:
        """What filling it sends, without looking at the two pages: walks that are about something else are sooner."""
        context = self.page.context
        context.clear_cookies(name=COOKIE)
        context.request.get("/staff/sign-in/")
        token = next(cookie["value"] for cookie in context.cookies() if cookie["name"] == "csrftoken")
        form = {"login": login, "password": PASSWORD, "next": "/staff/", "csrfmiddlewaretoken": token}
        answer = context.request.post("/staff/sign-in/", form=form, max_redirects=0)
        assert answer.status == 302, (login, answer.status)

    def sign_out(self) -> None:
        """Get up again."""
        if self.by_the_form:
            self.press("退出")
            expect(self.page).to_have_url(re.compile("/staff/sign-in/"))
        else:
            self.page.context.clear_cookies(name=COOKIE)

    def open_first(self, gist: str) -> None:
        """Open the row of this matter on the list that the post begins with."""
        self.page.get_by_role("link", name=gist).first.click()
        expect(self.page.locator(".record")).to_contain_text(self.number)

    def open_whole(self) -> None:
        """From the record beside the list to the matter's own page."""
        self.page.locator(".record").get_by_role("link", name=self.number).click()
        expect(self.page).to_have_url(re.compile(f"/staff/m/{self.number}/"))

    def verb(self, term: str) -> None:
        """Press a verb of the bar, be it a form or done at once."""
        bar = self.page.locator(".verb-bar")
        found = bar.locator(f".verb:not([aria-disabled]):has-text('{term}')").first
        expect(found).to_be_attached()
        if not found.is_visible():  # among those folded away
            bar.locator("summary").first.click()
        found.click()

    def submit(self, term: str) -> None:
        """Send the verb's form."""
        self.page.locator(".form-acts button").get_by_text(term, exact=True).click()

    def done(self, notice: str) -> None:
        """What the notice on top says was done."""
        expect(self.page.get_by_role("status")).to_contain_text(notice)
