"""签批台 (sign-off): a deputy head's or head's desk, fit for a telephone: the next letter is read, signed or handed back,
and the one after it comes by itself; all that is done there, the cards do."""
