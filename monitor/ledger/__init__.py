"""台账: the one door through which the memory changes; one file a family of use-cases.

Every change is one transaction. Whatever a night repeats, repeats without effect.
"""
