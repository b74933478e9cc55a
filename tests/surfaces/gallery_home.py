"""样张的虚构材料，总览一面。"""

from __future__ import annotations

from hotline.surfaces.ui import shapes as s
from surfaces import gallery_staff as staff

HOME = s.HomePage(
    "等我办的", "12 件等着，1 件逾期，1 件今天到期",
    (s.ListLine("待签收", "desk.html", "4", "3 小时前送达", "", "今天到期 1"),
     s.ListLine("待签批", "desk.html", "8", "2 天 4 小时前送达", "逾期 1", "", s.Link("签批台", "#"))),
    (s.Link("待重办", "desk.html"), s.Link("待报送", "desk.html")), (s.Count("全部未结", "1000+", "desk.html"),),
    (s.TodayLine("1118-0233", "matter.html", "楼道灯三个月不亮，物业说等配件", "投诉", "待签收", staff.soon("五（二）4")),),
    "今天到期 1 件",
    (s.ChangeLine("1118-0233", "matter.html", "楼道灯三个月不亮", "转办埇桥区", "督办中心派单员", "10:12",
                  "2026-11-18T10:12+08:00"),),
    "11月17日（周二）10:00 以来，别人在等我办的件上办了 1 件", "有什么变化 1", "#", "2026-11-18T10:30:00+08:00",
)  # fmt: skip
GONE = s.ChangeLine("1118-0231", "", "已不在您这里，内容不能再看。", "已收回，不再由本单位办理", "", "10:05",
                    "2026-11-18T10:05+08:00", staff.c("四（二）3"))  # fmt: skip
NOTICES = s.NoticesPage("消息", "2 件有新的", (*HOME.changes, GONE), (), "#", HOME.until,
                        ways=s.Link("通知方式：也发短信、邮件", "#"))  # fmt: skip
IDLE = s.HomePage("等我办的", "", (), (s.Link("待批示", "desk.html"),), (), (), "今天没有到期的", (),
                  "11月17日（周二）10:00 以来，等我办的件上没有别人办的事。", "有什么变化 0")  # fmt: skip
SHIFT = s.ShiftPage(
    "3 人坐着，2 件等您决定", (s.Count("险情待接手", "1", "#"),),
    tuple(s.ProposedView(f"20261118-023{at}-9", f"1118-023{at}", "matter.html", "邻居装修，业主自己去法院起诉过", "提出不予受理",
                         "已经由法院受理。", "袁知行 11月18日（周三）10:12", "#", f"a{at}", 4, buttons, staff.c("三（二）1"),
                         staff.soon("三（二）7"), mine, "", problem)
          for at, (buttons, mine, problem) in enumerate((
              ((s.VerbView("approve_refusal", "批准不予受理", "", True, primary=True, act_id="press"),
                s.VerbView("reject_refusal", "不批准不予受理", "", True, act_id="press"),
                s.VerbView("accept_after_all", "复核受理", "#", True)), "", "请填写“理由”。"),
              ((), "是您自己提的，要由别的班长决定。", "")))),
    HOME.lists, (s.SitLine("兰明远", "电话受理中心", "到 11月18日（周三）16:00", "0557-0000007"),),
    (s.SitLine("袁知行", "电话受理中心受理员", "不到 1 分钟前", "正在录 1 件"),),
    (s.LyingLine("x", "袁知行", "25 分钟没有动"),), "录到一半放下 20 分钟以上的 1 份",
    (s.NoteLine("兰明远", "11月18日（周三）08:00", "两件等回电。", "还没有人接班", "7", "b1"),), "b2", "", "这份草稿已经不在了。",
)  # fmt: skip
