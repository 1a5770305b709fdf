"""巡查: the eyes. Opens disclosure columns and reads them; knows no rules and no database."""
