"""模拟 (simulate): a city lived by invented people: citizens who call, a desk, units good and bad, under a moving clock.

`chance`   what is drawn, from the seed alone
`topics`   what citizens bring, and what units answer; `words` what people say besides
`people`   who acts, and what they are like
`plots`    what will become of a matter, drawn when it begins
`view`     one matter as somebody looks at it, with the instants that are drawn
`habits`   the table: who performs which card, when, with what form
`intake`, `desk`, `leaders`, `unit`, `inquiries`, `below`, `doors`, `office`, `outside`
           the habits themselves, by who has them
`agenda`   the next step of a matter: a function of the seed and of what is recorded, of nothing else
`living`   all matters' steps in the one order of instants; begun again, it goes on from what is recorded
`course`   some days lived from a seed, remembered in the folder
`figures`  what came of it
"""
