"""The aligners we compare ourselves with, each in a module of its own.

Every module has `TITLE`; `NEEDS`, the package that must be installed for it, or ""; `READS`, what it makes use of:
`lengths` of the segments alone, their `vectors`, or the `windows` of joined segments too; and
`align(case, **settings)`, which returns the aligned beads of an `AlignmentCase`.
"""
