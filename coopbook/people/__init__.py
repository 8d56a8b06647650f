"""People: users, roles, and approvals by a second person."""

from coopbook.people import approvals
from coopbook.people.model import Approval, Holding, User
from coopbook.people.passwords import new_password, readable_password
from coopbook.people.rules import ROLE_NAMES, ApprovalState, Role
from coopbook.people.service import (
    add_user,
    check_password,
    disable,
    roles_of,
    set_password,
    set_roles,
    user,
    users,
)
from coopbook.people.staffing import (
    ask_roles,
    enter,
    give_password,
    shut_out,
    waiting_change,
)

__all__ = [
    "ROLE_NAMES",
    "Approval",
    "ApprovalState",
    "Holding",
    "Role",
    "User",
    "add_user",
    "approvals",
    "ask_roles",
    "check_password",
    "disable",
    "enter",
    "give_password",
    "new_password",
    "readable_password",
    "roles_of",
    "set_password",
    "set_roles",
    "shut_out",
    "user",
    "users",
    "waiting_change",
]
