"""Run migrations on the connection that the book hands over."""

from alembic import context
from sqlalchemy import BigInteger, Text
from sqlalchemy.types import TypeDecorator

from coopbook.tables import metadata

SHOWN = {BigInteger: "sa.BigInteger()", Text: "sa.Text()"}


def render_item(kind, thing, autogen_context):
    """Write our column types as what they are in SQL: history outlives code."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return SHOWN[type(thing.impl_instance)]
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_item=render_item,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
