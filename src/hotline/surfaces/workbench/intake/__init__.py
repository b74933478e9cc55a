"""受理台 (intake): one screen on which an operator takes a call; all it does, the cards do."""
