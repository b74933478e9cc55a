"""岗位种类 (roles): what a post is for. The regulation's own actors, and nobody else."""

from enum import StrEnum

from hotline.procedure.actor import Actor


class Role(StrEnum):
    """岗位种类: a post binds one person to one unit in one role."""

    CITIZEN = "citizen"
    OPERATOR = "operator"
    DISPATCHER = "dispatcher"
    REVIEWER = "reviewer"
    FOLLOW_UP = "follow_up"
    SUPERVISOR = "supervisor"
    INSPECTOR = "inspector"
    SHIFT_LEADER = "shift_leader"
    LEADER = "leader"
    CLERK = "clerk"
    DEPUTY = "deputy"
    HEAD = "head"
    ADMIN = "admin"
    CLOCK = "clock"
    SYSTEM = "system"


# 诉求人本人: who writes, follows and rates on the site is known by number and code, never as a person of the network.
CITIZEN = Actor(Role.CITIZEN)

TERMS = {
    Role.CITIZEN: "诉求人",
    Role.OPERATOR: "受理员",
    Role.DISPATCHER: "派单员",
    Role.REVIEWER: "审核员",
    Role.FOLLOW_UP: "回访员",
    Role.SUPERVISOR: "督办员",
    Role.INSPECTOR: "监察员",
    Role.SHIFT_LEADER: "班长",
    Role.LEADER: "市领导",
    Role.CLERK: "承办人",
    Role.DEPUTY: "分管负责人",
    Role.HEAD: "主要负责人",
    Role.ADMIN: "系统管理员",
    Role.CLOCK: "时钟",
    Role.SYSTEM: "系统",
}

OFFICE = (Role.OPERATOR, Role.DISPATCHER, Role.REVIEWER, Role.FOLLOW_UP, Role.SUPERVISOR, Role.INSPECTOR,
          Role.SHIFT_LEADER)  # fmt: skip
# 个人信息负责人: who finds, hands out, corrects and forgets a person's data.
DATA_OFFICERS = (Role.INSPECTOR,)
UNIT = (Role.CLERK, Role.DEPUTY, Role.HEAD)
EVERYONE = tuple(Role)
STAFF = (*OFFICE, Role.LEADER, *UNIT, Role.ADMIN)


def roles_at(level: int, desk: str) -> tuple[Role, ...]:
    """The posts a unit may have: a level-1 centre (one with a desk) the hotline's own, those that handle orders
    given to it, and administrators; the city's government its leaders; all below those that handle orders."""
    if level > 1:
        return UNIT
    return (*OFFICE, *UNIT, Role.ADMIN) if desk else (Role.LEADER,)
