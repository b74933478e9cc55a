"""办理卡 of the network: importing this package registers them all."""

from hotline.network.transitions import (
    acting,
    calendars,
    cataloguing,
    choosing,
    duties,
    endangering,
    entry,
    handing,
    people,
    posts,
    sorting,
    trials,
    units,
    wording,
)

__all__ = ["acting", "calendars", "cataloguing", "choosing", "duties", "endangering", "entry", "handing",
           "people", "posts", "sorting", "trials", "units", "wording"]  # fmt: skip
