"""推送 (push): tells open pages of staff that something is new at their desk; what it is, the page asks for itself."""
