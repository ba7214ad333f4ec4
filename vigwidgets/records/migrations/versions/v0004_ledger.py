"""What people write into their own record of hours, and when they opened feedback."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "entries",
        sa.Column("person_id", sa.String(64), sa.ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("entry_id", sa.String(64), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
    )
    op.create_table(
        "openings",
        sa.Column("person_id", sa.String(64), sa.ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("attempt_id", sa.String(64), sa.ForeignKey("attempts.id"), primary_key=True),
        sa.Column("at", sa.String(32), primary_key=True),
        sa.Column("said", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    """Take the tables away, with what is in them."""
    for table in ("openings", "entries"):
        op.drop_table(table)
