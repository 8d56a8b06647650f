"""People: users, roles, and approvals by a second person."""

from coopbook.people import approvals
from coopbook.people.model import Approval, Holding, User
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

__all__ = [
    "ROLE_NAMES",
    "Approval",
    "ApprovalState",
    "Holding",
    "Role",
    "User",
    "add_user",
    "approvals",
    "check_password",
    "disable",
    "roles_of",
    "set_password",
    "set_roles",
    "user",
    "users",
]
