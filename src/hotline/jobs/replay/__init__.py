"""回放 (replay): a file of old messages and their answers, each lived through the whole line at its own instants.

`reader`   the file as it comes: encodings, white space, times; refuses row by row
`kinds`    which kind a message is of, by words
`plan`     at which instants the steps of one message fall
`forms`    what is filled in, with marked placeholders for what the file lacks
`staff`    who acts
`life`     one message's steps, one after the other
`queue`    all messages' steps in the one order of instants
`days`     what happens between two instants: the simulated clock moves, a day is sealed
`figures`  what came of it, counted from the ledger
"""
