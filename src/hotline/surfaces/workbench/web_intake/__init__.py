"""网络受理台 (web intake): what came in writing, taken one at a time; all that is done there, the cards do."""
