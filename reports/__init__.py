"""报告: the voice. Tells what was found; changes nothing except through the ledger."""
