"""表结构的历次变动: one file a step, never edited after its release."""
