"""What the tests stand on: one throw-away server a run, template databases, a live site, a browser."""
