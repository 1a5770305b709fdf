"""规则与台账: the rules and the memory. Judges what the eyes saw and keeps it."""
