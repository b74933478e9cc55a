"""写反馈件 (reply): a unit's letter, written beside what it answers, kept while it is written, and as it is printed; what
is handed in, the card does."""
