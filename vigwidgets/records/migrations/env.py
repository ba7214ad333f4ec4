"""Alembic runs this file; the connection is given, with its transaction already begun."""

from alembic import context

from vigwidgets.records._tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
