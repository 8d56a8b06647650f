"""What older books depreciated of an asset, what bought it, what a sale saved a member.

Columns that may be empty are added to fixed assets and to what moved of goods.  Every
row now in the book stays as it is and its events go on saying all of it.  So
``purchase_entry`` is not filled: what bought an older asset is read from the row of
nothing depreciated its purchase left.  What an older sale would have brought of others
is not known.

Revision ID: 0016
Revises: 0015
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

ADDED: tuple[tuple[str, str, type[sa.types.TypeEngine[Any]]], ...] = (
    ("fixed_asset", "worn_before", sa.BigInteger),
    ("fixed_asset", "taken_over_on", sa.Date),
    ("fixed_asset", "purchase_entry", sa.BigInteger),
    ("goods_movement", "other_takings", sa.BigInteger),
)


def upgrade() -> None:
    """Add the columns."""
    for table, name, kind in ADDED:
        op.add_column(table, sa.Column(name, kind(), nullable=True))


def downgrade() -> None:
    """Drop them again."""
    for table, name, _ in reversed(ADDED):
        op.drop_column(table, name)
