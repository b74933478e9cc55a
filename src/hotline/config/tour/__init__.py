"""游览 (tour): the demonstration city shown page by page, photographed, and looked through for what keeps people out."""
