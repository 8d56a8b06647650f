"""Several cooperatives in one database, and none sees another."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKeyConstraint, event
from sqlalchemy.orm import (
    Mapped,
    ORMExecuteState,
    Session,
    declared_attr,
    mapped_column,
    with_loader_criteria,
)


class OfCooperative:
    """A table whose rows belong to one cooperative; the first part of every key."""

    @declared_attr
    def cooperative_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy's own idiom
        return mapped_column(primary_key=True, autoincrement=False, sort_order=-1)


def within(*columns: str, of: str, to: tuple[str, ...] = (), **options: Any) -> Any:
    """Refer to another table inside the same cooperative.

    ``within("member_number", of="member", to=("number",))``; ``to`` defaults to
    ``("number",)``.
    """
    targets = to or ("number",)
    return ForeignKeyConstraint(
        ["cooperative_id", *columns],
        [f"{of}.cooperative_id", *(f"{of}.{target}" for target in targets)],
        **options,
    )


def of_a_cooperative() -> ForeignKeyConstraint:
    """Refer to the cooperative itself."""
    return ForeignKeyConstraint(["cooperative_id"], ["cooperative.id"])


@event.listens_for(Session, "do_orm_execute")
def _confine(state: ORMExecuteState) -> None:
    """Add the cooperative to whatever the session is asked: the belt.

    The braces are the ``where`` every query writes for itself.
    """
    book = state.session.info.get("book")
    if book is None or not state.is_orm_statement:
        return
    cooperative_id = book.cooperative_id
    if state.is_select and not state.is_column_load and not state.is_relationship_load:
        state.statement = state.statement.options(
            with_loader_criteria(
                OfCooperative,
                lambda cls: cls.cooperative_id == cooperative_id,
                include_aliases=True,
            )
        )
    elif state.is_update or state.is_delete or state.is_insert:
        raise AssertionError("rows change one by one, so that each leaves an event")
