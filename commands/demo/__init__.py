"""示例县: an invented county, its sites, and what a careful officer would say of each cell.

``county`` holds the truth (units, sections, planted gaps), ``skins`` turns it into pages, and
``server`` serves the pages on loopback. Nothing here knows how pages are read or judged: it
imports the standard library only, so that it can testify against the rest of the house.
"""
