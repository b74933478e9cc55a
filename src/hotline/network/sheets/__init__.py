"""表格 (sheets): units, people and duty rosters as xlsx and CSV, in and out; all or nothing, against what stands."""
