"""Django's PostgreSQL engine with three habits of ours; see `base`."""
