"""呈办 (leading): a city leader's desk, fit for a telephone: what was submitted is read, instructed on or given back, and
the next one comes by itself; what became of earlier instructions."""
