"""The how-manieth attempt of a person at an exercise it is: clocks are set back, and then times tell no order."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_FROM_TIMES = """
UPDATE attempts SET nth = 1 + (
    SELECT count(*) FROM attempts AS earlier
    WHERE earlier.person_id = attempts.person_id AND earlier.exercise = attempts.exercise
    AND (earlier.handed_in_at < attempts.handed_in_at
         OR (earlier.handed_in_at = attempts.handed_in_at AND earlier.id < attempts.id)))
"""


def upgrade() -> None:
    """Add the column; of what is there already, times are all that is known."""
    op.add_column("attempts", sa.Column("nth", sa.Integer(), nullable=False, server_default="1"))
    op.execute(_FROM_TIMES)


def downgrade() -> None:
    """Take the column away."""
    op.drop_column("attempts", "nth")
