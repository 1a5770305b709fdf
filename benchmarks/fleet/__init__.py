"""模拟辖区: an invented county with planted truth, on which the judgement is proved.

``duties``, ``almanac``, ``world``, ``planting``, ``persons``, ``articles``, ``damage``, ``truth``,
``scanfiles`` and ``sites`` know nothing of the program under test; ``run`` and what it needs drive
it. ``eyes`` does to a written scan file what a crawl does before it writes one.
"""
