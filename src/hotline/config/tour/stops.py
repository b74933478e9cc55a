"""各站 (stops): which pages the tour shows, to whom they belong, and what there is to see. Nothing but the demonstration
is ever shown."""

from __future__ import annotations

from dataclasses import dataclass

DESK, PHONE = (1440, 900), (390, 844)


@dataclass(frozen=True, slots=True)
class Stop:
    """一站: a page as somebody sees it. `follow` names links that are followed one after the other from there (CSS, the
    first that fits); `size` is that of the window in CSS pixels."""

    name: str
    title: str
    login: str
    path: str
    said: str
    follow: tuple[str, ...] = ()
    size: tuple[int, int] = DESK


FIRST_MATTER = 'main a[href*="m="], main a[href^="/staff/m/"]'

CITIZENS = (
    Stop("home", "首页", "", "/", "打电话、写留言、查进度，三个门都在第一屏。", size=PHONE),
    Stop("submit", "写诉求", "", "/submit/", "六要素一栏一栏问，哪一栏必填、为什么问，写在栏下面；保密不保密、公开不公开由诉求人定。", size=PHONE),
    Stop("refused", "哪些不受理", "", "/refused/", "七种不受理的事，各自该找谁、打哪个电话。", size=PHONE),
    Stop("query", "查进度", "", "/follow/", "凭编号和查询码，不用注册。", size=PHONE),
)
OFFICE = (
    Stop("post", "一个岗位的首页", "dispatcher", "/staff/", "等我办的、今天到期的、我走开以后别人办了什么。"),
    Stop("intake", "受理台", "operator", "/staff/desk/intake/", "来电号码、六要素、知识库、附近相同的事在一屏上，全程可以只用键盘。"),
    Stop("web", "网络受理台", "web", "/staff/desk/web/", "网上、来信、来函排成一队，一人领一件；广告成批不受理，险情一直报到有人接手。"),
    Stop("dispatch", "派单台", "dispatcher", "/staff/desk/dispatch/", "谁主办、谁协办，依据和先例在旁边，每个单位的期限先算给您看。"),
    Stop("review", "审核台", "reviewer", "/staff/desk/review/", "诉求和反馈并排，要素逐项对，通过或退回以后下一件自己出来。"),
    Stop("follow-up", "回访台", "follow", "/staff/desk/follow-up/", "抽到谁、按什么规则、种子是多少都写着；照着话术问，三次没接通就不计入满意率。"),
    Stop("shift", "班长台", "shift", "/staff/desk/shift/", "谁坐在哪里、哪队最久、什么等着批、哪份记录没写完；交班记录由下一班确认。"),
    Stop("duty-calls", "试拨值班电话", "supervisor", "/staff/duty-calls/", "该拨哪些、上次通没通；没通的马上告诉它的负责人。"),
    Stop("search", "查找", "supervisor", "/staff/search/?q=路灯", "编号、电话、字词、单位、类别、日期、牌，查得到的就是您看得到的；可以导出，导出留痕。"),
    Stop("knowledge", "知识库", "operator", "/staff/knowledge/", "有来源、有人确认、有期限的口径，一键写进答复。"),
    Stop("leader", "呈办", "leader", "/staff/desk/leaders/",
         "市领导在手机上看拟办意见和办到哪里，写一句批示，下一件自己出来；以前批示的办成了什么，写在下面。", size=PHONE),
    Stop("given", "批示过的", "leader", "/staff/desk/leaders/given/", "每一件批示以后谁在办、到几时、报告了什么，新的在前。", size=PHONE),
)
UNITS = (
    Stop("unit-list", "单位的清单", "yongqiao-clerk", "/staff/desk/open/", "期限用日子、颜色和形状一起说，还剩几个工作日、依据哪一条。"),
    Stop("matter", "一件事", "yongqiao-clerk", "/staff/desk/open/", "期限怎样算出来、每一步谁办的、依据哪一条；不能办的也写明为什么。",
         (FIRST_MATTER, 'main a[href^="/staff/m/"]')),
    Stop("hand-down", "一起下派", "yongqiao-clerk", "/staff/desk/handed-down/several/",
         "几件一起交给一个下级单位，内部期限由本单位定；每一件各记各的台账，没有办成的写明为什么。"),
    Stop("figures", "下级单位", "yongqiao-clerk", "/staff/unit/", "本级和各下级单位并排比。"),
    Stop("sign-off", "签批台", "yongqiao-deputy", "/staff/desk/sign-off/", "在手机上看反馈件，签批一下，发回两下。", size=PHONE),
)
RULES = (
    Stop("rulebook", "规范全文", "reviewer", "/staff/rulebook/", "每一条执行到哪里、由什么执行，一条一条对得上。"),
    Stop("clause", "一条规定", "reviewer", "/staff/rulebook/", "条文、取值、读法、哪些办理卡用它、哪些测试守着它。",
         ('main a[href^="/staff/clause/"]',)),
    Stop("calendar", "日历", "admin", "/staff/calendar/", "哪一年是正式的、哪一年是暂定的；换一份日历会改动哪些工单，先看再换。"),
    Stop("network", "单位与人员", "admin", "/staff/network/", "三级网络的单位、岗位、值班，整表导入导出，错在哪一行哪一列逐条说。"),
    Stop("catalogue", "职责目录", "admin", "/staff/network/catalogue/", "哪一类事由谁牵头、谁协办、依据哪部法；改动从写明的那一天起算，以前的条目都留着。"),
    Stop("categories", "类别", "admin", "/staff/network/categories/", "增设、改名、停用都有起止日；受理台敲首字母就找得到。"),
    Stop("wordings", "用语", "admin", "/staff/network/wordings/", "一百多种短信和上报的消息各在什么时候发、现在怎么说、依据哪一条。"),
    Stop("wording", "改一句话", "admin", "/staff/network/wordings/registered/", "先看样子再保存；必须有的空少不了，改过的各版都留着，一按就恢复原文。"),
)
CHAPTERS = (("诉求人", CITIZENS), ("热线办", OFFICE), ("网络单位", UNITS), ("规则与管理", RULES))
# What is looked through besides, without pictures: who, and which pages.
_BESIDES = (
    ("", "/staff/sign-in/ /published/"),
    ("operator", "/staff/ /staff/desk/ /staff/register/ /staff/notices/"),
    ("operator", "/staff/knowledge/mine/ /staff/knowledge/propose/"),
    ("dispatcher", "/staff/desk/to-decide/ /staff/desk/open/"),
    ("reviewer", "/staff/desk/ /staff/knowledge/waiting/ /staff/rulebook/readings/ /staff/rulebook/duties/"),
    ("shift", "/staff/ /staff/desk/ /staff/search/"),
    ("supervisor", "/staff/desk/ /staff/search/"),
    ("inspector", "/staff/persons/ /staff/desk/"),
    ("office-head", "/staff/shift-dates/"),
    ("leader", "/staff/ /staff/desk/to-instruct/ /staff/desk/leaders/given/"),
    ("yongqiao-clerk", "/staff/ /staff/desk/ /staff/desk/to-sign/ /staff/desk/to-sign/sign/ /staff/search/"),
    ("yongqiao-clerk", "/staff/security/ /staff/password/"),
    ("yongqiao-head", "/staff/ /staff/desk/"),
    ("sanliwan-clerk", "/staff/ /staff/desk/open/ /staff/unit/"),
    ("admin", "/staff/health/"),
    ("admin", "/staff/network/open/ /staff/network/duty/ /staff/network/sheets/ /staff/network/accounts/"),
    ("admin", "/staff/network/catalogue/add/ /staff/network/categories/add/"),
)
BESIDES = tuple(Stop(f"{login or 'citizen'}{path}", path, login, path, "")
                for login, paths in _BESIDES for path in paths.split())  # fmt: skip
STOPS = tuple(stop for _, stops in CHAPTERS for stop in stops)
