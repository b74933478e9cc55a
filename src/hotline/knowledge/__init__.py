"""知识库 (the knowledge room): entries that units propose and the office confirms, each good until a day, in versions."""
