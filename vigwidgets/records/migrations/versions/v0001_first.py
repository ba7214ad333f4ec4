"""People, sessions, observations with their edits, attempts and marks."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_OPEN = sa.text("frozen_at IS NULL AND set_aside_at IS NULL")


def upgrade() -> None:
    """Make the first tables."""
    _people()
    _observations()
    _attempts()


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("login", sa.String(200), nullable=False, unique=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("password", sa.String(300)),
        sa.Column("added_at", sa.String(32), nullable=False),
        sa.CheckConstraint("role IN ('trainee', 'supervisor', 'author', 'administrator')", name="people_role"),
    )
    op.create_table(
        "sessions",
        sa.Column("token_sha256", sa.String(64), primary_key=True),
        sa.Column("person_id", sa.String(64), sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
        sa.Column("opened_at", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.String(32), nullable=False),
    )
    op.create_index("ix_sessions_person_id", "sessions", ["person_id"])
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])


def _observations() -> None:
    op.create_table(
        "observations",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("person_id", sa.String(64), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("exercise", sa.String(64), nullable=False),
        sa.Column("exercise_version", sa.String(40), nullable=False),
        sa.Column("film", sa.String(64), nullable=False),
        sa.Column("head", sa.Text, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("started_at", sa.String(32), nullable=False),
        sa.Column("frozen_at", sa.String(32)),
        sa.Column("set_aside_at", sa.String(32)),
    )
    op.create_index("ix_observations_person_id", "observations", ["person_id"])
    op.create_index("ix_observations_exercise", "observations", ["exercise"])
    op.create_index("ix_observations_film", "observations", ["film"])
    op.create_index(
        "observations_one_open", "observations", ["person_id", "exercise"], unique=True,
        sqlite_where=_OPEN, postgresql_where=_OPEN,
    )  # fmt: skip
    op.create_table(
        "edits",
        sa.Column("observation_id", sa.String(64), sa.ForeignKey("observations.id"), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("edit_id", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("person_id", sa.String(64), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.UniqueConstraint("observation_id", "edit_id", name="edits_once"),
    )
    op.create_table(
        "snapshots",
        sa.Column("observation_id", sa.String(64), sa.ForeignKey("observations.id"), primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("tags", sa.Text, nullable=False),
    )


def _attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("observation_id", sa.String(64), sa.ForeignKey("observations.id"), nullable=False, unique=True),
        sa.Column("person_id", sa.String(64), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("exercise", sa.String(64), nullable=False),
        sa.Column("exercise_version", sa.String(40), nullable=False),
        sa.Column("film", sa.String(64), nullable=False),
        sa.Column("observation", sa.Text, nullable=False),
        sa.Column("observation_sha256", sa.String(64), nullable=False),
        sa.Column("handed_in_at", sa.String(32), nullable=False),
    )
    op.create_index("ix_attempts_person_id", "attempts", ["person_id"])
    op.create_index("ix_attempts_exercise", "attempts", ["exercise"])
    op.create_index("ix_attempts_handed_in_at", "attempts", ["handed_in_at"])
    op.create_table(
        "marks",
        sa.Column("attempt_id", sa.String(64), sa.ForeignKey("attempts.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("marked_at", sa.String(32), nullable=False),
    )


def downgrade() -> None:
    """Take every table away, with what is in it."""
    for table in ("marks", "attempts", "snapshots", "edits", "observations", "sessions", "people"):
        op.drop_table(table)
