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
NOTICES = s.NoticesPage("消息", "1 件有新的", HOME.changes, (), "#", HOME.until)
IDLE = s.HomePage("等我办的", "", (), (s.Link("待批示", "desk.html"),), (), (), "今天没有到期的", (),
                  "11月17日（周二）10:00 以来，等我办的件上没有别人办的事。", "有什么变化 0")  # fmt: skip
