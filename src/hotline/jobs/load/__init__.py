"""装载 (loading): matters by the hundred thousand, for measuring a big city. Each is what the verbs would have written:
its life is that of a simulated matter (`jobs/simulate`), performed by the cards in memory and written in bulk."""
