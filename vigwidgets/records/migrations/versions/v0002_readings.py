"""Which lessons a person has opened."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "readings",
        sa.Column("person_id", sa.String(64), sa.ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("lesson", sa.String(64), primary_key=True),
        sa.Column("read_at", sa.String(32), nullable=False),
    )


def downgrade() -> None:
    """Take the table away, with what is in it."""
    op.drop_table("readings")
