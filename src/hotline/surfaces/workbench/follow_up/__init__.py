"""回访台 (follow-up): the next one to be called, beside what was answered; all that is done there, the cards do."""
