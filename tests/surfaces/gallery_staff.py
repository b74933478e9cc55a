"""样张的虚构材料，工作台一面。All people, units' dealings and matters are invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hotline.surfaces.ui import marking
from hotline.surfaces.ui import shapes as s

TZ = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 14, 26, tzinfo=TZ)


class Workdays:
    """周一到周五，外加 2026 年国庆前后的放假和调休。"""

    rest = {date(2026, 9, 25), *(date(2026, 10, day) for day in range(1, 8))}
    made_up = {date(2026, 9, 20), date(2026, 10, 10)}

    def is_workday(self, day: date, /) -> bool:
        return day in self.made_up or (day.weekday() < 5 and day not in self.rest)

    def working_days_between(self, after: date, until: date, /) -> int:
        """Those after the one day, up to and including the other."""
        return sum(self.is_workday(after + timedelta(days=i)) for i in range(1, (until - after).days + 1))


def c(id_: str) -> s.Clause:
    return s.Clause(id_, f"clause-{id_}.html")


def due(state: s.DueState, said: str, at: str, clause: str, *readings: str) -> s.DueMark:
    return s.DueMark(state, said, at, c(clause), tuple(map(c, readings)), at_iso="2026-11-25T00:00+08:00")


YELLOW = s.CardMark("yellow", "黄牌", "到期日")
RED = s.CardMark("red", "红牌", "逾期", c("R-09"))

STRIP = "演示库 · 人物、单位往来、事项均为虚构 · 模拟时间 2026年11月24日（周二）14:26"


def shell(**changes: object) -> s.Shell:
    values: dict[str, object] = {
        "brand": "宿州 12345",
        "home_url": "desk.html",
        "strip": STRIP,
        "post_said": "埇桥区人民政府 · 承办人",
        "posts": (s.Post("1", "埇桥区人民政府 · 承办人", True), s.Post("2", "三里湾街道办事处 · 分管负责人")),
        "switch_url": "#",
        "nav": (s.Link("工作台", "desk.html", True), s.Link("规则", "rulebook.html"), s.Link("义务表", "duties.html")),
        "counts": (s.Count("等我处理", "6", "desk.html"), s.Count("今天到期", "4", "desk.html")),
        "person": "陶之远",
        "sign_out_url": "#",
        "search_url": "#",
        "here": "desk.html",
        "bell": s.Bell("notices.html", "3", True),
    }
    return s.Shell(**{**values, **changes})  # type: ignore[arg-type]


def row(number: str, kind: str, gist: str, unit: str, status: str, mark: s.DueMark, **more: object) -> s.DeskRow:
    full = f"2026{number}-9"
    return s.DeskRow(full, number, gist, kind, unit, status, "matter.html", mark, **more)  # type: ignore[arg-type]


def soon(clause: str) -> s.DueMark:
    return due("soon", "今天到期，还剩 9 小时", "11月24日 24:00", clause)


def left(days: int, at: str, clause: str) -> s.DueMark:
    return due("ontime", f"还剩 {days} 个工作日 9 小时", at, clause)


def desk(**changes: object) -> s.Desk:
    overdue = (
        row(
            "1113-0155",
            "求助",
            "路灯整条街不亮",
            "区城管局",
            "已下派",
            due("over", "已逾期 1 个工作日 14 小时", "11月20日 24:00", "五（二）2"),
        ),
        row(
            "1102-0071",
            "投诉",
            "夜市油烟进居民楼",
            "区城管局",
            "待签批",
            due("over", "已逾期 14 小时", "11月23日 24:00", "五（二）4"),
        ),
    )
    today = (
        row(
            "1124-0388",
            "求助",
            "电线垂到路面",
            "朱仙庄镇",
            "办理中",
            due("ontime", "今天到期，还剩 9 小时", "11月24日 24:00", "五（二）5"),
        ),
        row("1120-0204", "咨询", "临时救助怎么申请", "区民政局", "待签批", soon("五（二）1")),
        row("1117-0119", "求助", "自来水连着三天发黄", "区住建局", "已下派", soon("五（二）2")),
        row("1103-0260", "投诉", "工地夜里十二点施工", "区城管局", "退回重办", soon("五（二）4")),
    )
    tomorrow = (
        row("1123-0517", "咨询", "老年优待证补办材料", "本级", "办理中", left(1, "11月25日 24:00", "五（二）1")),
        row(
            "1118-0233",
            "求助",
            "楼道灯三个月不亮",
            "三里湾街道",
            "待反馈",
            left(1, "11月25日 24:00", "五（二）2"),
            chosen=True,
        ),
        row("1118-0271", "求助", "独居老人家中断电", "西关街道", "办理中", left(1, "11月25日 24:00", "五（二）2")),
        row("1118-0306", "建议", "校门口加装减速带", "区住建局", "已下派", left(1, "11月25日 24:00", "五（二）3")),
    )
    later = (
        row("1124-0209", "咨询", "灵活就业社保怎么缴", "区人社局", "待签收", left(2, "11月26日 24:00", "五（二）1")),
        row("1119-0308", "求助", "非机动车道井盖缺失", "西关街道", "办理中", left(2, "11月26日 24:00", "五（二）2")),
        row("1105-0144", "投诉", "垃圾站紧挨幼儿园", "区城管局", "办理中", left(2, "11月26日 24:00", "五（二）4")),
        row(
            "1106-0090",
            "投诉",
            "小区消防通道长年被停着的车和堆的杂物占着，消防车开不进来",
            "区住建局",
            "延期",
            left(3, "11月27日 24:00", "五（二）段1"),
        ),
    )
    values: dict[str, object] = {
        "title": "全部未结",
        "groups": (
            s.DeskGroup("已逾期 2", overdue),
            s.DeskGroup("今天 11月24日（周二）到期 4", today),
            s.DeskGroup("明天 11月25日（周三）到期 4", tomorrow),
            s.DeskGroup("以后 9", later),
        ),
        "filter_groups": (
            s.FilterGroup(
                "要我办",
                (
                    s.Filter("待签收", "3", "#"),
                    s.Filter("退回重办", "1", "#"),
                    s.Filter("待签批", "2", "#"),
                    s.Filter("今天到期", "4", "#"),
                    s.Filter("已逾期", "2", "#"),
                    s.Filter("全部未结", "23", "#", True),
                ),
            ),
            s.FilterGroup("下级单位", (s.Filter("区住建局", "6", "#"), s.Filter("三里湾街道", "3", "#"))),
        ),
        "total_said": "未结 23 件",
        "next_url": "#",
    }
    return s.Desk(**{**values, **changes})  # type: ignore[arg-type]


WORDS = s.Words(
    "我们单元从一楼到六楼，灯三个月没亮过。报了两回物业，都说等配件。我婆婆七十九，前天晚上下楼摔了一跤，好在没伤着骨头。"
    "就想问问到底归谁修，哪天能亮。",
    "电话 · 11月18日 09:42 · 录音 3 分 20 秒",
)


def line(day: str, at: str, said: str, who: str, post: str, clause: str, *facts: str, **more: object) -> s.TimelineLine:
    iso = f"2026-{day}T{at}+08:00"
    month, on = (int(part) for part in day.split("-"))
    day_said = f"{month}月{on}日"
    return s.TimelineLine(day_said, at, said, who, post, c(clause), facts, at_iso=iso, **more)  # type: ignore[arg-type]


TIMELINE = (
    line("11-18", "09:58", "受理，六要素齐全", "孟小禾", "受理员", "四（一）段1", seq=1),
    line("11-18", "10:31", "转办埇桥区政府，起算", "柏青", "派单员", "四（二）3", "答应诉求人 11月25日前答复", seq=2),
    line("11-18", "11:05", "签收", "陶之远", "承办人", "五（一）", seq=3),
    line("11-18", "15:20", "下派三里湾街道，内部期限 11月24日（周二）24:00", "陶之远", "承办人", "二段4", seq=4),
    line(
        "11-19",
        "09:10",
        "首次联系诉求人，接通 6 分钟",
        "谷雨晴",
        "街道承办人",
        "五（二）2",
        "约定次日下午看现场",
        seq=5,
    ),
    line("11-20", "00:00", "退回的期限已过，视同已接受", "时钟", "", "五（六）", seq=6),
    line("11-24", "00:00", "三里湾街道，到期日", "时钟", "", "R-09", card=s.CardMark("yellow", "黄牌"), seq=7),
    line("11-24", "10:40", "街道报来：换灯 8 盏，每层已亮", "谷雨晴", "街道承办人", "四（三）段1", seq=8),
)


def verb(name: str, term: str, key: str = "", **more: object) -> s.VerbView:
    return s.VerbView(name, term, "verb.html", open=more.pop("open", True), key=key, **more)  # type: ignore[arg-type]


def closed(name: str, term: str, key: str, because: str, clause: str) -> s.VerbView:
    return verb(name, term, key, open=False, because=because, clause=c(clause))


RETURN = closed("return", "退回", "B", "11月18日 10:31 送达，退回只开到 11月19日 24:00；现在视同已接受。", "五（六）")
VERBS = (
    verb("draft", "写反馈件", "R", primary=True),
    verb("contact", "记联系", "L"),
    verb("sign", "签收", "S", act_id="a1", seen_seq=8),
    verb("extend", "延期", "E"),
    RETURN,
    closed("file", "报平台", "F", "反馈件还没有签批。", "五（四）"),
)
MORE = (
    closed("approve", "审核通过", "", "反馈件还没有报来。", "四（三）段1"),
    closed("archive", "归档", "", "还没有办结。", "四（六）"),
    verb("note", "记电话"),
)

FACTS = (
    s.FactGroup(
        "诉求人",
        (
            s.Fact("姓名", "周女士", reveal_url="#"),
            s.Fact("电话", "139****2716", reveal_url="#"),
            s.Fact("联系", "白天上班，请 18:00 后打"),
        ),
    ),
    s.FactGroup(
        "事项",
        (
            s.Fact("类别", "住宅小区 › 公共照明"),
            s.Fact("受理项", "生活上的困难", clause=c("三（一）6")),
            s.Fact("地点", "三里湾街道 凤池社区 梧桐里小区 6 栋 2 单元"),
            s.Fact("受理于", "11月18日（周三）09:58"),
            s.Fact("答应", "11月25日前答复", clause=c("R-05")),
            s.Fact("规则", "宿州 2018 版"),
        ),
    ),
)

LETTER = s.LetterView(
    "反馈件 第 1 稿",
    "待签批",
    (
        s.LetterText(
            "给平台的反馈",
            "收到工单后，我街道于 11月19日与周女士联系，20日到场查看。\n\n6 栋 2 单元楼道灯共 8 盏，均由物业维护。",
        ),
        s.LetterText("给诉求人的答复", "6 栋 2 单元的楼道灯归物业修。街道督促物业换了 8 盏灯，11月24日每层都试亮了。"),
        s.LetterText("供公开的文本", ""),
    ),
    "",
    (
        s.Element("正面回应每个问题", True, "2 问 2 答", c("五（三）")),
        s.Element("责任人姓名", True, "谷雨晴", c("五（四）")),
        s.Element("负责同志签批", False, "还没有签批", c("五（四）")),
    ),
)

WEEKS = marking.why_weeks(date(2026, 9, 18), date(2026, 10, 15), Workdays())
WHY = s.WhyDate(
    "为什么是 10月15日（周四）24:00",
    "投诉，15 个工作日。9月18日 16:05 送达，当天不算，到第 15 个工作日的 24:00 为止。",
    (c("五（二）4"), c("R-01"), c("R-02")),
    WEEKS,
    (s.Fact("班", "调休上班，算工作日：9月20日、10月10日"), s.Fact("休", "周末和放假，不算：中秋、国庆")),
    "2026 年日历：正式，国办发明电〔2025〕7号",
    "soon",
    open=True,
)


def matter(**changes: object) -> s.MatterView:
    values: dict[str, object] = {
        "number": "20261118-0233-9",
        "gist": "楼道灯三个月不亮，老人夜里摔过一跤",
        "kind_term": "求助",
        "status_term": "办理中",
        "url": "matter.html",
        "tags": ("重要办理件",),
        "secrecy_said": "不保密",
        "publish_said": "愿意公开",
        "due": due("soon", "今天到期，还剩 14 小时", "10月15日（周四）24:00", "五（二）4"),
        "cards": (s.CardMark("yellow", "黄牌 2"), s.CardMark("red", "红牌 1")),
        "fact_groups": FACTS,
        "words": WORDS,
        "contacts": (
            s.ContactLine("11月18日 09:42 电话", "周女士 · 录音 3 分 20 秒"),
            s.ContactLine("11月21日 20:15 网上", "同单元住户 · 照片 2 张"),
        ),
        "timeline": TIMELINE,
        "timeline_said": "8 条，最新在下",
        "orders": ORDERS,
        "letters": (LETTER,),
        "verbs": VERBS,
        "more_verbs": MORE,
        "why": WHY,
        "place": s.Place("8 / 23", "#", "#"),
    }
    return s.MatterView(**{**values, **changes})  # type: ignore[arg-type]


ORDERS = (
    s.OrderView(
        "牵头",
        "埇桥区人民政府",
        "办理中 · 承办人 陶之远",
        due("soon", "今天到期，还剩 14 小时", "10月15日 24:00", "五（二）4"),
        (s.CardMark("yellow", "黄牌", "到期日"),),
        (
            s.Fact("签收", due=due("settled", "按时签收", "11月18日 11:05", "R-03")),
            s.Fact("首次联系", due=due("ontime", "还剩 1 个工作日 3 小时", "11月25日 24:00", "R-18")),
        ),
    ),
    s.OrderView(
        "协办",
        "三里湾街道办事处",
        "未报协办意见 · 抄送埇桥区政府",
        due("over", "已逾期 1 个工作日 9 小时", "10月13日 24:00", "R-15"),
        (YELLOW, RED),
    ),
)
