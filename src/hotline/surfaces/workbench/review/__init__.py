"""审核台 (review): the next letter beside what it answers; all that is done there, the cards do."""
